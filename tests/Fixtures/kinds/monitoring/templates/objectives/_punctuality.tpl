{{/* Punctuality: of what is expected, what comes late. Takes (dict "service" … "objective" … "function" rate|increase "window" …). */}}

{{- define "objective.punctuality.series" -}}
expected_total{service_name={{ .service | quote }}}
{{- end }}

{{- define "objective.punctuality.total" -}}
sum({{ .function }}({{ include "objective.punctuality.series" . }}[{{ .window }}]))
{{- end }}

{{- define "objective.punctuality.bad" -}}
sum({{ .function }}(late_total{service_name={{ .service | quote }}, minutes={{ .objective.minutes | quote }}}[{{ .window }}]))
{{- end }}
