import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { and } from '../../../gotmpl/functions.ts';
import { note, type Templated, when } from '../../../gotmpl/index.ts';
import { gatewaySecretsRole, knativeServingIngress } from '../../facts/names.ts';
import { inStage } from '../metadata.ts';
import { gatewaysWanted, v3 } from '../values.ts';

const { metadata, resource } = inStage('gateways');

const manifest: Templated<IRole> = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  metadata: metadata({ name: gatewaySecretsRole, namespace: knativeServingIngress }),
  rules: [
    {
      apiGroups: [''],
      resources: ['secrets'],
      verbs: note('istiod reads the certificate itself. It asks for nothing but this right of the gateway.', ['list']),
    },
  ],
};

export default resource({
  doc: 'Lets istiod hand the certificate of this namespace to the ingress gateway.',
  source:
    'istio pilot/pkg/credentials/kube/secrets.go, Authorize; the documentation of Service Mesh 3 also grants get and watch',
  documents: when(and(v3, gatewaysWanted), manifest),
});
