import type { IAuthorizationPolicy } from '@kubernetes-models/istio/security.istio.io/v1beta1/AuthorizationPolicy';
import { choose, concat } from '../../../gotmpl/functions.ts';
import { each, note, type Ref, type Templated, when } from '../../../gotmpl/index.ts';
import { knativeEventing, knativeServing } from '../../facts/names.ts';
import { policyVersion } from '../../facts/service-mesh-3.ts';
import { inStage } from '../metadata.ts';
import { v } from '../values.ts';

const { metadata, resource } = inStage('denial');

const manifest = (namespace: Ref<string>): Templated<IAuthorizationPolicy> => ({
  apiVersion: policyVersion,
  kind: 'AuthorizationPolicy',
  metadata: metadata({ name: 'deny-all-by-default', namespace }),
  spec: note('It allows nothing, so that only other policies do.', {}),
});

export default resource({
  // Its template is the last of the folder by name, so that Helm applies it after what is allowed: render/order.ts.
  doc: 'Denies every call to pods in the namespaces of Knative that no other policy allows.',
  source:
    'serverless-operator hack/lib/mesh_resources/authorization-policies/setup; it comes last, as in hack/mesh-authz.sh',
  documents: when(
    v.isolation.enabled,
    each(
      concat(choose(v.serving.enabled, [knativeServing], []), choose(v.eventing.enabled, [knativeEventing], [])),
      'namespace',
      manifest,
    ),
  ),
});
