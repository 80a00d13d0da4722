{{/* Settings as the environment of a process: TANDEM__<KEY> for all, TANDEM_<COMPONENT>__<KEY> for one. */}}
{{- define "tandem.env.common" -}}
- {name: TANDEM__PROVINCE__CODE, value: {{ .Values.province.code | quote }}}
- {name: TANDEM__PROVINCE__TIME_ZONE, value: {{ .Values.province.timeZone | quote }}}
- {name: TANDEM__SERVER__DEADLINE_MS, value: {{ .Values.server.deadlineMs | int64 | quote }}}
- {name: TANDEM__SERVER__LINGER_MS, value: {{ .Values.server.lingerMs | int64 | quote }}}
- {name: TANDEM__SERVER__GRACE_MS, value: {{ .Values.server.graceMs | int64 | quote }}}
- {name: TANDEM__SERVER__CONNECTION_AGE_MS, value: {{ .Values.server.connectionAgeMs | int64 | quote }}}
- {name: TANDEM__TELEMETRY__OTLP_ENDPOINT, value: {{ .Values.telemetry.otlpEndpoint | default "" | quote }}}
- {name: TANDEM__TELEMETRY__LOG_FORMAT, value: {{ .Values.telemetry.logFormat | quote }}}
- {name: TANDEM__TELEMETRY__LOG_FILTER, value: {{ .Values.telemetry.logFilter | quote }}}
- {name: TANDEM__TELEMETRY__SAMPLE_RATIO, value: {{ .Values.telemetry.sampleRatio | quote }}}
- name: TANDEM__INTERNAL__SECRET
  valueFrom:
    secretKeyRef:
      name: {{ .Values.secrets.internal.name | default (printf "%s-internal" (include "tandem.fullname" .)) }}
      key: {{ .Values.secrets.internal.key }}
- name: TANDEM__INTERNAL__ACCEPTED_SECRET
  valueFrom:
    secretKeyRef:
      name: {{ .Values.secrets.internal.name | default (printf "%s-internal" (include "tandem.fullname" .)) }}
      key: {{ .Values.secrets.internal.acceptedKey }}
      # There while the secret is replaced, and only then.
      optional: true
{{- end -}}

{{/* The parts of the broker's URL come before the URL that is put together from them. */}}
{{- define "tandem.env.broker" -}}
{{- range $part, $key := dict "BROKER_USERNAME" "username" "BROKER_PASSWORD" "password" }}
- name: {{ $part }}
  valueFrom: {secretKeyRef: {name: {{ include "tandem.brokerSecret" $ }}, key: {{ $key }}}}
{{- end }}
- name: TANDEM__BROKER__URL
  value: {{ ternary "amqps" "amqp" .Values.broker.tls.enabled }}://$(BROKER_USERNAME):$(BROKER_PASSWORD)@{{ include "tandem.brokerHost" . }}:{{ include "tandem.brokerPort" . }}/{{ .Values.broker.vhost | replace "/" "%2f" }}
{{- if include "tandem.brokerCa" . }}
- {name: TANDEM__BROKER__CA_FILE, value: /etc/tandem-authorities/broker.crt}
{{- end }}
- {name: TANDEM__BROKER__PREFETCH, value: {{ .Values.broker.prefetch | int | quote }}}
{{- end -}}

{{/* A database URL: dict "root" $ "name" component "variable" its name. */}}
{{- define "tandem.env.database" -}}
{{- $own := printf "DATABASE_%s" (upper .name) -}}
{{- $secret := include "tandem.databaseSecret" . -}}
- name: {{ $own }}_USERNAME
  valueFrom: {secretKeyRef: {name: {{ $secret }}, key: username}}
- name: {{ $own }}_PASSWORD
  valueFrom: {secretKeyRef: {name: {{ $secret }}, key: password}}
- name: {{ .variable }}
  value: postgres://$({{ $own }}_USERNAME):$({{ $own }}_PASSWORD)@{{ include "tandem.databaseHost" .root }}:{{ .root.Values.database.port | int }}/{{ .root.Values.database.name }}?sslmode={{ include "tandem.databaseTls" .root }}{{ if include "tandem.databaseCa" .root }}&sslrootcert=/etc/tandem-authorities/database.crt{{ end }}
{{- end -}}

