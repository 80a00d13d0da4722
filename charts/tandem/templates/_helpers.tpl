{{/* Sections that a values file may take away with null: they are then as if they were empty, and nothing is asked of them. */}}
{{- define "tandem.sections" -}}
{{- range list "hosts" "httpRoute" "ingress" "monitoring" "network" "networkPolicy" "scheduling" "test" -}}
{{- if not (index $.Values .) -}}
{{- $_ := set $.Values . dict -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Short enough for the longest name made of it: that of a CronJob has 52 characters at most. */}}
{{- define "tandem.fullname" -}}
{{- .Values.fullnameOverride | default .Release.Name | trunc 37 | trimSuffix "-" -}}
{{- end -}}

{{- define "tandem.components" -}}
{{- .Files.Get "files/components.yaml" -}}
{{- end -}}

{{- define "tandem.tag" -}}
{{- .Values.image.tag | default .Chart.AppVersion -}}
{{- end -}}

{{/* A reference to an image, by its digest where there is one: dict "root" $ "name" component or "tandem". */}}
{{- define "tandem.image" -}}
{{- $image := .root.Values.image -}}
{{- $repository := printf "%s/%s" $image.registry (ternary "tandem" (printf "tandem-%s" .name) (eq .name "tandem")) -}}
{{- with index ($image.digests | default dict) .name -}}
{{- printf "%s@%s" $repository . -}}
{{- else -}}
{{- printf "%s:%s" $repository (include "tandem.tag" .root) -}}
{{- end -}}
{{- end -}}

{{/* What a label can hold of a text: 63 characters, of which the first and the last are letters or digits. */}}
{{- define "tandem.label" -}}
{{- regexReplaceAll "[^A-Za-z0-9._-]" . "_" | trunc 63 | trimAll "._-" -}}
{{- end -}}

{{/* What a component's pods are found by: dict "root" $ "name" component. */}}
{{- define "tandem.selector" -}}
app.kubernetes.io/name: tandem
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .name }}
{{- end -}}

{{- define "tandem.labels" -}}
{{ include "tandem.selector" . }}
app.kubernetes.io/version: {{ include "tandem.label" (include "tandem.tag" .root) | quote }}
app.kubernetes.io/part-of: tandem
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ include "tandem.label" (printf "%s-%s" .root.Chart.Name .root.Chart.Version) }}
tandem.health/province: {{ .root.Values.province.code | quote }}
{{- end -}}

{{/* What no pod of a province goes without: nobody's rights, nothing to write to, no token. */}}
{{- define "tandem.podSecurity" -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.podSecurityContext }}
securityContext: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with .Values.scheduling.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.scheduling.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.scheduling.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end -}}

{{/* The address that processes listen at, as it stands before a port. */}}
{{- define "tandem.listen" -}}
{{- $address := .Values.network.listen | default "0.0.0.0" -}}
{{- contains ":" $address | ternary (printf "[%s]" $address) $address -}}
{{- end -}}

{{/* The port that a component's work comes in by; probes and metrics have the port "admin". */}}
{{- define "tandem.port" -}}
{{- if eq . "grpc" -}}50051{{- else -}}8080{{- end -}}
{{- end -}}

{{- define "tandem.databaseHost" -}}
{{- if eq .Values.database.source "cloudnativepg" -}}
{{ include "tandem.fullname" . }}-database-rw
{{- else -}}
{{ .Values.database.host }}
{{- end -}}
{{- end -}}

{{/* The Secret of a component's database role: dict "root" $ "name" component. */}}
{{- define "tandem.databaseSecret" -}}
{{- $format := .root.Values.database.secretName | default (printf "%s-database-%%s" (include "tandem.fullname" .root)) -}}
{{- printf $format .name -}}
{{- end -}}

{{- define "tandem.brokerHost" -}}
{{- if eq .Values.broker.source "rabbitmq-operator" -}}
{{ include "tandem.fullname" . }}-broker
{{- else -}}
{{ .Values.broker.host }}
{{- end -}}
{{- end -}}

{{- define "tandem.brokerSecret" -}}
{{- $made := ternary "-broker-default-user" "-broker" (eq .Values.broker.source "rabbitmq-operator") -}}
{{- .Values.broker.secretName | default (printf "%s%s" (include "tandem.fullname" .) $made) -}}
{{- end -}}

{{/* RabbitMQ has a port of its own for encrypted connections: 5672, the usual one, stands for it too. */}}
{{- define "tandem.brokerPort" -}}
{{- if and .Values.broker.tls.enabled (eq (int .Values.broker.port) 5672) -}}5671{{- else -}}{{ .Values.broker.port | int }}{{- end -}}
{{- end -}}

{{/* CloudNativePG makes an authority for each Cluster, so that there is no reason not to verify. */}}
{{- define "tandem.databaseTls" -}}
{{- .Values.database.tls.mode | default (ternary "verify-full" "prefer" (eq .Values.database.source "cloudnativepg")) -}}
{{- end -}}

{{/* The Secrets with the authorities of database and broker; nothing where the public ones are meant. */}}
{{- define "tandem.databaseCa" -}}
{{- if hasPrefix "verify" (include "tandem.databaseTls" .) -}}
{{- $made := ternary (printf "%s-database-ca" (include "tandem.fullname" .)) "" (eq .Values.database.source "cloudnativepg") -}}
{{- .Values.database.tls.caSecret.name | default $made -}}
{{- end -}}
{{- end -}}

{{- define "tandem.brokerCa" -}}
{{- if .Values.broker.tls.enabled }}{{ .Values.broker.tls.caSecret.name | default "" }}{{ end -}}
{{- end -}}

{{/*
A volume with the authorities that a pod needs: dict "root" $ "facts" its line of components.yaml. Of each Secret the certificate
alone: the one that CloudNativePG makes holds the authority's key too.
*/}}
{{- define "tandem.authorities" -}}
{{- $sources := list -}}
{{- if .facts.schema -}}{{- with include "tandem.databaseCa" .root -}}
{{- $sources = append $sources (list . $.root.Values.database.tls.caSecret.key "database.crt") -}}
{{- end -}}{{- end -}}
{{- if .facts.events -}}{{- with include "tandem.brokerCa" .root -}}
{{- $sources = append $sources (list . $.root.Values.broker.tls.caSecret.key "broker.crt") -}}
{{- end -}}{{- end -}}
{{- if $sources -}}
- name: authorities
  projected:
    sources:
      {{- range $sources }}
      - secret: {name: {{ index . 0 }}, items: [{key: {{ index . 1 }}, path: {{ index . 2 }}}]}
      {{- end }}
{{- end -}}
{{- end -}}

{{- define "tandem.authorities.mount" -}}
- {name: authorities, mountPath: /etc/tandem-authorities, readOnly: true}
{{- end -}}
