{{- define "tandem-operator.fullname" -}}
{{- .Values.fullnameOverride | default .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "tandem-operator.tag" -}}
{{- .Values.image.tag | default .Chart.AppVersion -}}
{{- end -}}

{{/* What the operator's pods are found by. */}}
{{- define "tandem-operator.selector" -}}
app.kubernetes.io/name: tandem-operator
app.kubernetes.io/instance: {{ include "tandem-operator.fullname" . }}
{{- end -}}

{{- define "tandem-operator.labels" -}}
{{ include "tandem-operator.selector" . }}
app.kubernetes.io/component: operator
app.kubernetes.io/version: {{ include "tandem-operator.tag" . | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{/* The rules of one part of files/rights.yaml: dict "root" $ "part" name. */}}
{{- define "tandem-operator.rights" -}}
{{- $rights := .root.Files.Get "files/rights.yaml" | fromYaml -}}
{{- index $rights .part | toYaml -}}
{{- end -}}
