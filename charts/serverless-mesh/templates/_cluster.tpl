{{- /*
What the chart asks the cluster at install and upgrade. Where there is no cluster (helm template, GitOps), lookup
answers nothing, and nothing is refused.
Each list stands behind Capabilities: where its kind does not exist, lookup fails with a raw error instead of
answering nothing. Where the installing user may not list it, preflight.enabled=false is the way out.
*/ -}}

{{- /* "true" where mesh.namespace does not exist, or belongs to this release; "" where somebody else made it. */ -}}
{{- define "serverless-mesh.mayCreateNamespace" -}}
{{- include "serverless-mesh.isOurs" (dict "name" .Values.mesh.namespace "root" .) -}}
{{- end -}}

{{- /* The same for the namespace of the CNI plugin of Service Mesh 3. */ -}}
{{- define "serverless-mesh.mayCreateCniNamespace" -}}
{{- include "serverless-mesh.isOurs" (dict "name" "istio-cni" "root" .) -}}
{{- end -}}

{{- define "serverless-mesh.isOurs" -}}
{{- $namespace := lookup "v1" "Namespace" "" .name -}}
{{- $annotations := dig "metadata" "annotations" dict $namespace -}}
{{- $name := index $annotations "meta.helm.sh/release-name" | default "" -}}
{{- $place := index $annotations "meta.helm.sh/release-namespace" | default "" -}}
{{- if or (not $namespace) (and (eq $name .root.Release.Name) (eq $place .root.Release.Namespace)) -}}
true
{{- end -}}
{{- end -}}

{{- /* "true" where Knative's own definitions are there, which come with the first KnativeServing; also where there is no cluster. */ -}}
{{- define "serverless-mesh.knowsDomainMappings" -}}
{{- if or (.Capabilities.APIVersions.Has "serving.knative.dev/v1beta1/DomainMapping") (not (lookup "v1" "Namespace" "" "kube-system")) -}}
true
{{- end -}}
{{- end -}}

{{- /* Base document 1.4.1, and the release of the installed operator. */ -}}
{{- define "serverless-mesh.preflight" -}}
{{- if .Values.preflight.enabled -}}
{{- if lookup "v1" "Namespace" "" "kube-system" -}}
{{- include "serverless-mesh.refuseMissingOperators" . -}}
{{- include "serverless-mesh.refuseUnknownIstio" . -}}
{{- end -}}
{{- include "serverless-mesh.refuseOtherRelease" . -}}
{{- if and .Values.serving.enabled (eq .Values.serving.ingress "istio") -}}
{{- if eq .Values.mesh.generation "v2" -}}
{{- include "serverless-mesh.refuseExposedGateway" . -}}
{{- end -}}
{{- include "serverless-mesh.refuseConflictingGateway" . -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* A kind that the cluster does not know would fail with a raw error, and say nothing of its operator. */ -}}
{{- define "serverless-mesh.refuseMissingOperators" -}}
{{- $missing := list -}}
{{- if or .Values.serving.enabled .Values.eventing.enabled -}}
{{- if not (.Capabilities.APIVersions.Has "operator.knative.dev/v1beta1/KnativeServing") -}}
{{- $missing = append $missing "OpenShift Serverless" -}}
{{- end -}}
{{- end -}}
{{- if and (eq .Values.mesh.generation "v2") (not (.Capabilities.APIVersions.Has "maistra.io/v2/ServiceMeshControlPlane")) -}}
{{- $missing = append $missing "OpenShift Service Mesh 2" -}}
{{- end -}}
{{- if and (eq .Values.mesh.generation "v3") (not (.Capabilities.APIVersions.Has "sailoperator.io/v1/Istio")) -}}
{{- $missing = append $missing "OpenShift Service Mesh 3" -}}
{{- end -}}
{{- if $missing -}}
{{- fail (printf "mesh.generation: is %s, but this cluster lacks the operator of %s; install it, for example with the chart serverless-mesh-operators, or set preflight.enabled to false" .Values.mesh.generation (join " and that of " $missing)) -}}
{{- end -}}
{{- if and .Values.serving.enabled (eq .Values.gateway.tls.source "certManager") (not (.Capabilities.APIVersions.Has "cert-manager.io/v1/Certificate")) -}}
{{- fail "gateway.tls.source: is certManager, but this cluster does not know certificates.cert-manager.io; install the operator of cert-manager, or create the Secret and set the source to existing" -}}
{{- end -}}
{{- end -}}

{{- /* Each release of the Service Mesh 3 operator knows versions of its own, and they stand in its definition of Istio. */ -}}
{{- define "serverless-mesh.refuseUnknownIstio" -}}
{{- if and (eq .Values.mesh.generation "v3") .Values.mesh.controlPlane.create -}}
{{- $version := default "v1.27-latest" .Values.mesh.controlPlane.version -}}
{{- range dig "spec" "versions" list (lookup "apiextensions.k8s.io/v1" "CustomResourceDefinition" "" "istios.sailoperator.io") -}}
{{- $known := dig "schema" "openAPIV3Schema" "properties" "spec" "properties" "version" "enum" list . -}}
{{- if and .served $known (not (has $version $known)) -}}
{{- fail (printf "mesh.controlPlane.version: is %s, which the installed Service Mesh operator does not know; write one of %s, or update the operator" $version (join ", " $known)) -}}
{{- end -}}
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
{{- if and (eq (int .port.number) 443) (include "serverless-mesh.hasAnyHost" .hosts) (include "serverless-mesh.servesKnative" (dict "gateway" $gateway "root" $)) -}}
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

{{- /* "true" where a Gateway is for the pods that serve Knative. Service Mesh 3 looks at its selector, in any namespace. */ -}}
{{- define "serverless-mesh.servesKnative" -}}
{{- if eq .root.Values.mesh.generation "v2" -}}
{{- include "serverless-mesh.inMesh" (dict "namespace" .gateway.metadata.namespace "root" .root) -}}
{{- else -}}
{{- $foreign := false -}}
{{- range $key, $value := dig "spec" "selector" dict .gateway -}}
{{- if or (ne $key "knative") (ne $value "ingressgateway") -}}
{{- $foreign = true -}}
{{- end -}}
{{- end -}}
{{- if not $foreign -}}
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
