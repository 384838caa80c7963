import { and } from '../../../gotmpl/functions.ts';
import { note, when } from '../../../gotmpl/index.ts';
import { knativeServing } from '../../facts/names.ts';
import { v } from '../values.ts';
import { ingressWanted, policy, resource, tcp } from './policy.ts';

export default resource({
  doc: 'Lets the API server ask the webhooks of Knative Serving. No selector can name it, for it uses the network of its node.',
  source:
    'serverless-operator openshift-knative-operator/pkg/serving/ingress.go, which makes such policies unless told not to',
  documents: when(
    and(ingressWanted, v.serving.enabled),
    policy('allow-to-webhooks', knativeServing, {
      podSelector: {
        matchExpressions: [
          {
            key: 'app',
            operator: 'In',
            values: note('domainmapping-webhook is part of the first in later releases.', [
              'webhook',
              'net-istio-webhook',
              'domainmapping-webhook',
            ]),
          },
        ],
      },
      policyTypes: ['Ingress'],
      ingress: [{ ports: [tcp(8443)] }],
    }),
  ),
});
