{{/*
workload.environment: everything a component's process reads, as environment variables.
*/}}
{{- define "workload.environment" -}}
{{- $workload := .root.Release.Name -}}
{{- $env := .root.Values.env -}}
PORT: {{ .component.port | quote }}
{{- range .component.calls }}
CALLS_{{ include "workload.constant" . }}_URL: {{ printf "http://%s-%s:%v" $workload . (get $.root.Values.workload.components .).port }}
{{- end }}
AWS_REGION: {{ $env.region }}
{{- if eq $env.kind "local" }}
# The stand-ins want any credentials. Elsewhere they come from the pod's service account.
AWS_ACCESS_KEY_ID: local
AWS_SECRET_ACCESS_KEY: local
{{- end }}
{{- include "workload.tables.environment" . }}
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

{{/*
workload.tables.environment: the tables a component uses, by the names they have in this environment. A further kind of resource is a
template like this one.
*/}}
{{- define "workload.tables.environment" -}}
{{- $tables := 0 -}}
{{- range $key, $access := .component.uses }}
{{- $path := splitList "/" $key }}
{{- if eq (index (reverse $path) 1) "tables" }}
{{- $tables = add1 $tables }}
{{- $table := last $path }}
{{- if eq (len $path) 2 }}
TABLES_{{ include "workload.constant" $table }}: {{ $.root.Values.env.name }}-{{ $.root.Release.Name }}-{{ $table }}
{{- else }}
TABLES_{{ include "workload.constant" (first $path) }}__{{ include "workload.constant" $table }}: {{ $.root.Values.env.name }}-{{ first $path }}-{{ $table }}
{{- end }}
{{- end }}
{{- end }}
{{- if $tables }}
{{- with .root.Values.env.backends.tables.standIn }}
AWS_ENDPOINT_URL_DYNAMODB: {{ include "workload.url" . }}
{{- end }}
{{- end }}
{{- end }}
