{{- /*
Rules between values. What one value alone must be is in values.schema.json.
Generated from generator/model/serverless-mesh/rules.ts by "serverless-mesh generate"; do not edit.
*/ -}}
{{- define "serverless-mesh.rules" -}}
{{- if has .Values.mesh.namespace (list "knative-serving" "knative-eventing" "knative-serving-ingress") }}
{{- fail "mesh.namespace: is a namespace of Knative; write the namespace of the control plane, for example istio-system" }}
{{- end }}
{{- range $index, $member := .Values.mesh.members }}
{{- if has $member (list "knative-serving" "knative-eventing" "knative-serving-ingress") }}
{{- fail (printf "mesh.members[%d]: is %v, which is not yours; leave it out, the chart adds what the mesh needs" $index $member) }}
{{- end }}
{{- end }}
{{- if eq .Values.mesh.namespace "openshift-ingress" }}
{{- fail "mesh.namespace: is openshift-ingress, the namespace of OpenShift's router; write another one, for example istio-system" }}
{{- end }}
{{- if and (eq .Values.mesh.generation "v2") (eq .Values.mesh.namespace "openshift-operators") }}
{{- fail "mesh.namespace: is openshift-operators, where the operator of Service Mesh 2 takes no control plane; write another one, for example istio-system" }}
{{- end }}
{{- if and (eq .Values.mesh.generation "v3") (eq .Values.mesh.namespace "istio-cni") }}
{{- fail "mesh.namespace: is istio-cni, the namespace of the CNI plugin; write another one, for example istio-system" }}
{{- end }}
{{- range $index, $member := .Values.mesh.members }}
{{- if and (eq $.Values.mesh.generation "v3") (eq $member "istio-cni") }}
{{- fail (printf "mesh.members[%d]: is istio-cni, the namespace of the CNI plugin, which is not yours; leave it out" $index) }}
{{- end }}
{{- end }}
{{- if has .Values.mesh.namespace .Values.mesh.members }}
{{- fail "mesh.members: contains mesh.namespace, which cannot be a member of its own mesh; leave it out" }}
{{- end }}
{{- if and (eq .Values.mesh.generation "v2") .Values.mesh.controlPlane.version (not (has .Values.mesh.controlPlane.version (list "v2.2" "v2.3" "v2.4" "v2.5" "v2.6"))) (not .Values.mesh.controlPlane.allowUnknownVersion) }}
{{- fail "mesh.controlPlane.version: is not one of v2.2, v2.3, v2.4, v2.5, v2.6; write one of them, \"\" for the newest, or set mesh.controlPlane.allowUnknownVersion" }}
{{- end }}
{{- if and (eq .Values.mesh.generation "v3") .Values.mesh.controlPlane.version (not (regexMatch "^(v1[.]24|v1[.]26|v1[.]27|v1[.]28)(-latest|[.][0-9]+)$" .Values.mesh.controlPlane.version)) (not .Values.mesh.controlPlane.allowUnknownVersion) }}
{{- fail "mesh.controlPlane.version: is no version of v1.24, v1.26, v1.27, v1.28, the Istio of Service Mesh 3; write one as v1.27-latest or v1.27.3, \"\" for the default, or set mesh.controlPlane.allowUnknownVersion" }}
{{- end }}
{{- if and (eq .Values.mesh.generation "v3") (not (has .Values.serverless.release (list "v1.37" "v1.38"))) }}
{{- fail "mesh.generation: is v3, but Serverless knows Service Mesh 3 from v1.37 on; set serverless.release to v1.37 or later, or leave v2" }}
{{- end }}
{{- if and (eq .Values.mesh.generation "v3") (ne .Values.serving.ingress "istio") }}
{{- fail "mesh.generation: is v3, but serving.ingress is kourier, which is for Service Mesh 2 only; set serving.ingress to istio, or leave v2" }}
{{- end }}
{{- if regexMatch "^([0-9]|[12][0-9]|30)s$" .Values.mesh.controlPlane.terminationDrainDuration }}
{{- fail (printf "mesh.controlPlane.terminationDrainDuration: is %v, but Knative takes up to 30 seconds to stop a pod; write more than 30s, for example 35s" .Values.mesh.controlPlane.terminationDrainDuration) }}
{{- end }}
{{- if and (eq .Values.mesh.generation "v2") (eq .Values.serving.ingress "istio") (not .Values.mesh.controlPlane.manageNetworkPolicy) (eq .Values.serverless.release "v1.31") }}
{{- fail "mesh.controlPlane.manageNetworkPolicy: is false, but Serverless v1.31 has no way to leave out its own NetworkPolicies; leave it true, or set serverless.release to v1.32 or later" }}
{{- end }}
{{- if not (has "8022" (splitList "," (join "," .Values.mesh.controlPlane.excludedInboundPorts))) }}
{{- fail "mesh.controlPlane.excludedInboundPorts: lacks 8022, the wait-for-drain hook that Kubernetes calls without a client certificate; add 8022" }}
{{- end }}
{{- if and .Values.serving.metrics.enabled (not (has "8444" (splitList "," (join "," .Values.mesh.controlPlane.excludedInboundPorts)))) }}
{{- fail "mesh.controlPlane.excludedInboundPorts: lacks 8444, from which Prometheus reads metrics without a client certificate; add 8444, or set serving.metrics.enabled to false" }}
{{- end }}
{{- if and (eq .Values.mesh.controlPlane.outboundTrafficPolicy "REGISTRY_ONLY") (not .Values.mesh.controlPlane.create) }}
{{- fail "mesh.controlPlane.outboundTrafficPolicy: is REGISTRY_ONLY, but mesh.controlPlane.create is false, so that the chart cannot set it; leave it ALLOW_ANY, and set the policy of your control plane yourself" }}
{{- end }}
{{- if and (eq .Values.mesh.generation "v2") (eq .Values.mesh.controlPlane.outboundTrafficPolicy "REGISTRY_ONLY") (not .Values.mesh.controlPlane.excludedOutboundIPRanges) }}
{{- fail "mesh.controlPlane.excludedOutboundIPRanges: is empty, but with REGISTRY_ONLY the pods of Knative could not reach the API server, which Service Mesh 2 does not know; write its address, for example 172.30.0.1/32, as oc get service -n default kubernetes shows it" }}
{{- end }}
{{- if and .Values.mesh.controlPlane.accessLog.format (not .Values.mesh.controlPlane.accessLog.enabled) }}
{{- fail "mesh.controlPlane.accessLog.format: is set, but mesh.controlPlane.accessLog.enabled is false; enable it, or leave the format out" }}
{{- end }}
{{- if and (eq .Values.mesh.controlPlane.tracing.type "openTelemetry") (not .Values.mesh.controlPlane.create) }}
{{- fail "mesh.controlPlane.tracing.type: is openTelemetry, but mesh.controlPlane.create is false, so that the chart cannot set it; leave it operatorDefault, and name the collector in your control plane yourself" }}
{{- end }}
{{- if and (eq .Values.mesh.generation "v2") (eq .Values.mesh.controlPlane.tracing.type "openTelemetry") (has .Values.mesh.controlPlane.version (list "v2.2" "v2.3" "v2.4" "v2.5")) }}
{{- fail "mesh.controlPlane.tracing.type: is openTelemetry, which Service Mesh 2 knows from v2.6 on; set mesh.controlPlane.version to v2.6, or the type to none" }}
{{- end }}
{{- if and (eq .Values.mesh.controlPlane.tracing.type "openTelemetry") (not .Values.mesh.controlPlane.tracing.collector.host) }}
{{- fail "mesh.controlPlane.tracing.collector.host: is empty, but mesh.controlPlane.tracing.type is openTelemetry; write the Service of the collector, for example otel-collector.tracing.svc.cluster.local" }}
{{- end }}
{{- if and .Values.mesh.controlPlane.tracing.collector.host (ne .Values.mesh.controlPlane.tracing.type "openTelemetry") }}
{{- fail (printf "mesh.controlPlane.tracing.collector.host: is set, but mesh.controlPlane.tracing.type is %v; set the type to openTelemetry, or leave the host out" .Values.mesh.controlPlane.tracing.type) }}
{{- end }}
{{- if and (eq .Values.mesh.controlPlane.tracing.type "openTelemetry") (hasSuffix (".svc") .Values.mesh.controlPlane.tracing.collector.host) }}
{{- fail (printf "mesh.controlPlane.tracing.collector.host: is %v, a short form by which the mesh knows no Service; write %v.%v" .Values.mesh.controlPlane.tracing.collector.host .Values.mesh.controlPlane.tracing.collector.host .Values.cluster.dnsDomain) }}
{{- end }}
{{- if and .Values.mesh.controlPlane.accessLog.enabled (not .Values.mesh.controlPlane.create) }}
{{- fail "mesh.controlPlane.accessLog.enabled: is true, but mesh.controlPlane.create is false, so that the chart cannot set it; leave it false, and set it in your control plane yourself" }}
{{- end }}
{{- if and (eq .Values.mesh.controlPlane.tracing.type "none") (not .Values.mesh.controlPlane.create) }}
{{- fail "mesh.controlPlane.tracing.type: is none, but mesh.controlPlane.create is false, so that the chart cannot set it; leave it operatorDefault, and set it in your control plane yourself" }}
{{- end }}
{{- if and (ne .Values.mesh.controlPlane.tls.minProtocolVersion "TLS_AUTO") (not .Values.mesh.controlPlane.create) }}
{{- fail (printf "mesh.controlPlane.tls.minProtocolVersion: is %v, but mesh.controlPlane.create is false, so that the chart cannot set it; leave it TLS_AUTO, and set it in your control plane yourself" .Values.mesh.controlPlane.tls.minProtocolVersion) }}
{{- end }}
{{- if and (not .Values.mesh.controlPlane.addons.enabled) (not .Values.mesh.controlPlane.create) }}
{{- fail "mesh.controlPlane.addons.enabled: is false, but mesh.controlPlane.create is false, so that the chart cannot set it; leave it true, and set it in your control plane yourself" }}
{{- end }}
{{- if and .Values.mesh.controlPlane.excludedOutboundIPRanges (ne .Values.mesh.controlPlane.outboundTrafficPolicy "REGISTRY_ONLY") (not .Values.mesh.controlPlane.create) }}
{{- fail "mesh.controlPlane.excludedOutboundIPRanges: is not empty, but mesh.controlPlane.create is false, so that the chart cannot set it; leave it empty, and set it in your control plane yourself" }}
{{- end }}
{{- if gt (int .Values.gateway.autoscaling.minReplicas) (int .Values.gateway.autoscaling.maxReplicas) }}
{{- fail (printf "gateway.autoscaling.maxReplicas: is %v, but gateway.autoscaling.minReplicas is %v; raise it, or lower minReplicas" .Values.gateway.autoscaling.maxReplicas .Values.gateway.autoscaling.minReplicas) }}
{{- end }}
{{- if and (ne .Values.gateway.tls.source "existing") (ne .Values.serving.ingress "istio") }}
{{- fail (printf "gateway.tls.source: is %v, but with serving.ingress kourier there is no gateway of the mesh; leave it existing" .Values.gateway.tls.source) }}
{{- end }}
{{- if and (eq .Values.gateway.tls.source "certManager") (not .Values.cluster.appsDomain) }}
{{- fail "gateway.tls.source: is certManager, but cluster.appsDomain is empty; write the domain of the OpenShift routes there, for example apps.example.com" }}
{{- end }}
{{- if and (eq .Values.gateway.tls.source "clusterIngress") (not .Values.jobs.enabled) }}
{{- fail "gateway.tls.source: is clusterIngress, but jobs.enabled is false, and the certificate is copied by a Job; enable the Jobs, or create the Secret and set the source to existing" }}
{{- end }}
{{- if and (not .Values.gateway.tls.certManager.issuer.name) (or (ne .Values.gateway.tls.certManager.issuer.group "cert-manager.io") (ne .Values.gateway.tls.certManager.issuer.kind "ClusterIssuer")) }}
{{- fail "gateway.tls.certManager.issuer.group: or kind is set, but gateway.tls.certManager.issuer.name is empty, so that the chart makes an issuer of its own; name the issuer, or leave group and kind as they are" }}
{{- end }}
{{- if and (eq .Values.gateway.tls.source "certManager") (not .Values.gateway.tls.certManager.issuer.name) (eq .Values.gateway.tls.secretName "serverless-mesh-ca") }}
{{- fail "gateway.tls.secretName: is serverless-mesh-ca, the Secret of the root that the chart makes; choose another name, for example wildcard-certs" }}
{{- end }}
{{- if and (eq .Values.gateway.tls.source "inline") (or (not (regexMatch "^[ \\t\\r\\n]*-----BEGIN CERTIFICATE-----[ \\t\\r\\n][^\\x7f-\\x9f]*$" .Values.gateway.tls.inline.certificate)) (contains "PRIVATE KEY" .Values.gateway.tls.inline.certificate)) }}
{{- fail "gateway.tls.inline.certificate: is no certificate in PEM, as gateway.tls.source inline needs; write what follows and includes -----BEGIN CERTIFICATE-----, without any key" }}
{{- end }}
{{- if and (eq .Values.gateway.tls.source "inline") (not (regexMatch "^[ \\t\\r\\n]*-----BEGIN ((RSA|EC) )?PRIVATE KEY-----[ \\t\\r\\n][^\\x7f-\\x9f]*$" .Values.gateway.tls.inline.privateKey)) }}
{{- fail "gateway.tls.inline.privateKey: is no private key in PEM, as gateway.tls.source inline needs; write the unencrypted key, beginning with its BEGIN line" }}
{{- end }}
{{- if and (ne .Values.gateway.tls.source "inline") .Values.gateway.tls.inline.privateKey }}
{{- fail (printf "gateway.tls.inline.privateKey: is set, but gateway.tls.source is %v; set the source to inline, or remove the key from the values" .Values.gateway.tls.source) }}
{{- end }}
{{- if and .Values.kafka.enabled (not .Values.eventing.enabled) }}
{{- fail "kafka.enabled: is true, but eventing.enabled is false; Knative Kafka needs Knative Eventing, enable both or none" }}
{{- end }}
{{- if and .Values.kafka.enabled (not .Values.kafka.bootstrapServers) }}
{{- fail "kafka.bootstrapServers: is empty, but kafka.enabled is true; list the brokers as host:port, for example my-cluster-kafka-bootstrap.kafka:9092" }}
{{- end }}
{{- range $index, $server := .Values.kafka.bootstrapServers }}
{{- if not (has (regexFind "[0-9]+$" $server) (splitList "," (include "serverless-mesh.listenerPorts" $))) }}
{{- fail (printf "kafka.bootstrapServers[%d]: has port %v, which is no port of kafka.listeners; add a listener with that port, or correct the port" $index (regexFind "[0-9]+$" $server)) }}
{{- end }}
{{- end }}
{{- range $index, $namespace := .Values.kafka.consumerNamespaces }}
{{- if eq $namespace "knative-eventing" }}
{{- fail (printf "kafka.consumerNamespaces[%d]: is knative-eventing, which has the ServiceEntry anyway; leave it out" $index) }}
{{- end }}
{{- end }}
{{- if ne (len (splitList "," (include "serverless-mesh.listenerNames" .))) (len (uniq (splitList "," (include "serverless-mesh.listenerNames" .)))) }}
{{- fail "kafka.listeners: has a name twice; Istio refuses that, give each listener its own name" }}
{{- end }}
{{- if ne (len (splitList "," (include "serverless-mesh.listenerPorts" .))) (len (uniq (splitList "," (include "serverless-mesh.listenerPorts" .)))) }}
{{- fail "kafka.listeners: has a port twice; give each port one listener" }}
{{- end }}
{{- if and .Values.kafka.authSecret.namespace (not .Values.kafka.authSecret.name) }}
{{- fail "kafka.authSecret.name: is empty, but kafka.authSecret.namespace is set; set both or none" }}
{{- end }}
{{- if and .Values.kafka.authSecret.name (not .Values.kafka.authSecret.namespace) }}
{{- fail "kafka.authSecret.namespace: is empty, but kafka.authSecret.name is set; set both or none" }}
{{- end }}
{{- if and .Values.kafka.broker.enabled .Values.kafka.authSecret.namespace (ne .Values.kafka.authSecret.namespace "knative-eventing") }}
{{- fail (printf "kafka.authSecret.namespace: is %v, but the Kafka Broker reads its Secret only in knative-eventing; create the Secret there, or set kafka.broker.enabled to false" .Values.kafka.authSecret.namespace) }}
{{- end }}
{{- range $name := keys .Values.serving.config | sortAlpha }}
{{- if regexMatch "^config-" $name }}
{{- fail (printf "serving.config: names %v with its prefix; write the name without config-, for example network" $name) }}
{{- end }}
{{- end }}
{{- range $name := keys .Values.eventing.config | sortAlpha }}
{{- if regexMatch "^config-" $name }}
{{- fail (printf "eventing.config: names %v with its prefix; write the name without config-, for example network" $name) }}
{{- end }}
{{- end }}
{{- if hasKey .Values.serving.config "istio" }}
{{- fail "serving.config: sets istio, which the chart sets itself; remove it and use mesh.namespace" }}
{{- end }}
{{- if hasKey (default dict .Values.serving.config.observability) "metrics.backend-destination" }}
{{- fail "serving.config: sets observability.metrics.backend-destination, which the chart sets itself; remove it and use serving.metrics.enabled" }}
{{- end }}
{{- if hasKey (default dict .Values.serving.config.observability) "metrics-protocol" }}
{{- fail "serving.config: sets observability.metrics-protocol, which the chart sets itself; remove it and use serving.metrics.enabled" }}
{{- end }}
{{- if hasKey (default dict .Values.serving.config.observability) "request-metrics-protocol" }}
{{- fail "serving.config: sets observability.request-metrics-protocol, which the chart sets itself; remove it and use serving.metrics.enabled" }}
{{- end }}
{{- if hasKey (default dict .Values.serving.config.network) "ingress-class" }}
{{- fail "serving.config: sets network.ingress-class, which the chart sets itself; remove it and use serving.ingress" }}
{{- end }}
{{- if hasKey (default dict .Values.serving.config.network) "ingress.class" }}
{{- fail "serving.config: sets network.ingress.class, which the chart sets itself; remove it and use serving.ingress" }}
{{- end }}
{{- if hasKey (default dict .Values.eventing.config.features) "istio" }}
{{- fail "eventing.config: sets features.istio, which the chart sets itself; remove it and use serving.ingress" }}
{{- end }}
{{- if and (eq .Values.serving.ingress "istio") (index (default dict .Values.serving.config.network) "external-domain-tls") (not (has (index (default dict .Values.serving.config.network) "external-domain-tls") (list "Disabled" "disabled"))) }}
{{- fail "serving.config: sets network.external-domain-tls, an encryption of Knative's own, which OpenShift Serverless has for Kourier only; remove it, for the mesh and its gateway encrypt already" }}
{{- end }}
{{- if and (eq .Values.serving.ingress "istio") (index (default dict .Values.serving.config.network) "cluster-local-domain-tls") (not (has (index (default dict .Values.serving.config.network) "cluster-local-domain-tls") (list "Disabled" "disabled"))) }}
{{- fail "serving.config: sets network.cluster-local-domain-tls, an encryption of Knative's own, which OpenShift Serverless has for Kourier only; remove it, for the mesh and its gateway encrypt already" }}
{{- end }}
{{- if and (eq .Values.serving.ingress "istio") (index (default dict .Values.serving.config.network) "system-internal-tls") (not (has (index (default dict .Values.serving.config.network) "system-internal-tls") (list "Disabled" "disabled"))) }}
{{- fail "serving.config: sets network.system-internal-tls, an encryption of Knative's own, which OpenShift Serverless has for Kourier only; remove it, for the mesh and its gateway encrypt already" }}
{{- end }}
{{- range $index, $toleration := .Values.placement.tolerations }}
{{- if and (eq $toleration.operator "Exists") $toleration.value }}
{{- fail (printf "placement.tolerations[%d]: has operator Exists with value %v, which Kubernetes refuses; remove the value, or write operator Equal" $index $toleration.value) }}
{{- end }}
{{- end }}
{{- range $index, $resources := .Values.serving.resources }}
{{- if not (has $resources.workload (list "activator" "autoscaler" "autoscaler-hpa" "controller" "webhook" "domain-mapping" "domainmapping-webhook" "net-istio-controller" "net-istio-webhook" "net-kourier-controller" "3scale-kourier-gateway")) }}
{{- fail (printf "serving.resources[%d]: names %v, which is no workload of Knative Serving; write one of activator, autoscaler, autoscaler-hpa, controller, webhook, domain-mapping, domainmapping-webhook, net-istio-controller, net-istio-webhook, net-kourier-controller, 3scale-kourier-gateway" $index $resources.workload) }}
{{- end }}
{{- end }}
{{- range $index, $resources := .Values.serving.resources }}
{{- if and (not (and $resources.requests (or $resources.requests.cpu $resources.requests.memory))) (not (and $resources.limits (or $resources.limits.cpu $resources.limits.memory))) }}
{{- fail (printf "serving.resources[%d]: has neither requests nor limits; write cpu or memory below one of them, or leave the container out" $index) }}
{{- end }}
{{- end }}
{{- range $index, $resources := .Values.eventing.resources }}
{{- if not (has $resources.workload (list "pingsource-mt-adapter" "imc-dispatcher" "mt-broker-ingress" "mt-broker-filter" "eventing-controller" "eventing-istio-controller" "eventing-webhook" "imc-controller" "mt-broker-controller" "job-sink")) }}
{{- fail (printf "eventing.resources[%d]: names %v, which is no workload of Knative Eventing; write one of pingsource-mt-adapter, imc-dispatcher, mt-broker-ingress, mt-broker-filter, eventing-controller, eventing-istio-controller, eventing-webhook, imc-controller, mt-broker-controller, job-sink" $index $resources.workload) }}
{{- end }}
{{- end }}
{{- range $index, $resources := .Values.eventing.resources }}
{{- if and (not (and $resources.requests (or $resources.requests.cpu $resources.requests.memory))) (not (and $resources.limits (or $resources.limits.cpu $resources.limits.memory))) }}
{{- fail (printf "eventing.resources[%d]: has neither requests nor limits; write cpu or memory below one of them, or leave the container out" $index) }}
{{- end }}
{{- end }}
{{- range $index, $resources := .Values.kafka.resources }}
{{- if not (has $resources.workload (list "kafka-controller" "kafka-broker-receiver" "kafka-broker-dispatcher" "kafka-channel-receiver" "kafka-channel-dispatcher" "kafka-source-dispatcher" "kafka-sink-receiver" "kafka-webhook-eventing")) }}
{{- fail (printf "kafka.resources[%d]: names %v, which is no workload of Knative Kafka; write one of kafka-controller, kafka-broker-receiver, kafka-broker-dispatcher, kafka-channel-receiver, kafka-channel-dispatcher, kafka-source-dispatcher, kafka-sink-receiver, kafka-webhook-eventing" $index $resources.workload) }}
{{- end }}
{{- end }}
{{- range $index, $resources := .Values.kafka.resources }}
{{- if and (not (and $resources.requests (or $resources.requests.cpu $resources.requests.memory))) (not (and $resources.limits (or $resources.limits.cpu $resources.limits.memory))) }}
{{- fail (printf "kafka.resources[%d]: has neither requests nor limits; write cpu or memory below one of them, or leave the container out" $index) }}
{{- end }}
{{- end }}
{{- if and (eq .Values.mesh.generation "v2") (eq .Values.serving.ingress "istio") .Values.networkPolicies.ingress.create .Values.mesh.controlPlane.manageNetworkPolicy }}
{{- fail "networkPolicies.ingress.create: is true, but mesh.controlPlane.manageNetworkPolicy is true, so that Service Mesh makes such policies; set one of the two to false" }}
{{- end }}
{{- if and (ne .Values.serving.ingress "istio") .Values.networkPolicies.ingress.create }}
{{- fail "networkPolicies.ingress.create: is true, but with serving.ingress kourier Knative is outside the mesh; leave it false, or set serving.ingress to istio" }}
{{- end }}
{{- if and (ne .Values.serving.ingress "istio") .Values.networkPolicies.egress.create }}
{{- fail "networkPolicies.egress.create: is true, but with serving.ingress kourier Knative is outside the mesh; leave it false, or set serving.ingress to istio" }}
{{- end }}
{{- if and .Values.domainMappings (not (and .Values.serving.enabled (eq .Values.serving.ingress "istio"))) }}
{{- fail "domainMappings: lead through the ingress gateway of the mesh, which needs serving.enabled and serving.ingress istio; set both, or leave the mappings out" }}
{{- end }}
{{- if ne (len (splitList "," (include "serverless-mesh.mappedHosts" .))) (len (uniq (splitList "," (include "serverless-mesh.mappedHosts" .)))) }}
{{- fail "domainMappings: has a host twice; a cluster can map a domain only once, leave one of them out" }}
{{- end }}
{{- range $index, $mapping := .Values.domainMappings }}
{{- if or (eq $mapping.host $.Values.cluster.dnsDomain) (hasSuffix (printf ".%v" $.Values.cluster.dnsDomain) $mapping.host) }}
{{- fail (printf "domainMappings[%d]: has host %v, which is in the DNS domain of the cluster, and Knative refuses that; write a domain of your own" $index $mapping.host) }}
{{- end }}
{{- end }}
{{- range $index, $mapping := .Values.domainMappings }}
{{- if and (or (eq $.Values.mesh.generation "v3") $.Values.mesh.memberRoll.create $.Values.mesh.serviceMeshMembers.create) (not (has $mapping.namespace $.Values.mesh.members)) }}
{{- fail (printf "domainMappings[%d]: has namespace %v, which is not in mesh.members; write one of them, or add it there" $index $mapping.namespace) }}
{{- end }}
{{- end }}
{{- if and .Values.isolation.enabled (ne .Values.serving.ingress "istio") }}
{{- fail "isolation.enabled: is true, but with serving.ingress kourier Knative is outside the mesh, where no policy counts; set serving.ingress to istio, or leave it false" }}
{{- end }}
{{- if and .Values.isolation.enabled (not .Values.serving.enabled) (not .Values.eventing.enabled) }}
{{- fail "isolation.enabled: is true, but serving.enabled and eventing.enabled are both false, so that there is nothing to isolate; enable one of them, or leave it false" }}
{{- end }}
{{- if and .Values.verify.namespace (not .Values.cluster.appsDomain) }}
{{- fail "verify.namespace: is set, but cluster.appsDomain is empty; write the domain of the OpenShift routes there, for example apps.example.com" }}
{{- end }}
{{- if and (eq .Values.mesh.generation "v2") .Values.verify.namespace (or .Values.mesh.memberRoll.create .Values.mesh.serviceMeshMembers.create) (not (has .Values.verify.namespace .Values.mesh.members)) }}
{{- fail (printf "verify.namespace: is %v, which is not in mesh.members; write one of them, or add it there" .Values.verify.namespace) }}
{{- end }}
{{- if and .Values.verify.caCertificate (or (not (regexMatch "^[ \\t\\r\\n]*-----BEGIN CERTIFICATE-----[ \\t\\r\\n][^\\x7f-\\x9f]*$" .Values.verify.caCertificate)) (contains "PRIVATE KEY" .Values.verify.caCertificate)) }}
{{- fail "verify.caCertificate: is no certificate in PEM; write the public certificate of the CA, from -----BEGIN CERTIFICATE----- on, without any key" }}
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
