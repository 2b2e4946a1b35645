{{/* monitoring.validate: what the schemas cannot say. Every `fail` has a fixture in tests/Fixtures/invalid/monitoring/. */}}
{{- define "monitoring.validate" -}}
{{- range $name, $objective := .Values.slo.objectives -}}
{{- if not (hasKey $.Values.workload.components $objective.component) -}}
{{- fail (printf "slo.objectives.%s.component: the contract has no component %s; name one of %s" $name $objective.component (keys $.Values.workload.components | sortAlpha | join ", ")) -}}
{{- end -}}
{{- end -}}
{{- end }}
