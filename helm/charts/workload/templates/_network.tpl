{{/*
Who may reach a component and what it may reach: exactly its contract's routes, calls and uses, plus what every component needs.
Takes a component as in _names.tpl, with all "components" beside it.
*/}}

{{- define "workload.networkPolicy" -}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "workload.metadata" . | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- include "workload.selector" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
  ingress:
    {{- include "workload.ingress" . | nindent 4 }}
  egress:
    {{- include "workload.egress" . | nindent 4 }}
{{- end }}

{{/*
workload.ingress: the edge and the callers, at the component's port. The management port stays closed: the probes come from the pod's own node,
which no policy restricts. Only the edge of an environment of kind local asks there whether a pod is ready.
*/}}
{{- define "workload.ingress" -}}
{{- $rules := list -}}
{{- if .component.routes -}}
{{- $ports := list (dict "protocol" "TCP" "port" (int (include "workload.port" .))) -}}
{{- if eq .root.Values.env.kind "local" -}}
{{- $ports = append $ports (dict "protocol" "TCP" "port" (int (include "workload.managementPort" .))) -}}
{{- end -}}
{{- $rules = append $rules (dict "from" (include "workload.edge" .root.Values.env.edge.from | fromYamlArray) "ports" $ports) -}}
{{- end -}}
{{- range $caller, $component := .components -}}
{{- if has $.name ($component.calls | default list) -}}
{{- $pods := dict "podSelector" (dict "matchLabels" (include "workload.selector" (dict "root" $.root "name" $caller) | fromYaml)) -}}
{{- $rules = append $rules (dict "from" (list $pods) "ports" (list (dict "protocol" "TCP" "port" (int (include "workload.port" $))))) -}}
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
    - { protocol: TCP, port: {{ include "workload.port" (dict "root" $.root "name" $callee "component" (get $.components $callee)) }} }
{{- end }}
{{- $uses := include "workload.uses" . | fromYaml }}
{{- /* Kinds that are reached alike share a rule, so that each rule is needed. */}}
{{- $kinds := dict }}
{{- range $kind, $uses := $uses }}
{{- $rule := include (printf "resource.%s.egress" $kind) (dict "root" $.root "uses" $uses) }}
{{- $_ := set $kinds $rule (append (get $kinds $rule | default list) $kind) }}
{{- end }}
{{- range $rule, $kinds := $kinds }}
# uses {{ join ", " $kinds }}
{{- $rule }}
{{- end }}
{{- if and $uses (eq .root.Values.release.runtime "eks") }}
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

{{/*
workload.publicService: a service of the cloud's own, over TLS at public addresses. A policy can say no more: the service's addresses change
without notice. Route tables, endpoint policies and IAM say the rest (docs/decisions/0009).
*/}}
{{- define "workload.publicService" -}}
to:
  - ipBlock: # all but private ranges: nothing inside the network is meant
      cidr: 0.0.0.0/0
      except: [10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, 192.168.0.0/16]
ports:
  - { protocol: TCP, port: 443 }
{{- end }}
