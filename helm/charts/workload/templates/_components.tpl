{{/*
A kind of component is one file, components/_<kind>.tpl, found by its place. It defines, and this chart includes by that name, each time with a
component as in _names.tpl:
  component.<kind>.objects    everything that is rendered for it; "components" holds all others as they are to run
  component.<kind>.port       where its callers and the edge reach it
  component.<kind>.validate   what the schema cannot say of it
*/}}

{{/*
workload.components: the contract's components as they are to run in this environment, as YAML. Everything that renders starts here, so
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

{{/* workload.port: where callers and the edge reach a component. */}}
{{- define "workload.port" -}}
{{ include (printf "component.%s.port" .component.kind) . }}
{{- end }}
