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
{{- include "workload.validate.scaling" $it -}}
{{- include "workload.validate.calls" $it -}}
{{- include "workload.validate.uses" $it -}}
{{- end -}}
{{- include "workload.validate.tables" . -}}
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
{{- if and (eq $env.kind "local") $backend.cloud -}}
{{- fail (printf "env.backends.%s.cloud: an environment of kind local reaches no cloud; name a standIn" $kind) -}}
{{- end -}}
{{- if and (ne $env.kind "local") $backend.standIn -}}
{{- fail (printf "env.backends.%s.standIn: %s stands in for a cloud service in an environment of kind local only, this is kind %s; name the cloud's cidrs and port" $kind $backend.standIn.app $env.kind) -}}
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
{{- $settings := (get $components $name).settings | default dict -}}
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

{{- define "workload.validate.scaling" -}}
{{- $override := get ((.root.Values.release.overrides | default dict).components | default dict) .name | default dict -}}
{{- $place := printf "%s.components.%s.scaling" (hasKey $override "scaling" | ternary "release.overrides" "workload") .name -}}
{{- $scaling := $override.scaling | default .component.scaling -}}
{{- if lt (int $scaling.max) (int $scaling.min) -}}
{{- fail (printf "%s: max (%v) is below min (%v); raise max or lower min" $place $scaling.max $scaling.min) -}}
{{- end -}}
{{- if and (gt (int $scaling.max) (int $scaling.min)) (not (hasKey $scaling "cpu")) -}}
{{- fail (printf "%s: nothing says when to go from %v to %v replicas; give cpu, in percent, or make min and max the same" $place $scaling.min $scaling.max) -}}
{{- end -}}
{{- if and (eq (int $scaling.max) (int $scaling.min)) (hasKey $scaling "cpu") -}}
{{- fail (printf "%s: cpu (%v) does nothing while min and max are both %v; remove it or raise max" $place $scaling.cpu $scaling.min) -}}
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
{{- if not (hasKey $.root.Values.env.backends $kind) -}}
{{- fail (printf "workload.components.%s.uses: %s needs env.backends.%s, which environment %s has not; describe it there" $.name $key $kind $.root.Values.env.name) -}}
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

{{- define "workload.validate.tables" -}}
{{- $used := dict -}}
{{- range $name, $component := .Values.workload.components -}}
{{- range $key, $access := $component.uses -}}
{{- $_ := set $used $key true -}}
{{- end -}}
{{- end -}}
{{- range $name, $table := (.Values.workload.resources | default dict).tables -}}
{{- if not (or (hasKey $used (printf "tables/%s" $name)) $table.grants) -}}
{{- fail (printf "workload.resources.tables.%s: no component uses it and nobody is granted it; add tables/%s to a component's uses or remove the table" $name $name) -}}
{{- end -}}
{{- range $where, $key := merge (dict "key" $table.key) ($table.indexes | default dict) -}}
{{- if eq $key.partition ($key.sort | default "") -}}
{{- fail (printf "workload.resources.tables.%s: %s is both partition and sort of %s; remove sort or name another attribute" $name $key.sort $where) -}}
{{- end -}}
{{- if has ($table.ttl | default "") (values $key) -}}
{{- fail (printf "workload.resources.tables.%s.ttl: %s is a number, and as part of %s it would be a string; name another attribute" $name $table.ttl $where) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}
