{{- /*
Helpers that the templates share.
Generated from generator/model/serverless-mesh-tenant by "serverless-mesh generate"; do not edit.
*/ -}}
{{- /* Labels of every object. */ -}}
{{- define "serverless-mesh-tenant.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
helm.sh/chart: {{ (printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-") | quote }}
{{- range $key, $value := omit .Values.commonLabels "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/version" "app.kubernetes.io/managed-by" "helm.sh/chart" }}
{{ $key | quote }}: {{ $value | quote }}
{{- end }}
{{- end }}

{{- /* Name of the tenant, after which its policies are named. */ -}}
{{- define "serverless-mesh-tenant.tenant" -}}
{{- default .Release.Name .Values.name }}
{{- end }}

{{- /* The namespaces of the tenant as policies name them: all, or what their names begin with. */ -}}
{{- define "serverless-mesh-tenant.sources" -}}
{{- ternary (list (printf "%v*" .Values.namespacePrefix)) .Values.namespaces (ne .Values.namespacePrefix "") | toJson }}
{{- end }}
