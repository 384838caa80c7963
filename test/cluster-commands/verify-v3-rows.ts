/** Verify with Service Mesh 3: the release, and where the certificate comes from. */
import { X509Certificate } from 'node:crypto';
import { issueCertificates } from '../../generator/certificates/issue.ts';
import { appsDomain, object, wildcardSecret } from './healthy.ts';
import { fromRouter, gateway, ingress, issuedBy } from './healthy-v3.ts';
import { noSecret } from './preflight-v3-certificate-rows.ts';
import { add, change, type Row, remove } from './rows.ts';
import { withObjects } from './run.ts';

const upgrade = 'run helm upgrade with these values';
const changedBy = `${upgrade}, or see who changed it`;
const company = issuedBy({ name: 'company' });
const failed = { type: 'Failed', status: 'True', message: 'Job was active longer than specified deadline' };
const job = (name: string, conditions: readonly object[]) =>
  object('batch/v1/Job', name, 'istio-system', { status: { conditions } });
const why = (name: string) =>
  `Job istio-system/${name} failed: ${failed.message}; see what it waited for: oc logs -n istio-system job/${name}`;
const lasting = (days: number) =>
  issueCertificates({ appsDomain, days, rootDays: 60, organization: 'Test', bits: 2048 });
const { root: endingRoot, wildcard: endingSoon } = await lasting(3);
/** The Secret of the gateway, with a certificate that ends soon. */
const ending = () =>
  wildcardSecret({ crt: endingSoon.certificate + endingRoot.certificate, key: endingSoon.privateKey }, ingress);
// As the certificate says, which is valid from somewhat before now: around midnight, days cannot be counted from the clock.
const lastDay = new Date(new X509Certificate(endingSoon.certificate).validTo).toISOString().slice(0, 10);

