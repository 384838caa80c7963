/** The chart serverless-mesh. A new object is one model file and one line here, in the order of stages. */
import { Values } from '../../../values-schema/index.ts';
import { type Chart, inOrder, type Resource, stages } from '../chart.ts';
import caIssuer from './certificates/ca-issuer.ts';
import rootCertificate from './certificates/root-certificate.ts';
import selfSignedIssuer from './certificates/self-signed-issuer.ts';
import wildcardCertificate from './certificates/wildcard-certificate.ts';
import wildcardSecret from './certificates/wildcard-secret.ts';
import domainClaim from './domains/domain-claim.ts';
import domainMapping from './domains/domain-mapping.ts';
import { knowsDomainMappings, mappedHosts, mappedNamespaces } from './domains/mappings.ts';
import knativeEventing from './eventing/knative-eventing.ts';
import gatewayAutoscaler from './gateways/gateway-autoscaler.ts';
import gatewayDeployment from './gateways/gateway-deployment.ts';
import gatewayDisruptionBudget from './gateways/gateway-disruption-budget.ts';
import gatewayRole from './gateways/gateway-role.ts';
import gatewayRoleBinding from './gateways/gateway-role-binding.ts';
import gatewayService from './gateways/gateway-service.ts';
import gatewayServiceAccount from './gateways/gateway-service-account.ts';
import { ingressGateway } from './gateways/ingress-gateway.ts';
import knativeIngressGateway from './gateways/knative-ingress-gateway.ts';
import knativeLocalGateway from './gateways/knative-local-gateway.ts';
import knativeLocalGatewayDestinationRule from './gateways/knative-local-gateway-destination-rule.ts';
import knativeLocalGatewayNetworkPolicy from './gateways/knative-local-gateway-network-policy.ts';
import knativeLocalGatewayService from './gateways/knative-local-gateway-service.ts';
import { gatewayResources } from './gateways/resources.ts';
import allowImcToMtChannelBasedBrokerFilter from './isolation/allow-imc-to-mt-channel-based-broker-filter.ts';
import allowKafkaChannelToMtChannelBasedBrokerFilter from './isolation/allow-kafka-channel-to-mt-channel-based-broker-filter.ts';
import allowMtChannelBasedBrokerIngressToImcDispatcher from './isolation/allow-mt-channel-based-broker-ingress-to-imc-dispatcher.ts';
import allowMtChannelBasedBrokerIngressToKafkaChannel from './isolation/allow-mt-channel-based-broker-ingress-to-kafka-channel.ts';
import allowProbeKafkaBrokerReceiver from './isolation/allow-probe-kafka-broker-receiver.ts';
import allowProbeKafkaChannelReceiver from './isolation/allow-probe-kafka-channel-receiver.ts';
import allowProbeKafkaSinkReceiver from './isolation/allow-probe-kafka-sink-receiver.ts';
import allowTrafficToActivator from './isolation/allow-traffic-to-activator.ts';
import allowTrafficToAutoscaler from './isolation/allow-traffic-to-autoscaler.ts';
import allowTrafficToIngressGateway from './isolation/allow-traffic-to-ingress-gateway.ts';
import denyAllByDefaultInEventing from './isolation/deny-all-by-default-in-eventing.ts';
import denyAllByDefaultInServing from './isolation/deny-all-by-default-in-serving.ts';
import jobsCertificateJob from './jobs/certificate-job.ts';
import jobsCertificateScript from './jobs/certificate-script.ts';
import jobsClusterRole from './jobs/cluster-role.ts';
import jobsClusterRoleBinding from './jobs/cluster-role-binding.ts';
import jobsClusterRoleBindingMesh from './jobs/cluster-role-binding-mesh.ts';
import jobsClusterRoleMesh from './jobs/cluster-role-mesh.ts';
import jobsFunctions from './jobs/functions.ts';
import jobsGatewayJob from './jobs/gateway-job.ts';
import jobsGatewayScript from './jobs/gateway-script.ts';
import jobsRoleBindingCertificate from './jobs/role-binding-certificate.ts';
import jobsRoleBindingDomains from './jobs/role-binding-domains.ts';
import jobsRoleBindingEventing from './jobs/role-binding-eventing.ts';
import jobsRoleBindingGateway from './jobs/role-binding-gateway.ts';
import jobsRoleBindingKafka from './jobs/role-binding-kafka.ts';
import jobsRoleBindingMesh from './jobs/role-binding-mesh.ts';
import jobsRoleBindingRouter from './jobs/role-binding-router.ts';
import jobsRoleBindingServing from './jobs/role-binding-serving.ts';
import jobsRoleBindingVerify from './jobs/role-binding-verify.ts';
import jobsRoleCertificate from './jobs/role-certificate.ts';
import jobsRoleDomains from './jobs/role-domains.ts';
import jobsRoleEventing from './jobs/role-eventing.ts';
import jobsRoleGateway from './jobs/role-gateway.ts';
import jobsRoleKafka from './jobs/role-kafka.ts';
import jobsRoleMesh from './jobs/role-mesh.ts';
import jobsRoleRouter from './jobs/role-router.ts';
import jobsRoleServing from './jobs/role-serving.ts';
import jobsRoleVerify from './jobs/role-verify.ts';
import jobsServiceAccount from './jobs/service-account.ts';
import jobsSettings from './jobs/settings.ts';
import jobsUninstallJob from './jobs/uninstall-job.ts';
import jobsUninstallScript from './jobs/uninstall-script.ts';
import jobsWaitJob from './jobs/wait-job.ts';
import jobsWaitScript from './jobs/wait-script.ts';
import kafkaClusterDestinationRule from './kafka/kafka-cluster-destination-rule.ts';
import kafkaClusterServiceEntry from './kafka/kafka-cluster-service-entry.ts';
import knativeKafka from './kafka/knative-kafka.ts';
import allowFromServingSystemNamespace from './membership/allow-from-serving-system-namespace.ts';
import serviceMeshMember from './membership/service-mesh-member.ts';
import serviceMeshMemberRoll from './membership/service-mesh-member-roll.ts';
import disableStreamIdleTimeout from './mesh/disable-stream-idle-timeout.ts';
import istio from './mesh/istio.ts';
import istioCni from './mesh/istio-cni.ts';
import meshMtls from './mesh/mesh-mtls.ts';
import serviceMeshControlPlane from './mesh/service-mesh-control-plane.ts';
import telemetry from './mesh/telemetry.ts';
import tracingDestinationRule from './mesh/tracing-destination-rule.ts';
import { labels } from './metadata.ts';
import activatorAlerts from './monitoring/activator-alerts.ts';
import controlPlaneAccess from './monitoring/control-plane-access.ts';
import dashboard from './monitoring/dashboard.ts';
import enablePrometheusMetrics from './monitoring/enable-prometheus-metrics.ts';
import gatewayAlerts from './monitoring/gateway-alerts.ts';
import gatewayMonitor from './monitoring/gateway-monitor.ts';
import istiodMonitor from './monitoring/istiod-monitor.ts';
import knativeAlerts from './monitoring/knative-alerts.ts';
import memberAlerts from './monitoring/member-alerts.ts';
import meshAlerts from './monitoring/mesh-alerts.ts';
import proxiesMonitor from './monitoring/proxies-monitor.ts';
import userWorkloadAccess from './monitoring/user-workload-access.ts';
import istioCniNamespace, { mayCreateCniNamespace } from './namespaces/istio-cni-namespace.ts';
import meshNamespace, { mayCreateNamespace } from './namespaces/mesh-namespace.ts';
import policyAllowEgress from './network-policies/allow-egress.ts';
import policyAllowEgressToKafka from './network-policies/allow-egress-to-kafka.ts';
import policyAllowEgressToRegistries from './network-policies/allow-egress-to-registries.ts';
import policyAllowFromMesh from './network-policies/allow-from-mesh.ts';
import policyAllowFromRouter from './network-policies/allow-from-router.ts';
import policyAllowFromRouterToAddons from './network-policies/allow-from-router-to-addons.ts';
import policyAllowFromRouterToJaeger from './network-policies/allow-from-router-to-jaeger.ts';
import policyAllowToEventingWebhooks from './network-policies/allow-to-eventing-webhooks.ts';
import policyAllowToIstiod from './network-policies/allow-to-istiod.ts';
import policyAllowToKafkaWebhook from './network-policies/allow-to-kafka-webhook.ts';
import policyAllowToServingWebhooks from './network-policies/allow-to-serving-webhooks.ts';
import { meshNamespaces } from './network-policies/policy.ts';
import { notes } from './notes.ts';
import { listenerNames, listenerPorts } from './rules/kafka.ts';
import { rules } from './rules.ts';
import allowFromOpenshiftMonitoringNs from './serving/allow-from-openshift-monitoring-ns.ts';
import autoscalerPermissive from './serving/autoscaler-permissive.ts';
import knativeServing from './serving/knative-serving.ts';
import verifyConfig from './tests/verify-config.ts';
import verifyJob from './tests/verify-job.ts';
import verifyService from './tests/verify-service.ts';
import {
  gatewayNameHelper,
  gatewayNamespaceHelper,
  injectLabels,
  meshNameHelper,
  takesPlainText,
  verifies,
} from './values.ts';
import { placementHelper } from './workloads.ts';

