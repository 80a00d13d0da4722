{{/* A pod of the image `tandem`: dict "root" $ "name" its label "steps" a list of arguments, run one after the other. */}}
{{- define "tandem.tools.pod" -}}
{{- $root := .root -}}
metadata:
  labels: {{- include "tandem.labels" (dict "root" $root "name" .name) | nindent 4 }}
spec:
  restartPolicy: Never
  {{- include "tandem.podSecurity" $root | nindent 2 }}
  {{- with initial .steps }}
  initContainers:
    {{- range . }}
    {{- include "tandem.tools.container" (dict "root" $root "arguments" .) | nindent 4 }}
    {{- end }}
  {{- end }}
  containers:
    {{- include "tandem.tools.container" (dict "root" $root "arguments" (last .steps)) | nindent 4 }}
  volumes:
    - name: data
      emptyDir: {sizeLimit: 1Mi}
    {{- with include "tandem.authorities" (dict "root" $root "facts" (dict "schema" true "events" true)) }}
    {{- . | nindent 4 }}
    {{- end }}
{{- end -}}

{{- define "tandem.tools.container" -}}
{{- $root := .root -}}
- name: {{ first .arguments }}
  image: {{ include "tandem.image" (dict "root" $root "name" "tandem") | quote }}
  {{- with $root.Values.image.pullPolicy }}
  imagePullPolicy: {{ . }}
  {{- end }}
  args: {{ toJson .arguments }}
  env:
    {{- include "tandem.env.common" $root | nindent 4 }}
    - {name: TANDEM__SERVICE__DATA, value: /var/lib/tandem}
    - {name: TANDEM__DATABASE__MAX_CONNECTIONS, value: "2"}
    {{- range $name, $facts := include "tandem.components" $root | fromYaml }}
    {{- if $facts.schema }}
    {{- $variable := printf "TANDEM__SERVICE__DATABASES__%s" (upper $name) }}
    {{- include "tandem.env.database" (dict "root" $root "name" $name "variable" $variable) | nindent 4 }}
    {{- end }}
    {{- end }}
    {{- include "tandem.env.broker" $root | nindent 4 }}
  volumeMounts:
    - {name: data, mountPath: /var/lib/tandem}
    {{- if include "tandem.authorities" (dict "root" $root "facts" (dict "schema" true "events" true)) }}
    {{- include "tandem.authorities.mount" $root | nindent 4 }}
    {{- end }}
  resources: {{- toYaml $root.Values.tools.resources | nindent 4 }}
  {{- with $root.Values.containerSecurityContext }}
  securityContext: {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}