{{/* Scalars of a component's settings: dict "prefix" variable so far, "settings" map. Lists go into its file. */}}
{{- define "tandem.env.settings" -}}
{{- $prefix := .prefix -}}
{{- range $key, $value := .settings }}
{{- $variable := printf "%s__%s" $prefix (upper $key) }}
{{- if kindIs "map" $value }}
{{- include "tandem.env.settings" (dict "prefix" $variable "settings" $value) }}
{{- else if not (kindIs "slice" $value) }}
- {name: {{ $variable }}, value: {{ kindIs "float64" $value | ternary ($value | int64) $value | quote }}}
{{- end }}
{{- end }}
{{- end -}}

{{- define "tandem.env.mail" -}}
{{- $own := "TANDEM_NOTIFICATION__SERVICE" -}}
- {name: {{ $own }}__PUBLIC_URL, value: {{ .Values.province.publicUrl | quote }}}
- {name: {{ $own }}__FROM, value: {{ .Values.mail.from | quote }}}
- {name: {{ $own }}__SMTP__HOST, value: {{ .Values.mail.host | quote }}}
- {name: {{ $own }}__SMTP__PORT, value: {{ .Values.mail.port | int | quote }}}
- {name: {{ $own }}__SMTP__SECURITY, value: {{ .Values.mail.security | quote }}}
{{- if .Values.mail.secretName }}
- name: {{ $own }}__SMTP__USERNAME
  valueFrom: {secretKeyRef: {name: {{ .Values.mail.secretName }}, key: username}}
- name: {{ $own }}__SMTP__PASSWORD
  valueFrom: {secretKeyRef: {name: {{ .Values.mail.secretName }}, key: password}}
{{- end }}
- name: {{ $own }}__LINK_SECRET
  valueFrom:
    secretKeyRef:
      name: {{ .Values.secrets.links.name | default (printf "%s-links" (include "tandem.fullname" .)) }}
      key: {{ .Values.secrets.links.key }}
{{- end -}}

{{/* All of a component: dict "root" $ "name" component "facts" its line of components.yaml. */}}
{{- define "tandem.env" -}}
{{- $root := .root -}}
{{- $values := index $root.Values.components .name -}}
{{- $prefix := printf "TANDEM_%s" (upper .name) -}}
{{ include "tandem.env.common" $root }}
- {name: {{ $prefix }}__SERVER__LISTEN, value: "{{ include "tandem.listen" $root }}:{{ include "tandem.port" .facts.protocol }}"}
- {name: {{ $prefix }}__SERVER__ADMIN_LISTEN, value: "{{ include "tandem.listen" $root }}:9090"}
{{- if eq .facts.protocol "http" }}
{{- range $key := list "connections" "connectionsPerAddress" "headTimeoutMs" "bodyTimeoutMs" "idleTimeoutMs" "hstsSeconds" }}
- {name: TANDEM__SERVER__{{ snakecase $key | upper }}, value: {{ index $root.Values.server $key | int64 | quote }}}
{{- end }}
{{- end }}
{{- range $peer := .facts.calls }}
{{- if eq (index (include "tandem.components" $root | fromYaml) $peer).protocol "grpc" }}
- {name: TANDEM__PEERS__{{ upper $peer }}, value: "http://{{ include "tandem.fullname" $root }}-{{ $peer }}:50051"}
{{- end }}
{{- end }}
{{- if .facts.schema }}
{{ include "tandem.env.database" (dict "root" $root "name" .name "variable" (printf "%s__DATABASE__URL" $prefix)) }}
- {name: {{ $prefix }}__DATABASE__MAX_CONNECTIONS, value: {{ $values.databaseConnections | int | quote }}}
{{- end }}
{{- if .facts.events }}
{{- include "tandem.env.broker" $root }}
{{- end }}
{{- if .facts.mail }}
{{ include "tandem.env.mail" $root }}
{{- end }}
{{- if eq .name "web" }}
- {name: TANDEM_WEB__SERVICE__GATEWAY, value: "http://{{ include "tandem.fullname" $root }}-gateway:8080"}
- {name: TANDEM_WEB__SERVICE__SECURE_COOKIES, value: {{ hasPrefix "https://" $root.Values.province.publicUrl | quote }}}
{{- end }}
{{- include "tandem.env.settings" (dict "prefix" (printf "%s__SERVICE" $prefix) "settings" $values.settings) }}
{{- end -}}

{{/* The lists among a component's settings, which the environment cannot hold, as a file. */}}
{{- define "tandem.file" -}}
{{- range $key, $value := . }}
{{- if kindIs "slice" $value }}
{{ $key }} = {{ toJson $value }}
{{- end }}
{{- end }}
{{- end -}}
