{{/* component.service.alerts: takes (dict "root" $ "name" <component> "component" <its value>). The runtime's own series are there with and without requests. */}}
{{- define "component.service.alerts" -}}
- alert: TelemetryAbsent
  expr: absent_over_time(dotnet_process_memory_working_set_bytes{service_name={{ include "monitoring.service" . | quote }}}[1m])
  for: 4m
  labels: { severity: page, workload: {{ .root.Release.Namespace }}, component: {{ .name }}, owner: {{ .root.Values.workload.owner }} }
  annotations:
    summary: {{ printf "%s sends no telemetry" (include "monitoring.service" .) | quote }}
    description: {{ printf "No replica of %s has been heard of for 5 minutes: none runs, or what it sends does not arrive." (include "monitoring.service" .) | quote }}
    runbook_url: {{ include "monitoring.runbook" (dict "root" .root "alert" "TelemetryAbsent") }}
{{- end }}
