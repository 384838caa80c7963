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
{{- with omit .Values.commonLabels "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/version" "app.kubernetes.io/managed-by" "helm.sh/chart" "experimental.istio.io/disable-gateway-port-translation" "sidecar.istio.io/inject" }}
{{- toYaml . | nindent 0 }}
{{- end }}
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
