{{/* What holds between values, which the schema cannot say. All faults are told at once. */}}
{{- define "tandem.validate" -}}
{{- $faults := list -}}
{{- if not (regexMatch "^[a-z]([-a-z0-9]*[a-z0-9])?$" (include "tandem.fullname" .)) -}}
{{- $faults = append $faults (printf "fullnameOverride: names of Services begin with a letter, and have letters, digits and hyphens alone, unlike %s" (include "tandem.fullname" .)) -}}
{{- end -}}
{{- if .Values.podSecurityContext -}}
{{- if and .Values.podSecurityContext.runAsNonRoot (eq (toString .Values.podSecurityContext.runAsUser) "0") -}}
{{- $faults = append $faults "podSecurityContext.runAsUser: 0 is who runAsNonRoot refuses" -}}
{{- end -}}
{{- end -}}
{{- if and (eq (toString .Values.network.ipFamilyPolicy) "SingleStack") (gt (len (.Values.network.ipFamilies | default list)) 1) -}}
{{- $faults = append $faults "network.ipFamilies: one alone with SingleStack" -}}
{{- end -}}
{{- if and (has "IPv6" (.Values.network.ipFamilies | default list)) (ne (toString .Values.network.listen) "::") -}}
{{- $faults = append $faults "network.listen: \"::\" where Services have addresses of IPv6, or nobody answers there" -}}
{{- end -}}
{{- if not .Values.province.publicUrl -}}
{{- $faults = append $faults "province.publicUrl: where people open the pages, such as https://tandem.example.org" -}}
{{- end -}}
{{- if and (eq .Values.database.source "external") (not .Values.database.host) -}}
{{- $faults = append $faults "database.host: required, unless database.source is cloudnativepg" -}}
{{- end -}}
{{- if and (eq .Values.broker.source "external") (not .Values.broker.host) -}}
{{- $faults = append $faults "broker.host: required, unless broker.source is rabbitmq-operator" -}}
{{- end -}}
{{- if and .Values.database.tls.caSecret.name (not (hasPrefix "verify" (include "tandem.databaseTls" .))) -}}
{{- $faults = append $faults "database.tls.mode: verify-full, or the authority is asked about nothing" -}}
{{- end -}}
{{- if and .Values.broker.tls.caSecret.name (not .Values.broker.tls.enabled) -}}
{{- $faults = append $faults "broker.tls.enabled: true, or the authority is asked about nothing" -}}
{{- end -}}
{{- if and .Values.broker.tls.enabled (eq .Values.broker.source "rabbitmq-operator") (not .Values.broker.tls.serverSecret) -}}
{{- $faults = append $faults "broker.tls.serverSecret: the certificate of the RabbitmqCluster, which its operator does not make" -}}
{{- end -}}
{{- if not .Values.mail.host -}}
{{- $faults = append $faults "mail.host: required; whoever takes part without an account is reached by mail alone" -}}
{{- end -}}
{{- if not .Values.mail.from -}}
{{- $faults = append $faults "mail.from: the sender of all mails, such as Tandem <tandem@example.org>" -}}
{{- end -}}
{{- if and .Values.mail.secretName (eq .Values.mail.security "none") -}}
{{- $faults = append $faults "mail.security: a password is not sent in the open; choose start_tls or tls" -}}
{{- end -}}
{{- if or .Values.ingress.enabled .Values.httpRoute.enabled -}}
{{- range $host := list "pages" "api" -}}
{{- if not (index $.Values.hosts $host) -}}
{{- $faults = append $faults (printf "hosts.%s: required when ingress or httpRoute is enabled" $host) -}}
{{- end -}}
{{- end -}}
{{- if and .Values.hosts.pages (ne (toString .Values.hosts.pages) (.Values.province.publicUrl | default "" | trimPrefix "https://" | trimPrefix "http://")) -}}
{{- $faults = append $faults (printf "hosts.pages: links in mails lead to province.publicUrl, %s, which is elsewhere" .Values.province.publicUrl) -}}
{{- end -}}
{{- end -}}
{{- if and .Values.httpRoute.enabled (not .Values.httpRoute.parentRefs) -}}
{{- $faults = append $faults "httpRoute.parentRefs: at least one Gateway" -}}
{{- end -}}
{{- if and .Values.database.cloudnativepg.recovery.objectStore (not .Values.database.cloudnativepg.recovery.serverName) -}}
{{- $faults = append $faults "database.cloudnativepg.recovery.serverName: the name under which the other cluster's backups are kept" -}}
{{- end -}}
{{- if and .Values.server.lingerMs (gt (mul 2 (int64 .Values.server.connectionAgeMs)) (int64 .Values.server.lingerMs)) -}}
{{- $faults = append $faults "server.connectionAgeMs: at most half of server.lingerMs, or callers are still connected when a pod stops" -}}
{{- end -}}
{{- $connections := 20 -}}
{{- range $name, $facts := include "tandem.components" . | fromYaml -}}
{{- $values := index $.Values.components $name -}}
{{- if gt (int $values.scale.min) (int $values.scale.max) -}}
{{- $faults = append $faults (printf "components.%s.scale: min %d is more than max %d" $name (int $values.scale.min) (int $values.scale.max)) -}}
{{- end -}}
{{- if $facts.schema -}}
{{- $connections = add $connections (mul (int $values.databaseConnections) (add1 (int $values.scale.max))) -}}
{{- end -}}
{{- end -}}
{{- $allowed := int .Values.database.cloudnativepg.maxConnections -}}
{{- if and (eq .Values.database.source "cloudnativepg") (lt $allowed (int $connections)) -}}
{{- $faults = append $faults (printf "database.cloudnativepg.maxConnections: %d are too few; at their largest the components, each with one pod more during a rollout, hold %d" $allowed (int $connections)) -}}
{{- end -}}
{{- if $faults -}}
{{- fail (printf "\n- %s" (join "\n- " $faults)) -}}
{{- end -}}
{{- end -}}
