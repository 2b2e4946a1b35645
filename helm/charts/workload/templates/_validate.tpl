{{/*
workload.validate: what the schemas cannot say, because it holds between two values. The schemas check each value by itself, before any of
this runs. Every message names the place, the value and the remedy; every `fail` has a fixture in tests/Fixtures/invalid/workload/.
*/}}
{{- define "workload.validate" -}}
{{- include "workload.validate.name" . -}}
{{- include "workload.validate.environment" . -}}
{{- include "workload.validate.release" . -}}
{{- include "workload.validate.routes" . -}}
{{- range $name, $component := .Values.workload.components -}}
{{- $it := dict "root" $ "name" $name "component" $component -}}
{{- include (printf "component.%s.validate" $component.kind) $it -}}
{{- include "workload.validate.calls" $it -}}
{{- include "workload.validate.uses" $it -}}
{{- end -}}
{{- include "workload.validate.resources" . -}}
{{- end }}

{{- define "workload.validate.name" -}}
{{- $name := .Release.Name -}}
{{- if or (gt (len $name) 31) (not (regexMatch "^[a-z][a-z0-9]*(-[a-z0-9]+)*$" $name)) -}}
{{- fail (printf "release name: %q cannot be a workload's name; name the folder under services/ in lower-case words joined by single dashes, 31 characters at most" $name) -}}
{{- end -}}
{{- if or (eq $name "default") (hasPrefix "kube-" $name) -}}
{{- fail (printf "release name: %q is a namespace of Kubernetes' own; name the workload otherwise" $name) -}}
{{- end -}}
{{- if ne .Release.Namespace $name -}}
{{- fail (printf "namespace: %q is not the workload's; a workload has a namespace of its own name: pass --namespace %s" .Release.Namespace $name) -}}
{{- end -}}
{{- end }}

