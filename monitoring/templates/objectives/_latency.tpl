{{/*
Latency: of the requests that are answered and do not fail (those count against availability), the ones that take longer than `under` seconds, which is a bound of
the histogram. Takes (dict "service" … "objective" … "function" rate|increase "window" …).
*/}}

{{- define "objective.latency.matchers" -}}
service_name={{ .service | quote }}{{ with .objective.route }}, http_route={{ . | quote }}{{ end }}, http_response_status_code!~"5.."
{{- end }}

{{- define "objective.latency.series" -}}
http_server_request_duration_seconds_count{ {{- include "objective.latency.matchers" . -}} }
{{- end }}

{{- define "objective.latency.total" -}}
sum({{ .function }}({{ include "objective.latency.series" . }}[{{ .window }}]))
{{- end }}

{{- define "objective.latency.bad" -}}
{{ include "objective.latency.total" . }} - sum({{ .function }}(http_server_request_duration_seconds_bucket{ {{- include "objective.latency.matchers" . }}, le="{{ .objective.under }}"}[{{ .window }}]))
{{- end }}