export const releaseRows3: readonly Row[] = [
  ...(['HorizontalPodAutoscaler', 'PodDisruptionBudget'] as const).map(kind => ({
    name: `no ${kind}`,
    check: 'release-objects',
    spoil: remove(kind),
    want: [`${kind} ${ingress}/${gateway} does not exist; ${upgrade}`],
  })),
  {
    name: 'no ServiceEntry for Kafka in a namespace with clients of its own',
    check: 'release-objects',
    spoil: all => all.filter(o => !(o.kind === 'ServiceEntry' && o.metadata.namespace === 'shop')),
    want: [`ServiceEntry shop/kafka-cluster does not exist; ${upgrade}`],
  },
  {
    name: 'no PeerAuthentication for the autoscaler',
    check: 'release-objects',
    spoil: remove('PeerAuthentication', 'autoscaler-permissive'),
    want: [`PeerAuthentication knative-serving/autoscaler-permissive does not exist; ${upgrade}`],
  },
  {
    name: 'resources as the API server writes them; the Job beside the gateway, and its image, are gone',
    check: 'release-objects',
    values: { gateway: { resources: { requests: { cpu: '1000m', memory: '1024Mi' }, limits: { cpu: '0.5' } } } },
    spoil: all =>
      change('Deployment', gateway, o => {
        const [container] = o.spec.template.spec.containers;
        container.resources = { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '500m', memory: '1Gi' } };
      })(all.filter(o => o.kind !== 'Job')),
    want: [],
  },
  {
    name: 'a gateway with other resources',
    check: 'release-objects',
    spoil: change('Deployment', gateway, o => {
      o.spec.template.spec.containers[0].resources.limits.memory = '1G';
    }),
    want: [
      `Deployment ${ingress}/${gateway}: spec.template.spec.containers[0].resources.limits.memory is 1G, and must be 1Gi; ${changedBy}`,
    ],
  },
  {
    name: 'Jobs that failed: of the last revision only',
    check: 'wait-job',
    spoil: add(
      job('serverless-mesh-wait', [failed]),
      job('serverless-mesh-gateway-9', [failed]),
      job('serverless-mesh-gateway-10', [failed]),
    ),
    want: [why('serverless-mesh-wait'), why('serverless-mesh-gateway-10')],
  },
  {
    name: 'a Job of a former revision that failed',
    check: 'wait-job',
    spoil: add(
      job('serverless-mesh-gateway-9', [failed]),
      job('serverless-mesh-gateway-10', [{ type: 'Complete', status: 'True' }]),
    ),
    want: [],
  },
  {
    name: 'config-istio that leads to the gateway of Service Mesh 2',
    check: 'knative-serving-config',
    spoil: change('ConfigMap', 'config-istio', o => {
      o.data['gateway.knative-serving.knative-ingress-gateway'] = 'istio-ingressgateway.istio-system.svc.cluster.local';
    }),
    want: [
      'ConfigMap knative-serving/config-istio: gateway.knative-serving.knative-ingress-gateway is istio-ingressgateway.istio-system.svc.cluster.local, and must be knative-istio-ingressgateway.knative-serving-ingress.svc.cluster.local; wait, or see oc describe knativeserving -n knative-serving',
    ],
  },
  noSecret,
  {
    name: 'no Secret from cert-manager',
    check: 'certificate',
    values: company,
    spoil: remove('Secret', 'wildcard-certs'),
    want: [
      `Secret ${ingress}/wildcard-certs does not exist, so the ingress gateway has no certificate; see oc describe -n ${ingress} certificate.cert-manager.io wildcard-certs`,
    ],
  },
  {
    name: 'no copy of the Secret of the router',
    check: 'certificate',
    values: fromRouter,
    spoil: remove('Secret', 'wildcard-certs'),
    want: [
      `Secret ${ingress}/wildcard-certs does not exist, so the ingress gateway has no certificate; ${upgrade}: its Job copies it`,
    ],
  },
  {
    name: 'a certificate that ends soon',
    check: 'certificate',
    spoil: async all => withObjects(all, await ending()),
    want: [
      `the certificate in tls.crt of Secret ${ingress}/wildcard-certs expires on ${lastDay}, in less than 14 days; renew the certificate, and replace the Secret`,
    ],
  },
  {
    name: 'a certificate that ends soon, which cert-manager will renew',
    check: 'certificate',
    values: company,
    spoil: async all => withObjects(all, await ending()),
    want: [],
  },
  {
    name: "the router's certificate, which ends soon",
    check: 'certificate',
    values: fromRouter,
    spoil: async all => withObjects(all, await ending()),
    want: [
      `the certificate in tls.crt of Secret ${ingress}/wildcard-certs expires on ${lastDay}, in less than 14 days; mend Secret openshift-ingress/router-certs-default, then ${upgrade}`,
    ],
  },
  {
    name: 'a Certificate that is not Ready',
    check: 'issued-certificate',
    values: company,
    spoil: change('Certificate', 'wildcard-certs', o => {
      o.status = { conditions: [{ type: 'Ready', status: 'False', reason: 'DoesNotExist' }] };
    }),
    want: [
      `Certificate ${ingress}/wildcard-certs is not Ready: Ready DoesNotExist; wait, or see oc describe -n ${ingress} certificate.cert-manager.io wildcard-certs`,
    ],
  },
  {
    name: "the chart's own issuer: its root is not there, and it waits",
    check: 'issued-certificate',
    values: { gateway: { tls: { source: 'certManager' } } },
    spoil: all =>
      change('Issuer', 'serverless-mesh-ca', o => {
        o.status = { conditions: [{ type: 'Ready', status: 'False', reason: 'ErrGetKeyPair' }] };
      })(remove('Certificate', 'serverless-mesh-ca')(all)),
    want: [
      `Certificate ${ingress}/serverless-mesh-ca does not exist; ${upgrade}`,
      `Issuer ${ingress}/serverless-mesh-ca is not Ready: Ready ErrGetKeyPair; wait, or see oc describe -n ${ingress} issuer serverless-mesh-ca`,
    ],
  },
  {
    name: "a copy of the router's certificate of before",
    check: 'copied-certificate',
    values: fromRouter,
    spoil: async all => {
      const { root, wildcard } = await lasting(30);
      const texts = { crt: wildcard.certificate + root.certificate, key: wildcard.privateKey };
      return withObjects(all, await wildcardSecret(texts, 'openshift-ingress', 'router-certs-default'));
    },
    want: [
      `Secret ${ingress}/wildcard-certs is not the certificate that openshift-ingress/router-certs-default holds now; ${upgrade}: its Job copies it again`,
    ],
  },
  {
    name: "no router's Secret any more",
    check: 'copied-certificate',
    values: fromRouter,
    spoil: remove('Secret', 'router-certs-default'),
    want: [
      'Secret openshift-ingress/router-certs-default does not exist; correct gateway.tls.clusterIngress.secretName',
    ],
  },
];
