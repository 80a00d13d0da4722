{{/* Peers to go to; without any, anywhere. */}}
{{- define "tandem.peers" -}}
{{- . | default list | toYaml -}}
{{- end -}}

{{/* Egress that every pod with a schema has, the migration too. */}}
{{- define "tandem.egress.database" -}}
- to:
    {{- if eq .Values.database.source "cloudnativepg" }}
    - podSelector: {matchLabels: {cnpg.io/cluster: {{ include "tandem.fullname" . }}-database}}
    {{- else }}{{- include "tandem.peers" .Values.networkPolicy.database | nindent 4 }}
    {{- end }}
  ports: [{protocol: TCP, port: {{ .Values.database.port | int }}}]
{{- end -}}

{{/* And that of every pod with events. */}}
{{- define "tandem.egress.broker" -}}
- to:
    {{- if eq .Values.broker.source "rabbitmq-operator" }}
    - podSelector: {matchLabels: {app.kubernetes.io/name: {{ include "tandem.fullname" . }}-broker}}
    {{- else }}{{- include "tandem.peers" .Values.networkPolicy.broker | nindent 4 }}
    {{- end }}
  ports: [{protocol: TCP, port: {{ include "tandem.brokerPort" . }}}]
{{- end -}}

{{- define "tandem.egress.dns" -}}
- to: {{- include "tandem.peers" .Values.networkPolicy.dns | nindent 4 }}
  ports:
    {{- range .Values.networkPolicy.dnsPorts }}
    - {protocol: UDP, port: {{ . | int }}}
    - {protocol: TCP, port: {{ . | int }}}
    {{- end }}
{{- end -}}

{{/* The collector's port, from its address. */}}
{{- define "tandem.egress.collector" -}}
{{- with .Values.telemetry.otlpEndpoint }}
- to: {{- include "tandem.peers" $.Values.networkPolicy.collector | nindent 4 }}
  ports: [{protocol: TCP, port: {{ regexFind ":[0-9]+$" . | trimPrefix ":" | default "4317" }}}]
{{- end }}
{{- end -}}

{{/* The migration's and the administrator's jobs, for a policy: what they are found by, and where they go. */}}
{{- define "tandem.tools.policy" -}}
policyTypes: [Ingress, Egress]
ingress: []
egress:
  {{- include "tandem.egress.dns" . | nindent 2 }}
  {{- include "tandem.egress.database" . | nindent 2 }}
  {{- include "tandem.egress.broker" . | nindent 2 }}
  {{- include "tandem.egress.collector" . | nindent 2 }}
{{- end -}}

{{/* The API server, which the pods ask that operators make. */}}
{{- define "tandem.egress.apiServer" -}}
- to: {{- include "tandem.peers" .Values.networkPolicy.apiServer | nindent 4 }}
  ports:
    {{- range .Values.networkPolicy.apiServerPorts }}
    - {protocol: TCP, port: {{ . | int }}}
    {{- end }}
{{- end -}}

{{/* Every component with a schema, or with events, and the migration: as a selector. dict "root" $ "fact" which. */}}
{{- define "tandem.allWith" -}}
matchLabels:
  app.kubernetes.io/instance: {{ .root.Release.Name }}
matchExpressions:
  - key: app.kubernetes.io/component
    operator: In
    values:
      {{- range $name, $facts := include "tandem.components" .root | fromYaml }}
      {{- if index $facts $.fact }}
      - {{ $name }}
      {{- end }}
      {{- end }}
      - migrate
      - tools
{{- end -}}
