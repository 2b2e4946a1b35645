{{/*
A kind of resource is one file, resources/_<kind>.tpl, found by its place. It defines, and this chart includes by that name:
  resource.<kind>.environment   what a component that uses such resources reads     (dict "root" $ "uses" <as below, of this kind>)
  resource.<kind>.egress        network rules for these uses, as a list             (the same)
  resource.<kind>.validate      what the schema cannot say of one resource          (dict "root" $ "name" <its key> "resource" <its value>)
*/}}

{{/*
workload.uses: what a component uses, as YAML, by kind: a list of key (as the contract writes it), owner, name, access, variable (what its name
is found under in the environment) and id (that name).
*/}}
{{- define "workload.uses" -}}
{{- $kinds := dict -}}
{{- range $key, $access := .component.uses -}}
{{- $path := splitList "/" $key -}}
{{- $kind := index (reverse $path) 1 -}}
{{- $own := eq (len $path) 2 -}}
{{- $owner := $own | ternary $.root.Release.Name (first $path) -}}
{{- $variable := printf "%s_%s%s" (include "workload.constant" $kind) ($own | ternary "" (printf "%s__" (include "workload.constant" $owner))) (include "workload.constant" (last $path)) -}}
{{- $id := printf "%s-%s-%s" $.root.Values.env.name $owner (last $path) -}}
{{- $use := dict "key" $key "owner" $owner "name" (last $path) "access" $access "variable" $variable "id" $id -}}
{{- $_ := set $kinds $kind (append (get $kinds $kind | default list) $use) -}}
{{- end -}}
{{ toYaml $kinds }}
{{- end }}
