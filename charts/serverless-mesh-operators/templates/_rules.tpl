{{- /*
Rules between values. What one value alone must be is in values.schema.json.
Generated from generator/model/serverless-mesh-operators/rules.ts by "serverless-mesh generate"; do not edit.
*/ -}}
{{- define "serverless-mesh-operators.rules" -}}
{{- if and (not .Values.serverless.enabled) (not .Values.mesh.enabled) }}
{{- fail "serverless.enabled: is false, and mesh.enabled as well, so there is nothing to install; set one of them to true" }}
{{- end }}
{{- if and .Values.serverless.enabled .Values.mesh.enabled (eq .Values.mesh.generation "v3") (regexMatch "^stable-1\\.([0-9]|[12][0-9]|3[0-6])$" .Values.serverless.channel) }}
{{- fail (printf "serverless.channel: is %v, but Service Mesh 3 needs Serverless v1.37 or later; write stable-1.37 or stable, or set mesh.generation to v2" .Values.serverless.channel) }}
{{- end }}
{{- if and .Values.serverless.enabled .Values.mesh.enabled (eq .Values.mesh.generation "v3") (regexMatch "\\.v1\\.([0-9]|[12][0-9]|3[0-6])\\." .Values.serverless.startingCSV) }}
{{- fail (printf "serverless.startingCSV: is %v, but Service Mesh 3 needs Serverless v1.37 or later; write a later version or \"\", or set mesh.generation to v2" .Values.serverless.startingCSV) }}
{{- end }}
{{- if or (and (eq .Values.mesh.generation "v2") (regexMatch "^stable-3(\\.|$)" .Values.mesh.channel)) (and (eq .Values.mesh.generation "v3") (regexMatch "^(1\\.0$|stable-[12](\\.|$))" .Values.mesh.channel)) }}
{{- fail (printf "mesh.channel: is %v, but mesh.generation is %v; write a channel of %v, for example stable, or set the other generation" .Values.mesh.channel .Values.mesh.generation (ternary "servicemeshoperator3" "servicemeshoperator" (eq .Values.mesh.generation "v3"))) }}
{{- end }}
{{- if or (and (eq .Values.mesh.generation "v2") (regexMatch "^servicemeshoperator3\\." .Values.mesh.startingCSV)) (and (eq .Values.mesh.generation "v3") (regexMatch "^servicemeshoperator\\." .Values.mesh.startingCSV)) }}
{{- fail (printf "mesh.startingCSV: is %v, but mesh.generation is %v; write a version of %v or \"\", or set the other generation" .Values.mesh.startingCSV .Values.mesh.generation (ternary "servicemeshoperator3" "servicemeshoperator" (eq .Values.mesh.generation "v3"))) }}
{{- end }}
{{- range $key := keys .Values.commonLabels | sortAlpha }}
{{- if regexMatch "^((meta\\.)?helm\\.sh|argocd\\.argoproj\\.io|([a-z]+\\.)*istio\\.io|maistra\\.io|([a-z]+\\.)*knative\\.dev|([a-z]+\\.)*(serverless|knative|console)\\.openshift\\.io|((kubectl|pod-security)\\.)?kubernetes\\.io)/|^(operators\\.coreos\\.com|([a-z]+\\.)*operatorframework\\.io)/|^olm\\.|^(app\\.kubernetes\\.io/(name|instance|version|managed-by)|istio|istio-injection|knative|app)$" $key }}
{{- fail (printf "commonLabels: has %v, which has a meaning for the products that read it; choose a key of your own, for example example.com/team" $key) }}
{{- end }}
{{- end }}
{{- range $key := keys .Values.commonAnnotations | sortAlpha }}
{{- if regexMatch "^((meta\\.)?helm\\.sh|argocd\\.argoproj\\.io|([a-z]+\\.)*istio\\.io|maistra\\.io|([a-z]+\\.)*knative\\.dev|([a-z]+\\.)*(serverless|knative|console)\\.openshift\\.io|((kubectl|pod-security)\\.)?kubernetes\\.io)/|^(operators\\.coreos\\.com|([a-z]+\\.)*operatorframework\\.io)/|^olm\\." $key }}
{{- fail (printf "commonAnnotations: has %v, which has a meaning for the products that read it; choose a key of your own, for example example.com/team" $key) }}
{{- end }}
{{- end }}
{{- end }}