{{- define "workload.validate.environment" -}}
{{- $env := .Values.env -}}
{{- if le (int $env.shutdown.timeout) (int $env.shutdown.drain) -}}
{{- fail (printf "env.shutdown.timeout: %v s leave no time after %v s of draining; make it longer than drain" $env.shutdown.timeout $env.shutdown.drain) -}}
{{- end -}}
{{- if and (ne $env.kind "local") $env.standIns -}}
{{- fail (printf "env.standIns: %s run in an environment of kind local only, this is kind %s; remove them" (keys $env.standIns | sortAlpha | join ", ") $env.kind) -}}
{{- end -}}
{{- range $kind, $backend := $env.backends -}}
{{- if and (ne $env.kind "local") $backend.standIn -}}
{{- fail (printf "env.backends.%s.standIn: %s stands in for a cloud service in an environment of kind local only, this is kind %s; remove it, and the cloud's own service is used" $kind $backend.standIn.app $env.kind) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{- define "workload.validate.release" -}}
{{- $release := .Values.release -}}
{{- $components := .Values.workload.components -}}
{{- $known := keys $components | sortAlpha | join ", " -}}
{{- if eq $release.runtime "ecs" -}}
{{- fail "release.runtime: ecs is rendered by the Terraform stack workload; this chart renders eks and local" -}}
{{- end -}}
{{- if ne (eq $release.runtime "local") (eq .Values.env.kind "local") -}}
{{- fail (printf "release.runtime: %s does not run in environment %s, which is of kind %s; an environment of kind local has runtime local, any other has not" $release.runtime .Values.env.name .Values.env.kind) -}}
{{- end -}}
{{- $images := ($release.pins | default dict).images | default dict -}}
{{- range $name, $digest := $images -}}
{{- if not (hasKey $components $name) -}}
{{- fail (printf "release.pins.images.%s: the contract has no component of that name (it has %s); remove it or promote the revision that has it" $name $known) -}}
{{- end -}}
{{- end -}}
{{- range $name, $component := $components -}}
{{- if not (hasKey $images $name) -}}
{{- if eq $release.runtime "local" -}}
{{- fail (printf "release.pins.images.%s: missing; render through ./causeway, which pins what it built, or pin images.%s" $name $name) -}}
{{- end -}}
{{- fail (printf "release.pins.images.%s: missing; promote a version that has a digest for every component (%s)" $name $known) -}}
{{- end -}}
{{- end -}}
{{- range $name, $override := ($release.overrides | default dict).components -}}
{{- if not (hasKey $components $name) -}}
{{- fail (printf "release.overrides.components.%s: the contract has no component of that name; name one of %s" $name $known) -}}
{{- end -}}
{{- $component := get $components $name -}}
{{- range $key, $value := $override -}}
{{- if not (hasKey $component $key) -}}
{{- fail (printf "release.overrides.components.%s.%s: the contract's component has no %s; give it there with the value that holds elsewhere, or remove it here" $name $key $key) -}}
{{- end -}}
{{- end -}}
{{- $settings := $component.settings | default dict -}}
{{- range $setting, $value := $override.settings -}}
{{- if not (hasKey $settings $setting) -}}
{{- fail (printf "release.overrides.components.%s.settings.%s: the contract has no such setting; give it there with the value that holds elsewhere, or remove it here" $name $setting) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{- define "workload.validate.routes" -}}
{{- $owners := dict -}}
{{- range $name, $component := .Values.workload.components -}}
{{- range $component.routes -}}
{{- if hasKey $owners . -}}
{{- fail (printf "workload.components.%s.routes: %s leads to %s already; keep it in one of the two" $name . (get $owners .)) -}}
{{- end -}}
{{- $_ := set $owners . $name -}}
{{- end -}}
{{- end -}}
{{- end }}

{{- define "workload.validate.calls" -}}
{{- $components := .root.Values.workload.components -}}
{{- range .component.calls -}}
{{- if eq . $.name -}}
{{- fail (printf "workload.components.%s.calls: %s is the component itself; remove it" $.name .) -}}
{{- end -}}
{{- if not (hasKey $components .) -}}
{{- fail (printf "workload.components.%s.calls: %s is not a component of this workload; name one of %s" $.name . (keys $components | sortAlpha | join ", ")) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{- define "workload.validate.uses" -}}
{{- $resources := .root.Values.workload.resources | default dict -}}
{{- range $key, $access := .component.uses -}}
{{- $path := splitList "/" $key -}}
{{- $kind := index (reverse $path) 1 -}}
{{- if and (eq $.root.Values.env.kind "local") (not (hasKey ($.root.Values.env.backends | default dict) $kind)) -}}
{{- fail (printf "workload.components.%s.uses: %s needs env.backends.%s, which environment %s does not have; name the stand-in there" $.name $key $kind $.root.Values.env.name) -}}
{{- end -}}
{{- if eq (len $path) 2 -}}
{{- $known := get $resources $kind | default dict -}}
{{- if not (hasKey $known (last $path)) -}}
{{- fail (printf "workload.components.%s.uses: %s is not among this workload's %s (%s); declare it under workload.resources.%s or correct the name" $.name $key $kind (keys $known | sortAlpha | join ", " | default "none") $kind) -}}
{{- end -}}
{{- else if eq (first $path) $.root.Release.Name -}}
{{- fail (printf "workload.components.%s.uses: %s is this workload's own; write %s" $.name $key (rest $path | join "/")) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{- define "workload.validate.resources" -}}
{{- $used := dict -}}
{{- range $name, $component := .Values.workload.components -}}
{{- range $key, $access := $component.uses -}}
{{- $_ := set $used $key true -}}
{{- end -}}
{{- end -}}
{{- range $kind, $resources := .Values.workload.resources -}}
{{- range $name, $resource := $resources -}}
{{- if not (or (hasKey $used (printf "%s/%s" $kind $name)) $resource.grants) -}}
{{- fail (printf "workload.resources.%s.%s: no component uses it and no workload is granted it; add %s/%s to a component's uses or remove it" $kind $name $kind $name) -}}
{{- end -}}
{{- include (printf "resource.%s.validate" $kind) (dict "root" $ "name" $name "resource" $resource) -}}
{{- end -}}
{{- end -}}
{{- end }}
