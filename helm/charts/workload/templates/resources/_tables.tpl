{{/*
The kind of resource `tables`: DynamoDB, or its stand-in in an environment of kind local. What every kind defines, ../_resources.tpl says.
*/}}

{{/* resource.tables.environment: takes a component's "uses" of this kind, and "root". */}}
{{- define "resource.tables.environment" -}}
{{- range .uses }}
{{ .variable }}: {{ .id }}
{{- end }}
{{- with (.root.Values.env.backends | default dict).tables }}
AWS_ENDPOINT_URL_DYNAMODB: {{ include "workload.url" .standIn }}
{{- end }}
{{- end }}

{{/* resource.tables.egress: takes the same. One rule, however many tables: all are at the same addresses. */}}
{{- define "resource.tables.egress" -}}
{{- with (.root.Values.env.backends | default dict).tables }}
- {{ include "workload.peer" .standIn | nindent 2 | trim }}
{{- else }}
- {{ include "workload.publicService" . | nindent 2 | trim }}
{{- end }}
{{- end }}

{{/* resource.tables.validate: takes one table: "name" and "resource". */}}
{{- define "resource.tables.validate" -}}
{{- $ttl := .resource.ttl | default "" -}}
{{- range $where, $key := merge (dict "key" .resource.key) (.resource.indexes | default dict) -}}
{{- if eq $key.partition ($key.sort | default "") -}}
{{- fail (printf "workload.resources.tables.%s: %s is both partition and sort of %s; remove sort or name another attribute" $.name $key.sort $where) -}}
{{- end -}}
{{- if has $ttl (values $key) -}}
{{- fail (printf "workload.resources.tables.%s.ttl: %s is a number, and as part of %s it would be a string; name another attribute" $.name $ttl $where) -}}
{{- end -}}
{{- end -}}
{{- end }}
