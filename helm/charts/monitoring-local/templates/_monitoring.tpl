{{/* What every pod of this chart has besides its container's own lines. */}}
{{- define "monitoring.podDefaults" -}}
automountServiceAccountToken: false
enableServiceLinks: false
terminationGracePeriodSeconds: 10
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "monitoring.containerDefaults" -}}
imagePullPolicy: IfNotPresent
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
{{- end }}
