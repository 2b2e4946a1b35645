{{/*
workload.components: the contract's components as they are to run in this environment, as YAML. Every file that renders starts here, so
nothing is rendered from values that workload.validate refuses. An override's key replaces the contract's as a whole: Helm would merge the
two deeply and Terraform shallowly, so each renderer does this one step itself.
*/}}
{{- define "workload.components" -}}
{{- include "workload.validate" . -}}
{{- $overrides := (.Values.release.overrides | default dict).components | default dict -}}
{{- range $name, $component := .Values.workload.components }}
{{ $name }}:
  {{- $override := get $overrides $name | default dict -}}
  {{- range $key, $value := $component }}
  {{- if not (hasKey $override $key) }}
  {{- dict $key $value | toYaml | nindent 2 }}
  {{- end }}
  {{- end }}
  {{- with $override }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}
{{- end }}