const resources: Readonly<Record<string, Resource>> = {
  'namespaces/mesh-namespace': meshNamespace,
  'namespaces/istio-cni-namespace': istioCniNamespace,
  'jobs/service-account': jobsServiceAccount,
  'jobs/settings': jobsSettings,
  'jobs/functions': jobsFunctions,
  'jobs/wait-script': jobsWaitScript,
  'jobs/uninstall-script': jobsUninstallScript,
  'jobs/gateway-script': jobsGatewayScript,
  'jobs/certificate-script': jobsCertificateScript,
  'jobs/cluster-role': jobsClusterRole,
  'jobs/cluster-role-binding': jobsClusterRoleBinding,
  'jobs/cluster-role-mesh': jobsClusterRoleMesh,
  'jobs/cluster-role-binding-mesh': jobsClusterRoleBindingMesh,
  'jobs/role-mesh': jobsRoleMesh,
  'jobs/role-binding-mesh': jobsRoleBindingMesh,
  'jobs/role-serving': jobsRoleServing,
  'jobs/role-binding-serving': jobsRoleBindingServing,
  'jobs/role-eventing': jobsRoleEventing,
  'jobs/role-binding-eventing': jobsRoleBindingEventing,
  'jobs/role-kafka': jobsRoleKafka,
  'jobs/role-binding-kafka': jobsRoleBindingKafka,
  'jobs/role-verify': jobsRoleVerify,
  'jobs/role-binding-verify': jobsRoleBindingVerify,
  'jobs/role-gateway': jobsRoleGateway,
  'jobs/role-binding-gateway': jobsRoleBindingGateway,
  'jobs/role-certificate': jobsRoleCertificate,
  'jobs/role-binding-certificate': jobsRoleBindingCertificate,
  'jobs/role-router': jobsRoleRouter,
  'jobs/role-binding-router': jobsRoleBindingRouter,
  'jobs/role-domains': jobsRoleDomains,
  'jobs/role-binding-domains': jobsRoleBindingDomains,
  'certificates/wildcard-secret': wildcardSecret,
  'certificates/wildcard-certificate': wildcardCertificate,
  'certificates/self-signed-issuer': selfSignedIssuer,
  'certificates/root-certificate': rootCertificate,
  'certificates/ca-issuer': caIssuer,
  'mesh/service-mesh-control-plane': serviceMeshControlPlane,
  'mesh/istio': istio,
  'mesh/istio-cni': istioCni,
  'mesh/mesh-mtls': meshMtls,
  'mesh/disable-stream-idle-timeout': disableStreamIdleTimeout,
  'mesh/telemetry': telemetry,
  'mesh/tracing-destination-rule': tracingDestinationRule,
  'membership/service-mesh-member-roll': serviceMeshMemberRoll,
  'membership/service-mesh-member': serviceMeshMember,
  'membership/allow-from-serving-system-namespace': allowFromServingSystemNamespace,
  'network-policies/allow-from-mesh': policyAllowFromMesh,
  'network-policies/allow-from-router': policyAllowFromRouter,
  'network-policies/allow-from-router-to-addons': policyAllowFromRouterToAddons,
  'network-policies/allow-from-router-to-jaeger': policyAllowFromRouterToJaeger,
  'network-policies/allow-to-istiod': policyAllowToIstiod,
  'network-policies/allow-to-serving-webhooks': policyAllowToServingWebhooks,
  'network-policies/allow-to-eventing-webhooks': policyAllowToEventingWebhooks,
  'network-policies/allow-to-kafka-webhook': policyAllowToKafkaWebhook,
  'network-policies/allow-egress': policyAllowEgress,
  'network-policies/allow-egress-to-registries': policyAllowEgressToRegistries,
  'network-policies/allow-egress-to-kafka': policyAllowEgressToKafka,
  'gateways/knative-ingress-gateway': knativeIngressGateway,
  'gateways/knative-local-gateway': knativeLocalGateway,
  'gateways/knative-local-gateway-service': knativeLocalGatewayService,
  'gateways/knative-local-gateway-network-policy': knativeLocalGatewayNetworkPolicy,
  'gateways/knative-local-gateway-destination-rule': knativeLocalGatewayDestinationRule,
  'gateways/gateway-service-account': gatewayServiceAccount,
  'gateways/gateway-role': gatewayRole,
  'gateways/gateway-role-binding': gatewayRoleBinding,
  'gateways/gateway-deployment': gatewayDeployment,
  'gateways/gateway-service': gatewayService,
  'gateways/gateway-autoscaler': gatewayAutoscaler,
  'gateways/gateway-disruption-budget': gatewayDisruptionBudget,
  'jobs/gateway-job': jobsGatewayJob,
  'serving/knative-serving': knativeServing,
  'serving/autoscaler-permissive': autoscalerPermissive,
  'serving/allow-from-openshift-monitoring-ns': allowFromOpenshiftMonitoringNs,
  'eventing/knative-eventing': knativeEventing,
  'kafka/knative-kafka': knativeKafka,
  'kafka/kafka-cluster-service-entry': kafkaClusterServiceEntry,
  'kafka/kafka-cluster-destination-rule': kafkaClusterDestinationRule,
  'isolation/allow-traffic-to-activator': allowTrafficToActivator,
  'isolation/allow-traffic-to-autoscaler': allowTrafficToAutoscaler,
  'isolation/allow-traffic-to-ingress-gateway': allowTrafficToIngressGateway,
  'isolation/allow-imc-to-mt-channel-based-broker-filter': allowImcToMtChannelBasedBrokerFilter,
  'isolation/allow-kafka-channel-to-mt-channel-based-broker-filter': allowKafkaChannelToMtChannelBasedBrokerFilter,
  'isolation/allow-mt-channel-based-broker-ingress-to-imc-dispatcher': allowMtChannelBasedBrokerIngressToImcDispatcher,
  'isolation/allow-mt-channel-based-broker-ingress-to-kafka-channel': allowMtChannelBasedBrokerIngressToKafkaChannel,
  'isolation/allow-probe-kafka-broker-receiver': allowProbeKafkaBrokerReceiver,
  'isolation/allow-probe-kafka-channel-receiver': allowProbeKafkaChannelReceiver,
  'isolation/allow-probe-kafka-sink-receiver': allowProbeKafkaSinkReceiver,
  'isolation/deny-all-by-default-in-serving': denyAllByDefaultInServing,
  'isolation/deny-all-by-default-in-eventing': denyAllByDefaultInEventing,
  'jobs/certificate-job': jobsCertificateJob,
  'jobs/wait-job': jobsWaitJob,
  'jobs/uninstall-job': jobsUninstallJob,
  'monitoring/enable-prometheus-metrics': enablePrometheusMetrics,
  'monitoring/istiod-monitor': istiodMonitor,
  'monitoring/gateway-monitor': gatewayMonitor,
  'monitoring/proxies-monitor': proxiesMonitor,
  'monitoring/control-plane-access': controlPlaneAccess,
  'monitoring/user-workload-access': userWorkloadAccess,
  'monitoring/mesh-alerts': meshAlerts,
  'monitoring/gateway-alerts': gatewayAlerts,
  'monitoring/knative-alerts': knativeAlerts,
  'monitoring/activator-alerts': activatorAlerts,
  'monitoring/member-alerts': memberAlerts,
  'monitoring/dashboard': dashboard,
  'tests/verify-config': verifyConfig,
  'tests/verify-service': verifyService,
  'tests/verify-job': verifyJob,
  'domains/domain-claim': domainClaim,
  'domains/domain-mapping': domainMapping,
};

