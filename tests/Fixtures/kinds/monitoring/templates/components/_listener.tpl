{{/* component.listener.alerts: takes (dict "root" $ "name" <component> "component" <its value>). */}}
{{- define "component.listener.alerts" -}}
- alert: TelemetryAbsent
  expr: absent_over_time(listener_connections_total{service_name={{ include "monitoring.service" . | quote }}}[1m])
  for: 4m
  labels: { severity: page, workload: {{ .root.Release.Namespace }}, component: {{ .name }}, owner: {{ .root.Values.workload.owner }} }
  annotations:
    summary: {{ printf "%s sends no telemetry" (include "monitoring.service" .) | quote }}
    description: {{ printf "Nothing has been heard of %s for 5 minutes." (include "monitoring.service" .) | quote }}
    runbook_url: {{ include "monitoring.runbook" (dict "root" .root "alert" "TelemetryAbsent") }}
{{- end }}
