{{/* Sections that a values file may take away with null: they are then as if they were empty, and nothing is asked of them. */}}
{{- define "tandem-operator.sections" -}}
{{- range list "crd" "monitoring" "network" "networkPolicy" "scheduling" -}}
{{- if not (index $.Values .) -}}
{{- $_ := set $.Values . dict -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Names of Services begin with a letter, and have no dots, which names of releases may have. */}}
{{- define "tandem-operator.fullname" -}}
{{- $name := .Values.fullnameOverride | default .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- if not (regexMatch "^[a-z]([-a-z0-9]*[a-z0-9])?$" $name) -}}
{{- fail (printf "\n- fullnameOverride: names of Services begin with a letter, and have letters, digits and hyphens alone, unlike %s" $name) -}}
{{- end -}}
{{- $name -}}
{{- end -}}

{{- define "tandem-operator.tag" -}}
{{- .Values.image.tag | default .Chart.AppVersion -}}
{{- end -}}

{{/* What a label can hold of a text: 63 characters, of which the first and the last are letters or digits. */}}
{{- define "tandem-operator.label" -}}
{{- regexReplaceAll "[^A-Za-z0-9._-]" . "_" | trunc 63 | trimAll "._-" -}}
{{- end -}}

{{/* What the operator's pods are found by. */}}
{{- define "tandem-operator.selector" -}}
app.kubernetes.io/name: tandem-operator
app.kubernetes.io/instance: {{ include "tandem-operator.fullname" . }}
{{- end -}}

{{- define "tandem-operator.labels" -}}
{{ include "tandem-operator.selector" . }}
app.kubernetes.io/component: operator
app.kubernetes.io/version: {{ include "tandem-operator.label" (include "tandem-operator.tag" .) | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ include "tandem-operator.label" (printf "%s-%s" .Chart.Name .Chart.Version) }}
{{- end -}}

{{/* The rules of one part of files/rights.yaml: dict "root" $ "part" name. */}}
{{- define "tandem-operator.rights" -}}
{{- $rights := .root.Files.Get "files/rights.yaml" | fromYaml -}}
{{- index $rights .part | toYaml -}}
{{- end -}}
