{{/*
What the pods of every kind of component have, beside what the kind itself says. Takes a component as in _names.tpl.
*/}}

{{- define "workload.pod" -}}
serviceAccountName: {{ include "workload.name" . }}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "workload.container" -}}
image: {{ include "workload.image" . | quote }}
imagePullPolicy: IfNotPresent
envFrom:
  - configMapRef: { name: {{ include "workload.name" . }} }
resources:
  requests: { cpu: {{ .component.size.cpu }}, memory: {{ .component.size.memory }} }
  limits: { memory: {{ .component.size.memory }} } # none for CPU: it would slow requests down while the node is idle
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
{{- end }}

{{- define "workload.serviceAccount" -}}
---
apiVersion: v1
kind: ServiceAccount
metadata:
  {{- include "workload.metadata" . | nindent 2 }}
automountServiceAccountToken: false # no component talks to the Kubernetes API
{{- end }}
