{{/*
workload.environment: what the process of every kind of component reads, as environment variables. Takes a component as in _names.tpl.
*/}}
{{- define "workload.environment" -}}
{{- $workload := .root.Release.Name -}}
{{- $env := .root.Values.env -}}
{{- range .component.calls }}
{{- $callee := dict "root" $.root "name" . "component" (get $.components .) }}
CALLS_{{ include "workload.constant" . }}_URL: http://{{ include "workload.name" $callee }}:{{ include "workload.port" $callee }}
{{- end }}
AWS_REGION: {{ $env.region }}
{{- if eq $env.kind "local" }}
# The stand-ins want any credentials. Elsewhere they come from the pod's service account.
AWS_ACCESS_KEY_ID: local
AWS_SECRET_ACCESS_KEY: local
{{- end }}
{{- range $kind, $uses := include "workload.uses" . | fromYaml }}
{{- include (printf "resource.%s.environment" $kind) (dict "root" $.root "uses" $uses) }}
{{- end }}
OTEL_SERVICE_NAME: {{ include "workload.name" . }}
OTEL_RESOURCE_ATTRIBUTES: service.namespace={{ $workload }},deployment.environment.name={{ $env.name }}
OTEL_EXPORTER_OTLP_PROTOCOL: http/protobuf
{{- with $env.telemetry.metrics }}
OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: {{ include "workload.url" . }}
{{- end }}
{{- with $env.telemetry.traces }}
OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: {{ include "workload.url" . }}
{{- end }}
OTEL_METRIC_EXPORT_INTERVAL: {{ mul $env.telemetry.interval 1000 | quote }} # milliseconds
SHUTDOWN_DRAIN_SECONDS: {{ $env.shutdown.drain | quote }}
SHUTDOWN_TIMEOUT_SECONDS: {{ $env.shutdown.timeout | quote }}
{{- with .component.settings }}
{{ toYaml . }}
{{- end }}
{{- end }}
