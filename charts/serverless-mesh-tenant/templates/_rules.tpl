{{- /*
Rules between values. What one value alone must be is in values.schema.json.
Generated from generator/model/serverless-mesh-tenant/rules.ts by "serverless-mesh generate"; do not edit.
*/ -}}
{{- define "serverless-mesh-tenant.rules" -}}
{{- if not .Values.namespaces }}
{{- fail "namespaces: is empty, and a policy for no namespace would mean every namespace; list the namespaces of the tenant" }}
{{- end }}
{{- if and (not .Values.namespacePrefix) (gt (mul (len .Values.namespaces) (len (join "," .Values.namespaces))) 33000000) }}
{{- fail (printf "namespaces: has %v namespaces, and every policy repeats their names, which is more than the 1 MiB in which Helm keeps a release; begin their names alike and set namespacePrefix, or divide the tenant" (len .Values.namespaces)) }}
{{- end }}
{{- if and .Values.namespacePrefix (gt (len (join "," .Values.namespaces)) 330000) }}
{{- fail (printf "namespaces: has %v namespaces, whose names alone are more than the 1 MiB in which Helm keeps a release; divide the tenant" (len .Values.namespaces)) }}
{{- end }}
{{- range $index, $namespace := .Values.namespaces }}
{{- if or (has $namespace (list "knative-serving" "knative-eventing" "knative-serving-ingress")) (eq $namespace $.Values.mesh.namespace) }}
{{- fail (printf "namespaces[%d]: is %v, which belongs to Knative and the mesh, and its policies are those of the chart serverless-mesh; leave it out" $index $namespace) }}
{{- end }}
{{- end }}
{{- if and .Values.namespacePrefix (not (hasSuffix "-" .Values.namespacePrefix)) }}
{{- fail (printf "namespacePrefix: is %v, which is also the beginning of names such as %vx of another tenant; write %v-" .Values.namespacePrefix .Values.namespacePrefix .Values.namespacePrefix) }}
{{- end }}
{{- if and .Values.namespacePrefix (or (hasPrefix .Values.namespacePrefix "knative-serving") (hasPrefix .Values.namespacePrefix "knative-eventing") (hasPrefix .Values.namespacePrefix "knative-serving-ingress") (hasPrefix .Values.namespacePrefix .Values.mesh.namespace)) }}
{{- fail (printf "namespacePrefix: is %v, with which namespaces of Knative or the mesh begin, and these would be inside the tenant; begin the names of the tenant otherwise" .Values.namespacePrefix) }}
{{- end }}
{{- range $index, $namespace := .Values.namespaces }}
{{- if and $.Values.namespacePrefix (not (hasPrefix $.Values.namespacePrefix $namespace)) }}
{{- fail (printf "namespaces[%d]: is %v, which does not begin with the namespacePrefix %v; leave it out, or namespacePrefix empty" $index $namespace $.Values.namespacePrefix) }}
{{- end }}
{{- end }}
{{- if and (not .Values.serving.enabled) (not .Values.eventing.enabled) }}
{{- fail "serving.enabled: is false, and eventing.enabled as well, so that nothing would be allowed; set one of them to true" }}
{{- end }}
{{- if and .Values.kafka.enabled (not .Values.eventing.enabled) }}
{{- fail "kafka.enabled: is true, but eventing.enabled is false; set eventing.enabled to true, because Knative for Apache Kafka is part of it" }}
{{- end }}
{{- range $key := keys .Values.commonLabels | sortAlpha }}
{{- if regexMatch "^((meta\\.)?helm\\.sh|argocd\\.argoproj\\.io|([a-z]+\\.)*istio\\.io|maistra\\.io|([a-z]+\\.)*knative\\.dev|([a-z]+\\.)*(serverless|knative|console)\\.openshift\\.io|((kubectl|pod-security)\\.)?kubernetes\\.io)/|^(app\\.kubernetes\\.io/(name|instance|version|managed-by)|istio|istio-injection|knative|app)$" $key }}
{{- fail (printf "commonLabels: has %v, which has a meaning for the products that read it; choose a key of your own, for example example.com/team" $key) }}
{{- end }}
{{- end }}
{{- range $key := keys .Values.commonAnnotations | sortAlpha }}
{{- if regexMatch "^((meta\\.)?helm\\.sh|argocd\\.argoproj\\.io|([a-z]+\\.)*istio\\.io|maistra\\.io|([a-z]+\\.)*knative\\.dev|([a-z]+\\.)*(serverless|knative|console)\\.openshift\\.io|((kubectl|pod-security)\\.)?kubernetes\\.io)/" $key }}
{{- fail (printf "commonAnnotations: has %v, which has a meaning for the products that read it; choose a key of your own, for example example.com/team" $key) }}
{{- end }}
{{- end }}
{{- end }}
