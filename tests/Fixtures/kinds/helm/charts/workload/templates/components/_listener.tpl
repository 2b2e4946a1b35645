{{/*
The kind of component `listener`: runs all the time and takes connections of the workload's other components at its port.
*/}}

{{- define "component.listener.validate" -}}
{{- end }}

{{- define "component.listener.port" -}}
{{ .component.port }}
{{- end }}

{{- define "component.listener.environment" -}}
PORT: {{ .component.port | quote }}
MANAGEMENT_PORT: {{ include "workload.managementPort" . | quote }}
{{ include "workload.environment" . | trim }}
{{- end }}

{{- define "component.listener.objects" -}}
{{ include "workload.networkPolicy" . }}
{{ include "workload.serviceAccount" . }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "workload.metadata" . | nindent 2 }}
data:
  {{- include "component.listener.environment" . | nindent 2 }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  {{- include "workload.metadata" . | nindent 2 }}
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      {{- include "workload.selector" . | nindent 6 }}
---
apiVersion: v1
kind: Service
metadata:
  {{- include "workload.metadata" . | nindent 2 }}
spec:
  selector:
    {{- include "workload.selector" . | nindent 4 }}
  ports:
    - { name: tcp, port: {{ .component.port }}, targetPort: tcp }
---
apiVersion: apps/v1
kind: Deployment
metadata:
  {{- include "workload.metadata" . | nindent 2 }}
spec:
  replicas: {{ .component.replicas }}
  selector:
    matchLabels:
      {{- include "workload.selector" . | nindent 6 }}
  strategy:
    type: RollingUpdate
    rollingUpdate: { maxUnavailable: 0, maxSurge: 1 }
  template:
    metadata:
      labels:
        {{- include "workload.labels" . | nindent 8 }}
      annotations:
        checksum/environment: {{ include "component.listener.environment" . | sha256sum }} # a changed setting rolls the pods
    spec:
      {{- include "workload.pod" . | nindent 6 }}
      terminationGracePeriodSeconds: {{ include "workload.gracePeriod" .root }}
      topologySpreadConstraints:
        - topologyKey: topology.kubernetes.io/zone
          maxSkew: 1
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              {{- include "workload.selector" . | nindent 14 }}
      containers:
        - name: {{ .name }}
          {{- include "workload.container" . | nindent 10 }}
          ports:
            - { name: tcp, containerPort: {{ .component.port }} }
            - { name: management, containerPort: {{ include "workload.managementPort" . }} }
          readinessProbe:
            tcpSocket: { port: tcp }
          livenessProbe:
            httpGet: { path: /healthz/live, port: management }
          lifecycle:
            preStop:
              sleep: { seconds: {{ .root.Values.env.shutdown.preStop }} }
{{- end }}
