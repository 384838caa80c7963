{{- /*
What the chart asks the cluster at install and upgrade. Where there is no cluster (helm template, GitOps), lookup
answers nothing, and nothing is refused.
Each lookup stands behind Capabilities: where its kind does not exist, lookup fails with a raw error instead of
answering nothing. Where the installing user may not read it, preflight.enabled=false is the way out.
*/ -}}

{{- define "serverless-mesh-tenant.preflight" -}}
{{- if .Values.preflight.enabled -}}
{{- if lookup "v1" "Namespace" "" "kube-system" -}}
{{- if not (.Capabilities.APIVersions.Has "security.istio.io/v1beta1/AuthorizationPolicy") -}}
{{- fail "namespaces: this cluster does not know authorizationpolicies.security.istio.io; install the chart serverless-mesh first, or set preflight.enabled to false" -}}
{{- end -}}
{{- if .Values.serving.enabled -}}
{{- include "serverless-mesh-tenant.refuseNoIsolation" (dict "namespace" "knative-serving" "root" .) -}}
{{- end -}}
{{- if .Values.eventing.enabled -}}
{{- include "serverless-mesh-tenant.refuseNoIsolation" (dict "namespace" "knative-eventing" "root" .) -}}
{{- end -}}
{{- include "serverless-mesh-tenant.refuseTakenName" . -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* With policies of a tenant only, the gateway could not call the activator any more, and nothing else would be denied. */ -}}
{{- define "serverless-mesh-tenant.refuseNoIsolation" -}}
{{- if not (lookup "security.istio.io/v1beta1" "AuthorizationPolicy" .namespace "deny-all-by-default") -}}
{{- fail (printf "namespaces: there is no isolation in this cluster, whose %s has no AuthorizationPolicy deny-all-by-default; upgrade the release of serverless-mesh with isolation.enabled true first, or set preflight.enabled to false" .namespace) -}}
{{- end -}}
{{- end -}}

{{- /* Two releases of one name of a tenant would have the same objects. */ -}}
{{- define "serverless-mesh-tenant.refuseTakenName" -}}
{{- $tenant := include "serverless-mesh-tenant.tenant" . -}}
{{- $place := "knative-eventing" -}}
{{- $first := "imc-dispatcher" -}}
{{- if .Values.serving.enabled -}}
{{- $place = "knative-serving" -}}
{{- $first = "activator" -}}
{{- end -}}
{{- $policy := lookup "security.istio.io/v1beta1" "AuthorizationPolicy" $place (printf "allow-%s-to-%s-1" $tenant $first) -}}
{{- $annotations := dig "metadata" "annotations" dict $policy -}}
{{- $name := index $annotations "meta.helm.sh/release-name" | default "" -}}
{{- $namespace := index $annotations "meta.helm.sh/release-namespace" | default "" -}}
{{- if and $policy (not (and (eq $name .Release.Name) (eq $namespace .Release.Namespace))) -}}
{{- fail (printf "name: the tenant %s is there already, of %s; give this one another name" $tenant (ternary (printf "release %s in namespace %s" $name $namespace) "somebody without Helm" (ne $name ""))) -}}
{{- end -}}
{{- end -}}
