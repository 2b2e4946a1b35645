{{/*
Completeness: of what the component counts in `total`, the share that it does not count in `bad`. Both are counters of its own.
Takes (dict "service" … "objective" … "function" rate|increase "window" …).
*/}}

{{- define "objective.completeness.series" -}}
{{ .objective.total }}{service_name={{ .service | quote }}}
{{- end }}

{{- define "objective.completeness.total" -}}
sum({{ .function }}({{ include "objective.completeness.series" . }}[{{ .window }}]))
{{- end }}

{{- define "objective.completeness.bad" -}}
sum({{ .function }}({{ .objective.bad }}{service_name={{ .service | quote }}}[{{ .window }}]))
{{- end }}