export const serverlessMesh: Chart = {
  name: 'serverless-mesh',
  version: '0.1.0',
  appVersion: '1.37',
  description:
    'OpenShift Serverless on OpenShift Service Mesh: control plane, gateways, Knative and Kafka, as one release',
  // OpenShift 4.11, the oldest that Serverless 1.31 supports. The suffix admits versions such as v1.31.6-eks.
  kubeVersion: '>=1.24.0-0',
  keywords: ['openshift', 'serverless', 'knative', 'service-mesh', 'istio', 'kafka'],
  annotations: { 'charts.openshift.io/name': 'Serverless Mesh', 'artifacthub.io/category': 'networking' },
  values: Values,
  valuesSource: 'values-schema/',
  helpers: [
    labels,
    gatewayNamespaceHelper,
    gatewayNameHelper,
    meshNameHelper,
    listenerNames,
    listenerPorts,
    verifies,
    injectLabels,
    placementHelper,
    gatewayResources,
    ingressGateway,
    meshNamespaces,
    mappedHosts,
    mappedNamespaces,
    knowsDomainMappings,
    takesPlainText,
    mayCreateNamespace,
    mayCreateCniNamespace,
  ],
  rules,
  resources: inOrder(stages, resources),
  notes,
  statics: { '.helmignore': 'helmignore', 'templates/_cluster.tpl': 'serverless-mesh/_cluster.tpl' },
};
