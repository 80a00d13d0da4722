{{/* Egress that every pod with a schema has, the migration too. */}}
{{- define "tandem.egress.database" -}}
- to:
    {{- if eq .Values.database.source "cloudnativepg" }}
    - podSelector: {matchLabels: {cnpg.io/cluster: {{ include "tandem.fullname" . }}-database}}
    {{- else }}{{- toYaml .Values.networkPolicy.database | nindent 4 }}
    {{- end }}
  ports: [{protocol: TCP, port: {{ .Values.database.port | int }}}]
{{- end -}}

{{/* And that of every pod with events. */}}
{{- define "tandem.egress.broker" -}}
- to:
    {{- if eq .Values.broker.source "rabbitmq-operator" }}
    - podSelector: {matchLabels: {app.kubernetes.io/name: {{ include "tandem.fullname" . }}-broker}}
    {{- else }}{{- toYaml .Values.networkPolicy.broker | nindent 4 }}
    {{- end }}
  ports: [{protocol: TCP, port: {{ include "tandem.brokerPort" . }}}]
{{- end -}}

{{- define "tandem.egress.dns" -}}
- to: {{- toYaml .Values.networkPolicy.dns | nindent 4 }}
  ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]
{{- end -}}

{{/* The collector's port, from its address. */}}
{{- define "tandem.egress.collector" -}}
{{- with .Values.telemetry.otlpEndpoint }}
- to: {{- toYaml $.Values.networkPolicy.collector | nindent 4 }}
  ports: [{protocol: TCP, port: {{ regexFind ":[0-9]+$" . | trimPrefix ":" | default "4317" }}}]
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
