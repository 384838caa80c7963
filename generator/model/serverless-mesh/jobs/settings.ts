import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { and, choose, concat, join } from '../../../gotmpl/functions.ts';
import { fmt, type Templated, when } from '../../../gotmpl/index.ts';
import {
  eventingWorkloads,
  ingressGatewayService,
  jobSink,
  kafkaWorkloads,
  knativeEventing,
  knativeServing,
  servingWorkloads,
} from '../../facts/names.ts';
import { inStage } from '../metadata.ts';
import {
  controlPlaneName,
  gatewaysWanted,
  istio,
  membersWanted,
  rollWanted,
  v,
  verifyNamespace,
  verifyWanted,
} from '../values.ts';
import { settings, whenJobs } from './jobs.ts';

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
    CONTROL_PLANE: when(v.mesh.controlPlane.create, controlPlaneName),
    MEMBER_ROLL: when(rollWanted, 'default'),
    MEMBERS: when(membersWanted, join(members, ' ')),
    GATEWAY: when(gatewaysWanted, ingressGatewayService),
    SERVING: when(v.serving.enabled, 'true'),
    SERVING_WORKLOADS: when(and(v.serving.enabled, istio), servingWorkloads.join(' ')),
    EVENTING: when(v.eventing.enabled, 'true'),
    EVENTING_WORKLOADS: when(and(v.eventing.enabled, istio), [...eventingWorkloads, jobSink].join(' ')),
    KAFKA: when(v.kafka.enabled, 'true'),
    KAFKA_WORKLOADS: when(and(v.kafka.enabled, istio), kafkaWorkloads.join(' ')),
    TEST_NAMESPACE: when(verifyWanted, verifyNamespace),
    ALLOW_IN_USE: when(v.uninstall.allowInUse, 'true'),
  },
};

export default resource({
  doc: 'What the scripts of the Jobs need to know. A variable that is absent leaves out its step.',
  source: 'base document 1.4.2 and 1.4.3: the order of their steps',
  documents: whenJobs(manifest),
});
