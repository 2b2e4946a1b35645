{{/*
Who may reach a component and what it may reach: exactly its contract's routes, calls and uses, plus what every component needs.
Takes a component as in _names.tpl, with all "components" beside it.
*/}}

{{- define "workload.ingress" -}}
{{- $rules := list -}}
{{- $ports := list (dict "protocol" "TCP" "port" .component.port) -}}
{{- if .component.routes -}}
{{- $rules = append $rules (dict "from" (include "workload.edge" .root.Values.env.edge.from | fromYamlArray) "ports" $ports) -}}
{{- end -}}
{{- range $caller, $component := .components -}}
{{- if has $.name ($component.calls | default list) -}}
{{- $pods := dict "podSelector" (dict "matchLabels" (include "workload.selector" (dict "root" $.root "name" $caller) | fromYaml)) -}}
{{- $rules = append $rules (dict "from" (list $pods) "ports" $ports) -}}
{{- end -}}
{{- end -}}
{{ toYaml $rules }}
{{- end }}

{{- define "workload.edge" -}}
{{- with .namespace -}}
- namespaceSelector:
    matchLabels: { kubernetes.io/metadata.name: {{ . }} }
{{- end -}}
{{- range .cidrs }}
- ipBlock: { cidr: {{ . }} }
{{- end -}}
{{- end }}

{{- define "workload.egress" -}}
# DNS
- to:
    - namespaceSelector:
        matchLabels: { kubernetes.io/metadata.name: kube-system }
      podSelector:
        matchLabels: { k8s-app: kube-dns }
  ports:
    - { protocol: UDP, port: 53 }
    - { protocol: TCP, port: 53 }
{{- $receivers := list }}
{{- range compact (list .root.Values.env.telemetry.metrics .root.Values.env.telemetry.traces) }}
{{- $receivers = append $receivers (omit . "path") }}
{{- end }}
{{- range $receivers | uniq }}
# telemetry
- {{ include "workload.peer" . | nindent 2 | trim }}
{{- end }}
{{- range $callee := .component.calls }}
# calls {{ $callee }}
- to:
    - podSelector:
        matchLabels:
          {{- include "workload.selector" (dict "root" $.root "name" $callee) | nindent 10 }}
  ports:
    - { protocol: TCP, port: {{ (get $.components $callee).port }} }
{{- end }}
{{- $kinds := list }}
{{- range $key, $access := .component.uses }}
{{- $kinds = append $kinds (index (splitList "/" $key | reverse) 1) }}
{{- end }}
{{- range $kind := $kinds | uniq }}
# uses {{ $kind }}
{{- $backend := get $.root.Values.env.backends $kind }}
{{- with $backend.standIn }}
- {{ include "workload.peer" . | nindent 2 | trim }}
{{- end }}
{{- with $backend.cloud }}
- to:
    {{- range .cidrs }}
    - ipBlock: { cidr: {{ . }} }
    {{- end }}
  ports:
    - { protocol: TCP, port: {{ .port }} }
{{- end }}
{{- end }}
{{- if and $kinds (eq .root.Values.release.runtime "eks") }}
# credentials of the service account, from the EKS Pod Identity agent on the node
- to:
    - ipBlock: { cidr: 169.254.170.23/32 }
  ports:
    - { protocol: TCP, port: 80 }
{{- end }}
{{- end }}

{{/* workload.peer: pods elsewhere in the cluster, by namespace and app, and the port to reach them at. */}}
{{- define "workload.peer" -}}
to:
  - namespaceSelector:
      matchLabels: { kubernetes.io/metadata.name: {{ .namespace }} }
    podSelector:
      matchLabels: { app.kubernetes.io/name: {{ .app }} }
ports:
  - { protocol: TCP, port: {{ .port }} }
{{- end }}
