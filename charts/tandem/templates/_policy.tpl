{{/* Egress that every pod with a schema has, the migration too. */}}
{{- define "tandem.egress.stores" -}}
- to:
    {{- if eq .Values.database.source "cloudnativepg" }}
    - podSelector: {matchLabels: {cnpg.io/cluster: {{ include "tandem.fullname" . }}-database}}
    {{- else }}{{- toYaml .Values.networkPolicy.database | nindent 4 }}
    {{- end }}
  ports: [{protocol: TCP, port: {{ .Values.database.port | int }}}]
- to:
    {{- if eq .Values.broker.source "rabbitmq-operator" }}
    - podSelector: {matchLabels: {app.kubernetes.io/name: {{ include "tandem.fullname" . }}-broker}}
    {{- else }}{{- toYaml .Values.networkPolicy.broker | nindent 4 }}
    {{- end }}
  ports: [{protocol: TCP, port: {{ .Values.broker.port | int }}}]
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

{{/* Every component with a schema, and the migration: as a selector. */}}
{{- define "tandem.withSchema" -}}
matchLabels:
  app.kubernetes.io/instance: {{ .Release.Name }}
matchExpressions:
  - key: app.kubernetes.io/component
    operator: In
    values:
      {{- range $name, $facts := include "tandem.components" . | fromYaml }}
      {{- if $facts.schema }}
      - {{ $name }}
      {{- end }}
      {{- end }}
      - migrate
      - tools
{{- end -}}
