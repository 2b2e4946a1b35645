{{/*
The kind of component `service`: runs all the time, answers HTTP at its port, and health checks at its management port. The templates below take
a component as in ../_names.tpl; what every kind defines, ../_components.tpl says.
*/}}

{{- define "component.service.validate" -}}
{{- if eq (int .component.port) (int (include "workload.managementPort" .)) -}}
{{- fail (printf "workload.components.%s.port: %v is the management port of every service; choose another" .name .component.port) -}}
{{- end -}}
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

{{- define "component.service.port" -}}
{{ .component.port }}
{{- end }}

{{- define "component.service.environment" -}}
PORT: {{ .component.port | quote }}
MANAGEMENT_PORT: {{ include "workload.managementPort" . | quote }}
{{ include "workload.environment" . | trim }}
{{- end }}

{{- define "component.service.objects" -}}
{{ include "workload.networkPolicy" . }}
{{ include "workload.serviceAccount" . }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "workload.metadata" . | nindent 2 }}
data:
  {{- include "component.service.environment" . | nindent 2 }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  {{- include "workload.metadata" . | nindent 2 }}
spec:
  maxUnavailable: 1 # counts what is gone, so it never blocks a node's drain, however few replicas there are
  unhealthyPodEvictionPolicy: AlwaysAllow
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
  ports: {{- /* not the management port: what asks there takes a pod's own address */}}
    - { name: http, port: {{ .component.port }}, targetPort: http }
---
apiVersion: apps/v1
kind: Deployment
metadata:
  {{- include "workload.metadata" . | nindent 2 }}
spec:
  {{- if eq (int .component.scaling.min) (int .component.scaling.max) }}
  replicas: {{ .component.scaling.min }}
  {{- end }} {{- /* else the autoscaler's: a number here would undo its decision at every rollout */}}
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
        checksum/environment: {{ include "component.service.environment" . | sha256sum }} # a changed setting rolls the pods
    spec:
      {{- include "workload.pod" . | nindent 6 }}
      terminationGracePeriodSeconds: {{ include "workload.gracePeriod" .root }}
      topologySpreadConstraints: # wishes, not conditions: a zone that is down must not keep its replicas from running elsewhere
        {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
        - topologyKey: {{ . }}
          maxSkew: 1
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              {{- include "workload.selector" $ | nindent 14 }}
          matchLabelKeys: [pod-template-hash] # counts the new replicas of a rollout apart from the old
        {{- end }}
      containers:
        - name: {{ .name }}
          {{- include "workload.container" . | nindent 10 }}
          ports:
            - { name: http, containerPort: {{ .component.port }} }
            - { name: management, containerPort: {{ include "workload.managementPort" . }} }
          startupProbe: # a minute to start; the other two wait for it
            httpGet: { path: /healthz/startup, port: management }
            periodSeconds: 1
            timeoutSeconds: 2
            failureThreshold: 60
          livenessProbe: # restarts a process that hangs; depends on no other process
            httpGet: { path: /healthz/live, port: management }
            periodSeconds: 10
            timeoutSeconds: 2
            failureThreshold: 3
          readinessProbe:
            httpGet: { path: /healthz/ready, port: management }
            periodSeconds: 5
            timeoutSeconds: 2
            failureThreshold: 2
          lifecycle:
            preStop:
              sleep: { seconds: {{ .root.Values.env.shutdown.preStop }} } # while the nodes learn that the pod is gone from its Service
{{- if gt (int .component.scaling.max) (int .component.scaling.min) }}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  {{- include "workload.metadata" . | nindent 2 }}
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: {{ include "workload.name" . }} }
  minReplicas: {{ .component.scaling.min }}
  maxReplicas: {{ .component.scaling.max }}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target: { type: Utilization, averageUtilization: {{ .component.scaling.cpu }} }
{{- end }}
{{- if .component.routes }}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  {{- include "workload.metadata" . | nindent 2 }}
spec:
  ingressClassName: {{ .root.Values.env.edge.class }}
  rules:
    - host: {{ .root.Release.Name }}.{{ .root.Values.env.edge.domain }}
      http:
        paths:
          {{- range .component.routes }}
          - path: {{ . }}
            pathType: Prefix
            backend:
              service: { name: {{ include "workload.name" $ }}, port: { name: http } }
          {{- end }}
{{- end }}
{{- end }}
