{{/* monitoring.validate: what the schemas cannot say. Every `fail` has a fixture in tests/Fixtures/invalid/monitoring/. */}}
{{- define "monitoring.validate" -}}
{{- if not .Values.slo -}}
{{- fail (printf "slo: missing; say in services/%s/slo.yaml what the workload promises" .Release.Namespace) -}}
{{- end -}}
{{- range $name, $objective := .Values.slo.objectives -}}
{{- if not (hasKey $.Values.workload.components $objective.component) -}}
{{- fail (printf "slo.objectives.%s.component: the contract has no component %s; name one of %s" $name $objective.component (keys $.Values.workload.components | sortAlpha | join ", ")) -}}
{{- end -}}
{{- end -}}
{{- end }}
