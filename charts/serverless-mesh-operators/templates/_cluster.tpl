{{- /*
What the chart asks the cluster at install and upgrade. Where there is no cluster (helm template, GitOps), lookup
answers nothing, and nothing is refused.
Each list stands behind Capabilities: where its kind does not exist, lookup fails with a raw error instead of
answering nothing. Where the installing user may not list it, preflight.enabled=false is the way out, and
operatorGroup.create=false for OperatorGroups.
*/ -}}

{{- /* "true" where this release made the object; (dict "object" ... "root" $). */ -}}
{{- define "serverless-mesh-operators.isOurs" -}}
{{- $annotations := dig "metadata" "annotations" dict .object -}}
{{- $name := index $annotations "meta.helm.sh/release-name" | default "" -}}
{{- $place := index $annotations "meta.helm.sh/release-namespace" | default "" -}}
{{- if and (eq $name .root.Release.Name) (eq $place .root.Release.Namespace) -}}
true
{{- end -}}
{{- end -}}

{{- /* "true" where openshift-serverless does not exist, or belongs to this release; "" where somebody else made it. */ -}}
{{- define "serverless-mesh-operators.mayCreateNamespace" -}}
{{- $namespace := lookup "v1" "Namespace" "" "openshift-serverless" -}}
{{- if or (not $namespace) (include "serverless-mesh-operators.isOurs" (dict "object" $namespace "root" .)) -}}
true
{{- end -}}
{{- end -}}

{{- /* "true" where openshift-serverless has no OperatorGroup but one of this release. */ -}}
{{- define "serverless-mesh-operators.mayCreateOperatorGroup" -}}
{{- $others := list -}}
{{- if .Capabilities.APIVersions.Has "operators.coreos.com/v1/OperatorGroup" -}}
{{- range (lookup "operators.coreos.com/v1" "OperatorGroup" "openshift-serverless" "").items -}}
{{- if not (include "serverless-mesh-operators.isOurs" (dict "object" . "root" $)) -}}
{{- $others = append $others .metadata.name -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if not $others -}}
true
{{- end -}}
{{- end -}}

{{- /* What OLM cannot get along with, for each operator that is wanted. */ -}}
{{- define "serverless-mesh-operators.preflight" -}}
{{- $mesh := ternary "servicemeshoperator3" "servicemeshoperator" (eq .Values.mesh.generation "v3") -}}
{{- if and .Values.preflight.enabled .Values.serverless.enabled -}}
{{- include "serverless-mesh-operators.refuse" (dict "value" "serverless.enabled" "package" "serverless-operator" "namespace" "openshift-serverless" "root" .) -}}
{{- end -}}
{{- if and .Values.preflight.enabled .Values.mesh.enabled -}}
{{- include "serverless-mesh-operators.refuse" (dict "value" "mesh.enabled" "package" $mesh "namespace" "openshift-operators" "root" .) -}}
{{- end -}}
{{- end -}}

{{- define "serverless-mesh-operators.refuse" -}}
{{- include "serverless-mesh-operators.refuseSubscribed" . -}}
{{- include "serverless-mesh-operators.refuseLeft" . -}}
{{- include "serverless-mesh-operators.refuseOperatorGroups" . -}}
{{- end -}}

{{- /* Two Subscriptions of one package: OLM installs the operator twice, or neither. */ -}}
{{- define "serverless-mesh-operators.refuseSubscribed" -}}
{{- $asked := . -}}
{{- if .root.Capabilities.APIVersions.Has "operators.coreos.com/v1alpha1/Subscription" -}}
{{- range (lookup "operators.coreos.com/v1alpha1" "Subscription" "" "").items -}}
{{- if and (eq (dig "spec" "name" "" .) $asked.package) (not (include "serverless-mesh-operators.isOurs" (dict "object" . "root" $asked.root))) -}}
{{- fail (printf "%s: is true, but Subscription %s/%s, which is not of this release, installs %s already; set it to false, or preflight.enabled to false" $asked.value .metadata.namespace .metadata.name $asked.package) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
A version that a deleted Subscription has left: OLM never gives it to a new one, and installs nothing beside it
(https://github.com/operator-framework/olm-docs/pull/252). Copies that OLM makes in other namespaces do not matter.
*/ -}}
{{- define "serverless-mesh-operators.refuseLeft" -}}
{{- $asked := . -}}
{{- $subscribed := false -}}
{{- if .root.Capabilities.APIVersions.Has "operators.coreos.com/v1alpha1/Subscription" -}}
{{- range (lookup "operators.coreos.com/v1alpha1" "Subscription" .namespace "").items -}}
{{- if eq (dig "spec" "name" "" .) $asked.package -}}
{{- $subscribed = true -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and (not $subscribed) (.root.Capabilities.APIVersions.Has "operators.coreos.com/v1alpha1/ClusterServiceVersion") -}}
{{- range (lookup "operators.coreos.com/v1alpha1" "ClusterServiceVersion" .namespace "").items -}}
{{- if and (hasPrefix (printf "%s.v" $asked.package) .metadata.name) (not (dig "metadata" "labels" "olm.copiedFrom" "" .)) -}}
{{- fail (printf "%s: is true, but ClusterServiceVersion %s/%s is left of a Subscription that is gone, and OLM installs nothing beside it; delete it with oc delete csv -n %s %s, or set preflight.enabled to false" $asked.value .metadata.namespace .metadata.name .metadata.namespace .metadata.name) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Both operators are for all namespaces, and OLM installs nothing in a namespace that has several OperatorGroups. */ -}}
{{- define "serverless-mesh-operators.refuseOperatorGroups" -}}
{{- $asked := . -}}
{{- if .root.Capabilities.APIVersions.Has "operators.coreos.com/v1/OperatorGroup" -}}
{{- $groups := (lookup "operators.coreos.com/v1" "OperatorGroup" .namespace "").items | default list -}}
{{- if gt (len $groups) 1 -}}
{{- $names := list -}}
{{- range $groups -}}
{{- $names = append $names .metadata.name -}}
{{- end -}}
{{- fail (printf "%s: is true, but namespace %s has several OperatorGroups (%s), so OLM installs nothing there; delete all but one of them, or set preflight.enabled to false" .value .namespace (join ", " $names)) -}}
{{- end -}}
{{- range $groups -}}
{{- if or (dig "spec" "targetNamespaces" list .) (dig "spec" "selector" dict .) -}}
{{- fail (printf "%s: is true, but OperatorGroup %s/%s is for some namespaces only, and %s is an operator for all; remove spec.targetNamespaces and spec.selector from it, or set preflight.enabled to false" $asked.value .metadata.namespace .metadata.name $asked.package) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
