{{/*
The helpers below take a component: (dict "root" $ "name" <its key in the contract> "component" <its value>).
*/}}

{{/* workload.name: of every object of a component, and its name in DNS. */}}
{{- define "workload.name" -}}
{{ .root.Release.Name }}-{{ .name }}
{{- end }}

{{/* workload.metadata: name, namespace and labels of an object of a component. */}}
{{- define "workload.metadata" -}}
name: {{ include "workload.name" . }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "workload.labels" . | nindent 2 }}
{{- end }}

{{/* workload.selector: finds a component's pods. Frozen: a Deployment's selector cannot be changed once it is there. */}}
{{- define "workload.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{/* workload.labels: the selector's, and those that may change. */}}
{{- define "workload.labels" -}}
{{ include "workload.selector" . }}
app.kubernetes.io/part-of: {{ .root.Release.Name }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
causeway/environment: {{ .root.Values.env.name }}
causeway/owner: {{ .root.Values.workload.owner }}
{{- end }}

{{/* workload.image: by digest, in every environment. */}}
{{- define "workload.image" -}}
{{ .root.Values.env.registry }}/{{ include "workload.name" . }}@{{ get .root.Values.release.pins.images .name }}
{{- end }}

{{/* workload.gracePeriod: seconds from the order to stop until the kill. The 5 are for the kubelet and for the process to end. */}}
{{- define "workload.gracePeriod" -}}
{{ add .Values.env.shutdown.preStop .Values.env.shutdown.timeout 5 }}
{{- end }}

{{/* workload.url: where something with an app, a namespace, a port and perhaps a path is reached in the cluster. */}}
{{- define "workload.url" -}}
http://{{ .app }}.{{ .namespace }}:{{ .port }}{{ .path }}
{{- end }}

{{/* workload.constant: a name as part of an environment variable's. Example: by-customer → BY_CUSTOMER. */}}
{{- define "workload.constant" -}}
{{ . | replace "-" "_" | upper }}
{{- end }}

{{/* workload.managementPort: where a component answers health checks and what is not for its callers. The same for all, and closed to the network. */}}
{{- define "workload.managementPort" -}}
8081
{{- end }}
