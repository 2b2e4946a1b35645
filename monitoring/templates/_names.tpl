{{/* monitoring.metadata: takes (dict "root" $ "name" <name>). */}}
{{- define "monitoring.metadata" -}}
name: {{ .name }}
namespace: {{ .root.Release.Namespace }}
labels:
  app.kubernetes.io/name: {{ .name }}
  app.kubernetes.io/part-of: {{ .root.Release.Namespace }}
  app.kubernetes.io/managed-by: {{ .root.Release.Service }}
  causeway/environment: {{ .root.Values.env.name }}
{{- end }}

{{/* monitoring.runbook: where an alert is explained; one page for each name. Takes (dict "root" $ "alert" <name>). */}}
{{- define "monitoring.runbook" -}}
{{- with (.root.Values.env.gitops | default dict).repository }}{{ trimSuffix ".git" . }}/blob/main/{{ end }}monitoring/runbooks/{{ .alert }}.md
{{- end }}

{{/* monitoring.service: what a component's telemetry calls it. Takes (dict "root" $ "name" <component>). */}}
{{- define "monitoring.service" -}}
{{ .root.Release.Namespace }}-{{ .name }}
{{- end }}
