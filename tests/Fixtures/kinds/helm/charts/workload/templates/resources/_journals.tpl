{{/*
The kind of resource `journals`: log groups in CloudWatch. What every kind defines, ../_resources.tpl says.
*/}}

{{- define "resource.journals.environment" -}}
{{- range .uses }}
{{ .variable }}: {{ .id }}
{{- end }}
{{- end }}

{{- define "resource.journals.egress" -}}
{{- with (.root.Values.env.backends | default dict).journals }}
- {{ include "workload.peer" .standIn | nindent 2 | trim }}
{{- else }}
- {{ include "workload.publicService" . | nindent 2 | trim }}
{{- end }}
{{- end }}

{{- define "resource.journals.validate" -}}
{{- end }}
