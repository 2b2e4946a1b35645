{{/*
Availability: of the requests that reach a component, those that end with an answer that is not the platform's fault. What a client did wrong (4xx) is good.
Takes (dict "service" … "objective" … "function" rate|increase "window" …).
*/}}

{{- define "objective.availability.matchers" -}}
service_name={{ .service | quote }}{{ with .objective.route }}, http_route={{ . | quote }}{{ end }}
{{- end }}

{{- define "objective.availability.series" -}}
http_server_request_duration_seconds_count{ {{- include "objective.availability.matchers" . -}} }
{{- end }}

{{- define "objective.availability.total" -}}
sum({{ .function }}({{ include "objective.availability.series" . }}[{{ .window }}]))
{{- end }}

{{- define "objective.availability.bad" -}}
sum({{ .function }}(http_server_request_duration_seconds_count{ {{- include "objective.availability.matchers" . }}, http_response_status_code=~"5.."}[{{ .window }}]))
{{- end }}
