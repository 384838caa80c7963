{{- /*
What the chart asks the cluster at install and upgrade. Where there is no cluster (helm template, GitOps), lookup
answers nothing, and nothing is refused.
Each list stands behind Capabilities: where its kind does not exist, lookup fails with a raw error instead of
answering nothing. Where the installing user may not list it, preflight.enabled=false is the way out.
*/ -}}

{{- /* "true" where mesh.namespace does not exist, or belongs to this release; "" where somebody else made it. */ -}}
{{- define "serverless-mesh.mayCreateNamespace" -}}
{{- $namespace := lookup "v1" "Namespace" "" .Values.mesh.namespace -}}
{{- $annotations := dig "metadata" "annotations" dict $namespace -}}
{{- $name := index $annotations "meta.helm.sh/release-name" | default "" -}}
{{- $place := index $annotations "meta.helm.sh/release-namespace" | default "" -}}
{{- if or (not $namespace) (and (eq $name .Release.Name) (eq $place .Release.Namespace)) -}}
true
{{- end -}}
{{- end -}}

{{- /* Base document 1.4.1, and the release of the installed operator. */ -}}
{{- define "serverless-mesh.preflight" -}}
{{- if .Values.preflight.enabled -}}
{{- include "serverless-mesh.refuseOtherRelease" . -}}
{{- if and .Values.serving.enabled (eq .Values.serving.ingress "istio") -}}
{{- include "serverless-mesh.refuseExposedGateway" . -}}
{{- include "serverless-mesh.refuseConflictingGateway" . -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* The fields that changed between releases follow serverless.release, so it must be the installed one. */ -}}
{{- define "serverless-mesh.refuseOtherRelease" -}}
{{- if .Capabilities.APIVersions.Has "operators.coreos.com/v1alpha1/ClusterServiceVersion" -}}
{{- $installed := "" -}}
{{- range (lookup "operators.coreos.com/v1alpha1" "ClusterServiceVersion" "openshift-serverless" "").items -}}
{{- if and (hasPrefix "serverless-operator.v" .metadata.name) (eq (dig "status" "phase" "" .) "Succeeded") -}}
{{- $installed = .spec.version -}}
{{- end -}}
{{- end -}}
{{- $release := printf "v%s" (regexFind "^[0-9]+[.][0-9]+" $installed) -}}
{{- if and $installed (ne $release .Values.serverless.release) -}}
{{- fail (printf "serverless.release: is %s, but the operator installed in openshift-serverless is %s; set serverless.release to %s, or preflight.enabled to false" .Values.serverless.release $installed $release) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Knative Services are called through OpenShift routes; exposing the gateway itself is not supported. */ -}}
{{- define "serverless-mesh.refuseExposedGateway" -}}
{{- $service := lookup "v1" "Service" .Values.mesh.namespace "istio-ingressgateway" -}}
{{- $type := dig "spec" "type" "" $service -}}
{{- if has $type (list "NodePort" "LoadBalancer") -}}
{{- fail (printf "Service %s/istio-ingressgateway is of type %s, which is not supported with Serverless; make it ClusterIP, or set preflight.enabled to false" .Values.mesh.namespace $type) -}}
{{- end -}}
{{- end -}}

{{- /* A mesh serves host * on port 443 with one Gateway only. Gateways of other meshes do not matter. */ -}}
{{- define "serverless-mesh.refuseConflictingGateway" -}}
{{- if and (has "*" .Values.gateway.hosts) (.Capabilities.APIVersions.Has "networking.istio.io/v1beta1/Gateway") -}}
{{- range (lookup "networking.istio.io/v1beta1" "Gateway" "" "").items -}}
{{- $gateway := . -}}
{{- if ne .metadata.namespace "knative-serving" -}}
{{- range dig "spec" "servers" list . -}}
{{- if and (eq (int .port.number) 443) (include "serverless-mesh.hasAnyHost" .hosts) (include "serverless-mesh.inMesh" (dict "namespace" $gateway.metadata.namespace "root" $)) -}}
{{- fail (printf "Gateway %s/%s of the same mesh already serves host * on port 443; narrow its hosts or gateway.hosts, give Serverless a mesh of its own, or set preflight.enabled to false" $gateway.metadata.namespace $gateway.metadata.name) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* "true" where a list of hosts has *, also as namespace/*. */ -}}
{{- define "serverless-mesh.hasAnyHost" -}}
{{- range . -}}
{{- if regexMatch "^([^/]+/)?[*]$" . -}}
true
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* "true" where a namespace is the control plane's, one of its members, or about to become one. */ -}}
{{- define "serverless-mesh.inMesh" -}}
{{- $mesh := .root.Values.mesh.namespace -}}
{{- $labels := dig "metadata" "labels" dict (lookup "v1" "Namespace" "" .namespace) -}}
{{- if or (eq .namespace $mesh) (has .namespace .root.Values.mesh.members) (eq (index $labels "maistra.io/member-of" | default "") $mesh) -}}
true
{{- end -}}
{{- end -}}
