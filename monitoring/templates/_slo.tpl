{{/*
An objective becomes ratios over eight windows, the budget that is left, and alerts on how fast the budget burns: each looks at a long window, which says
that it matters, and at a short one, which says that it lasts (https://sre.google/workbook/alerting-on-slos/, multiple windows and burn rates).
The helpers take an objective: (dict "root" $ "name" <its key> "objective" <its value>).
*/}}

{{/* slo.windows: of the recorded ratios. */}}
{{- define "slo.windows" -}}
[5m, 30m, 1h, 2h, 6h, 1d, 3d, 30d]
{{- end }}

{{/* slo.burns: how many times faster than allowed over 30 days, where it is looked for, and whether it can wait for working hours. */}}
{{- define "slo.burns" -}}
- { factor: 14.4, long: 1h, short: 5m, severity: page, spent: "2 % of the budget of 30 days in an hour" }
- { factor: 6, long: 6h, short: 30m, severity: page, spent: "5 % of the budget of 30 days in 6 hours" }
- { factor: 3, long: 1d, short: 2h, severity: ticket, spent: "10 % of the budget of 30 days in a day" }
- { factor: 1, long: 3d, short: 6h, severity: ticket, spent: "10 % of the budget of 30 days in 3 days" }
{{- end }}

{{/* slo.budget: the share of events that may be bad. */}}
{{- define "slo.budget" -}}
{{ divf (subf 100 .objective.target) 100 }}
{{- end }}

{{/* slo.matchers: the labels that tell an objective's series from all others. */}}
{{- define "slo.matchers" -}}
{workload={{ .root.Release.Namespace | quote }}, objective={{ .name | quote }}}
{{- end }}

{{/* slo.alert: named after the kind, so that one runbook explains it for every workload. */}}
{{- define "slo.alert" -}}
{{ .objective.kind | title }}BudgetBurn
{{- end }}

{{/* slo.records: rules that are recorded. Takes an objective. A ratio of nothing is NaN, on which no alert fires. */}}
{{- define "slo.records" -}}
{{- $ := . -}}
{{- $budget := include "slo.budget" . -}}
{{- $service := include "monitoring.service" (dict "root" .root "name" .objective.component) -}}
{{- $it := dict "service" $service "objective" .objective "function" "rate" -}}
{{- range include "slo.windows" . | fromYamlArray }}
{{- $over := merge (dict "window" .) $it }}
- record: slo:error_ratio:rate{{ . }}
  expr: |-
    ({{ include (printf "objective.%s.bad" $.objective.kind) $over }} or vector(0))
    / {{ include (printf "objective.%s.total" $.objective.kind) $over }}
  labels: {{ include "slo.labels" $ }}
{{- end }}
{{- range include "slo.burns" . | fromYamlArray }}
- record: slo:events:increase{{ .long }}
  expr: {{ include (printf "objective.%s.total" $.objective.kind) (merge (dict "window" .long "function" "increase") $it) }}
  labels: {{ include "slo.labels" $ }}
{{- end }}
- record: slo:target:ratio
  expr: vector({{ divf .objective.target 100 }})
  labels: {{ include "slo.labels" . }}
- record: slo:burn_rate:rate1h
  expr: slo:error_ratio:rate1h{{ include "slo.matchers" . }} / {{ $budget }}
  labels: {{ include "slo.labels" . }}
- record: slo:error_budget_remaining:ratio30d
  expr: 1 - slo:error_ratio:rate30d{{ include "slo.matchers" . }} / {{ $budget }}
  labels: {{ include "slo.labels" . }}
{{- end }}

{{/* slo.labels: of everything that is recorded for an objective; its alerts inherit them. */}}
{{- define "slo.labels" -}}
{ workload: {{ .root.Release.Namespace }}, objective: {{ .name }}, component: {{ .objective.component }}, owner: {{ .root.Values.workload.owner }} }
{{- end }}

{{/* slo.alerts: takes an objective. */}}
{{- define "slo.alerts" -}}
{{- $ := . -}}
{{- $budget := include "slo.budget" . | float64 -}}
{{- $matchers := include "slo.matchers" . -}}
{{- $alert := include "slo.alert" . -}}
{{- range include "slo.burns" . | fromYamlArray }}
{{- $limit := mulf .factor $budget }}
- alert: {{ $alert }}
  expr: |-
    slo:error_ratio:rate{{ .long }}{{ $matchers }} > {{ $limit }}
    and slo:error_ratio:rate{{ .short }}{{ $matchers }} > {{ $limit }}
    and slo:events:increase{{ .long }}{{ $matchers }} >= {{ $.objective.minimumEvents | default 100 }}
  labels: { severity: {{ .severity }}, window: {{ .long }} }
  annotations:
    summary: {{ printf "%s/%s burns its error budget at more than %v times the allowed rate" $.root.Release.Namespace $.name .factor | quote }}
    description: {{ printf "{{ $value | humanizePercentage }} of the events of the last %s were bad; %v %% have to be good. At this pace: %s." .long $.objective.target .spent | quote }}
    runbook_url: {{ include "monitoring.runbook" (dict "root" $.root "alert" $alert) }}
{{- end }}
- alert: IndicatorAbsent
  expr: absent({{ include (printf "objective.%s.series" .objective.kind) (dict "service" (include "monitoring.service" (dict "root" .root "name" .objective.component)) "objective" .objective) }})
  for: 25m # Prometheus takes a last sample for the present one for 5 minutes
  labels: {{ merge (dict "severity" "ticket") (include "slo.labels" . | fromYaml) | toJson }}
  annotations:
    summary: {{ printf "nothing says whether %s/%s holds" .root.Release.Namespace .name | quote }}
    description: {{ printf "Prometheus has no series for the objective %s of %s for 30 minutes, so none of its alerts can fire." .name .root.Release.Namespace | quote }}
    runbook_url: {{ include "monitoring.runbook" (dict "root" .root "alert" "IndicatorAbsent") }}
{{- end }}
