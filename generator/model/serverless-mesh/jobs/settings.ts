import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { and, choose, concat, join } from '../../../gotmpl/functions.ts';
import { fmt, joined, type Templated, when } from '../../../gotmpl/index.ts';
import {
  eventingWorkloads,
  jobSink,
  kafkaWorkloads,
  knativeEventing,
  knativeServing,
  servingWorkloads,
} from '../../facts/names.ts';
import { mappedHosts, mappedNamespaces } from '../domains/mappings.ts';
import { inStage } from '../metadata.ts';
import {
  controlPlaneName,
  gatewayName,
  gatewayNamespace,
  gatewaysWanted,
  istio,
  istioName,
  labelsMembers,
  membersWanted,
  namedRevision,
  release,
  rollWanted,
  v,
  v2,
  v3,
  verifyNamespace,
  verifyWanted,
} from '../values.ts';
import { copiesCertificate, seesIstio, settings, whenJobs } from './jobs.ts';

const { metadata, resource } = inStage('namespaces');

const members = concat(
  choose(and(istio, v.serving.enabled), [knativeServing], []),
  concat(choose(and(istio, v.eventing.enabled), [knativeEventing], []), v.mesh.members),
);

const manifest: Templated<IConfigMap> = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: metadata({ name: settings, namespace: v.mesh.namespace }),
  data: {
    TIMEOUT: fmt`${v.jobs.timeoutSeconds}`,
    MESH_NAMESPACE: v.mesh.namespace,
    CONTROL_PLANE: when(and(v2, v.mesh.controlPlane.create), controlPlaneName),
    ISTIO: when(seesIstio, istioName),
    ISTIO_CNI: when(and(seesIstio, v.mesh.cni.create), 'default'),
    MEMBER_ROLL: when(rollWanted, 'default'),
    MEMBERS: when(membersWanted, join(members, ' ')),
    LABEL_NAMESPACES: when(labelsMembers, join(v.mesh.members, ' ')),
    REVISION: when(namedRevision, v.mesh.controlPlane.name),
    CERTIFICATE: when(copiesCertificate, v.gateway.tls.secretName),
    CERTIFICATE_OF_ROUTER: when(copiesCertificate, v.gateway.tls.clusterIngress.secretName),
    RELEASE: when(copiesCertificate, release.Name),
    RELEASE_NAMESPACE: when(copiesCertificate, release.Namespace),
    GATEWAY: when(gatewaysWanted, gatewayName),
    GATEWAY_NAMESPACE: when(gatewaysWanted, gatewayNamespace),
    GATEWAY_IS_INJECTED: when(and(v3, gatewaysWanted), 'true'),
    SERVING: when(v.serving.enabled, 'true'),
    SERVING_WORKLOADS: when(and(v.serving.enabled, istio), servingWorkloads.join(' ')),
    EVENTING: when(v.eventing.enabled, 'true'),
    EVENTING_WORKLOADS: when(and(v.eventing.enabled, istio), [...eventingWorkloads, jobSink].join(' ')),
    KAFKA: when(v.kafka.enabled, 'true'),
    KAFKA_WORKLOADS: when(and(v.kafka.enabled, istio), kafkaWorkloads.join(' ')),
    TEST_NAMESPACE: when(verifyWanted, verifyNamespace),
    DOMAINS: when(v.domainMappings, joined(mappedHosts)),
    DOMAIN_NAMESPACES: when(v.domainMappings, joined(mappedNamespaces)),
    ALLOW_IN_USE: when(v.uninstall.allowInUse, 'true'),
  },
};

export default resource({
  doc: 'What the scripts of the Jobs need to know. A variable that is absent leaves out its step.',
  source: 'base document 1.4.2 and 1.4.3: the order of their steps',
  documents: whenJobs(manifest),
});
