{{- /*
Helpers that the templates share.
Generated from generator/model/serverless-mesh by "serverless-mesh generate"; do not edit.
*/ -}}
{{- /* Labels of every object. */ -}}
{{- define "serverless-mesh.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
helm.sh/chart: {{ (printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-") | quote }}
{{- range $key, $value := omit .Values.commonLabels "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/version" "app.kubernetes.io/managed-by" "helm.sh/chart" "experimental.istio.io/disable-gateway-port-translation" "sidecar.istio.io/inject" "console.openshift.io/dashboard" "knative" "networking.internal.knative.dev/certificate-uid" }}
{{ $key | quote }}: {{ $value | quote }}
{{- end }}
{{- end }}

{{- /* Namespace of the pods of the ingress gateway, and so of their certificate. */ -}}
{{- define "serverless-mesh.gatewayNamespace" -}}
{{- ternary "knative-serving-ingress" .Values.mesh.namespace (eq .Values.mesh.generation "v3") }}
{{- end }}

{{- /* Name of the Deployment and of the Service of the ingress gateway. */ -}}
{{- define "serverless-mesh.gatewayName" -}}
{{- ternary "knative-istio-ingressgateway" "istio-ingressgateway" (eq .Values.mesh.generation "v3") }}
{{- end }}

{{- /* Name of the ServiceMeshControlPlane, or of the Istio resource. */ -}}
{{- define "serverless-mesh.meshName" -}}
{{- ternary (default "basic" .Values.mesh.controlPlane.name) (default "default" .Values.mesh.controlPlane.name) (eq .Values.mesh.generation "v2") }}
{{- end }}

{{- /* Names of the Kafka listeners. */ -}}
{{- define "serverless-mesh.listenerNames" -}}
{{- range $index, $listener := .Values.kafka.listeners }}
{{- if $index }},{{ end }}
{{- $listener.name }}
{{- end }}
{{- end }}

{{- /* Ports of the Kafka listeners. */ -}}
{{- define "serverless-mesh.listenerPorts" -}}
{{- range $index, $listener := .Values.kafka.listeners }}
{{- if $index }},{{ end }}
{{- $listener.port }}
{{- end }}
{{- end }}

{{- /* Whether there is a helm test: where the URL of a Knative Service is known, and its first label fits into 63 characters. */ -}}
{{- define "serverless-mesh.verifies" -}}
{{- if and .Values.serving.enabled (eq .Values.serving.ingress "istio") .Values.cluster.appsDomain (or .Values.verify.namespace .Values.mesh.members) (regexMatch "^.{1,51}$" (default (first .Values.mesh.members) .Values.verify.namespace)) (not (or (hasKey .Values.serving.config "domain") (hasKey (default dict .Values.serving.config.network) "domain-template"))) }}true{{ end }}
{{- end }}

{{- /* Labels by which pods get a sidecar. */ -}}
{{- define "serverless-mesh.injectLabels" -}}
sidecar.istio.io/inject: "true"
{{- if and (eq .Values.mesh.generation "v3") (not (has .Values.mesh.controlPlane.name (list "" "default"))) }}
istio.io/rev: {{ .Values.mesh.controlPlane.name | quote }}
{{- end }}
{{- end }}

{{- /* Where pods of the control plane and of Knative run. */ -}}
{{- define "serverless-mesh.placement" -}}
{{- if .Values.placement.nodeSelector }}
nodeSelector:
  {{- range $key, $value := .Values.placement.nodeSelector }}
  {{ $key | quote }}: {{ $value | quote }}
  {{- end }}
{{- end }}
{{- if .Values.placement.tolerations }}
tolerations:
  {{- range $toleration := .Values.placement.tolerations }}
  - key: {{ $toleration.key | quote }}
    {{- if $toleration.operator }}
    operator: {{ $toleration.operator | quote }}
    {{- end }}
    {{- if $toleration.value }}
    value: {{ $toleration.value | quote }}
    {{- end }}
    {{- if $toleration.effect }}
    effect: {{ $toleration.effect | quote }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{- /* Resources of each pod of the ingress gateway. */ -}}
{{- define "serverless-mesh.gatewayResources" -}}
{{- if or .Values.gateway.resources.requests.cpu .Values.gateway.resources.requests.memory }}
requests:
  {{- if .Values.gateway.resources.requests.cpu }}
  cpu: {{ .Values.gateway.resources.requests.cpu | quote }}
  {{- end }}
  {{- if .Values.gateway.resources.requests.memory }}
  memory: {{ .Values.gateway.resources.requests.memory | quote }}
  {{- end }}
{{- end }}
{{- if or .Values.gateway.resources.limits.cpu .Values.gateway.resources.limits.memory }}
limits:
  {{- if .Values.gateway.resources.limits.cpu }}
  cpu: {{ .Values.gateway.resources.limits.cpu | quote }}
  {{- end }}
  {{- if .Values.gateway.resources.limits.memory }}
  memory: {{ .Values.gateway.resources.limits.memory | quote }}
  {{- end }}
{{- end }}
{{- end }}

{{- /* The ingress gateway, as the control plane of Service Mesh 2 makes it. */ -}}
{{- define "serverless-mesh.ingressGateway" -}}
runtime:
  deployment:
    autoScaling:
      enabled: true
      minReplicas: {{ .Values.gateway.autoscaling.minReplicas }}
      maxReplicas: {{ .Values.gateway.autoscaling.maxReplicas }}
      targetCPUUtilizationPercentage: 80
  {{- if or .Values.gateway.resources.requests.cpu .Values.gateway.resources.requests.memory .Values.gateway.resources.limits.cpu .Values.gateway.resources.limits.memory }}
  container:
    resources:
      {{- include "serverless-mesh.gatewayResources" . | trim | nindent 6 }}
  {{- end }}
  pod:
    affinity:
      podAntiAffinity:
        # On different nodes, where there are several.
        preferredDuringScheduling:
          - key: knative
            operator: In
            values:
              - ingressgateway
            topologyKey: kubernetes.io/hostname
service:
  metadata:
    # The selector of the Knative Gateways.
    labels:
      knative: ingressgateway
{{- end }}

{{- /* Namespaces of the mesh: those of Knative, its gateways and the control plane, and yours. */ -}}
{{- define "serverless-mesh.meshNamespaces" -}}
{{- concat (concat (list "knative-serving" "knative-eventing") (concat (ternary (list "knative-serving-ingress") (list) (eq .Values.mesh.generation "v3")) (list (printf "%v" .Values.mesh.namespace)))) .Values.mesh.members | toJson }}
{{- end }}

{{- /* Domains that are mapped. */ -}}
{{- define "serverless-mesh.mappedHosts" -}}
{{- range $index, $mapping := .Values.domainMappings }}
{{- if $index }},{{ end }}
{{- $mapping.host }}
{{- end }}
{{- end }}

{{- /* Their namespaces, in the same order. */ -}}
{{- define "serverless-mesh.mappedNamespaces" -}}
{{- range $index, $mapping := .Values.domainMappings }}
{{- if $index }},{{ end }}
{{- $mapping.namespace }}
{{- end }}
{{- end }}

{{- /* Whether the local gateway takes plain text, and not only the certificate of the mesh. */ -}}
{{- define "serverless-mesh.plainLocalGateway" -}}
{{- if and (eq .Values.mesh.generation "v3") (eq .Values.gateway.local.tls "plain") }}true{{ end }}
{{- end }}
