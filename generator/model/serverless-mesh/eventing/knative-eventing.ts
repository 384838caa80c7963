import type { IKnativeEventing } from '@kubernetes-models/knative/operator.knative.dev/v1beta1/KnativeEventing';
import { at, choose, concat, or } from '../../../gotmpl/functions.ts';
import { entries, note, noteWhen, type Templated, when } from '../../../gotmpl/index.ts';
import { eventingControllers, eventingWorkloads, jobSink, knativeEventing } from '../../facts/names.ts';
import { onReleases } from '../../facts/releases.ts';
import { inStage } from '../metadata.ts';
import { inMesh, istio, noOperatorPolicies, v } from '../values.ts';
import { onNodes, placed, withResources } from '../workloads.ts';

const { metadata, resource } = inStage('eventing');

const { replicas } = v.eventing.highAvailability;
const workloads = concat(
  [...eventingWorkloads, ...eventingControllers],
  choose(
    onReleases(r => r.jobSink),
    [jobSink],
    [],
  ),
);
const features = at(v.eventing.config, 'features');

const manifest: Templated<IKnativeEventing> = {
  apiVersion: 'operator.knative.dev/v1beta1',
  kind: 'KnativeEventing',
  metadata: metadata({ name: 'knative-eventing', namespace: knativeEventing, annotations: noOperatorPolicies }),
  spec: when(or(istio, v.eventing.config, replicas, placed, v.eventing.resources), {
    config: when(or(istio, v.eventing.config), {
      features: when(or(istio, features), {
        istio: note('A DestinationRule for each InMemoryChannel and KafkaChannel Service.', when(istio, 'enabled')),
        ...entries(features),
      }),
      ...entries(v.eventing.config),
    }),
    'high-availability': when(replicas, { replicas }),
    workloads: noteWhen(
      istio,
      'Sidecars for the data plane of Knative Eventing.',
      when(or(istio, placed, v.eventing.resources), [
        when(istio, [
          ...eventingWorkloads.map(name => ({ name, ...inMesh })),
          when(
            onReleases(r => r.jobSink),
            { name: jobSink, ...inMesh },
          ),
        ]),
        onNodes(workloads),
        withResources(v.eventing.resources),
      ]),
    ),
  }),
};

export default resource({
  doc: 'Knative Eventing, with its data plane in the mesh. Its controllers and webhooks stay outside, without a label of their own: none is injected unasked, for mesh.members takes no namespace of Knative.',
  source: 'base document 1.4.3 step 3; serverless-operator hack/lib/serverless.bash has the label false for the others',
  documents: when(v.eventing.enabled, manifest),
});
