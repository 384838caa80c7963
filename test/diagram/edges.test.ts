/** Who talks to whom: given values, wanted lines, written by hand. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { installationOf } from '../../generator/diagram/describe.ts';
import { merged } from '../../generator/diagram/found.ts';
import { installationPicture } from '../../generator/diagram/picture.ts';
import type { Values } from '../../generator/values/maps.ts';

const test = suite('diagram: edges');

const linesOf = (values: Values) =>
  installationOf(merged(values)).edges.map(
    ({ from, to, protection, ports, remark }) =>
      `${from} > ${to}: ${protection} ${ports.join(', ')}${remark === undefined ? '' : ` (${remark})`}`,
  );

const v2: Values = {};
const v3: Values = { mesh: { generation: 'v3' } };
const istio2 = [
  'Clients > Router: TLS 443',
  'Router > istio-ingressgateway: TLS 443 → 8443',
  'Your pods > istio-ingressgateway: mTLS 80 → 8081',
  'Knative Eventing > istio-ingressgateway: mTLS 80 → 8081',
  'istio-ingressgateway > activator: mTLS 8012, 8013',
  'istio-ingressgateway > Your pods: mTLS 8012, 8013',
  'activator > Your pods: mTLS 8012, 8013',
  'activator > autoscaler: mTLS 8080',
  'Your pods > Knative Eventing: mTLS 80 → 8080',
  'Knative Eventing > Your pods: mTLS its own port',
  'kubelet > your namespaces: plain 8022 (past the proxy)',
  'Prometheus > knative-eventing: TLS 8444 (past the proxy)',
  'istio-ingressgateway > istiod: TLS 15012 (of every proxy)',
];
const istio3 = [
  'Clients > Router: TLS 443',
  'Router > knative-istio-ingressgateway: TLS 443 → 8443',
  'Your pods > knative-istio-ingressgateway: plain 80 → 8080',
  'Knative Eventing > knative-istio-ingressgateway: plain 80 → 8080',
  'knative-istio-ingressgateway > activator: mTLS 8012, 8013',
  'knative-istio-ingressgateway > Your pods: mTLS 8012, 8013',
  'activator > Your pods: mTLS 8012, 8013',
  'activator > autoscaler: mTLS or plain 8080',
  'Your pods > Knative Eventing: mTLS 80 → 8080',
  'Knative Eventing > Your pods: mTLS its own port',
  'kubelet > your namespaces: plain 8022 (past the proxy)',
  'Prometheus > knative-eventing: TLS 8444 (past the proxy)',
  'Prometheus > knative-eventing: plain 9090 (past the proxy)',
  'knative-istio-ingressgateway > istiod: TLS 15012 (of every proxy)',
];
const kourier = [
  'Clients > Router: TLS 443',
  'Router > 3scale-kourier-gateway: plain 80 → 8080',
  'Your pods > 3scale-kourier-gateway: plain 80 → 8081',
  'Knative Eventing > 3scale-kourier-gateway: plain 80 → 8081',
  '3scale-kourier-gateway > activator: plain 8012, 8013',
  '3scale-kourier-gateway > Your pods: plain 8012, 8013',
  'activator > Your pods: plain 8012, 8013',
  'activator > autoscaler: plain 8080',
  'Your pods > Knative Eventing: plain 80 → 8080',
  'Knative Eventing > Your pods: plain its own port',
];

const whole: readonly (readonly [title: string, values: Values, want: readonly string[]])[] = [
  ['Service Mesh 2', v2, istio2],
  ['Service Mesh 3', v3, istio3],
  [
    'Kourier, with a member',
    { mesh: { members: ['shop'] }, serving: { ingress: 'kourier' } },
    [
      ...kourier,
      'kubelet > your namespaces: plain 8022 (past the proxy)',
      'Prometheus > knative-serving: TLS 8444',
      'Prometheus > knative-eventing: TLS 8444',
      'Your pods > istiod: TLS 15012 (of every proxy)',
    ],
  ],
  [
    'Kourier, and nobody in the mesh',
    { serving: { ingress: 'kourier' } },
    [
      ...kourier,
      'kubelet > your namespaces: plain 8022',
      'Prometheus > knative-serving: TLS 8444',
      'Prometheus > knative-eventing: TLS 8444',
    ],
  ],
  [
    'no Serving',
    { serving: { enabled: false } },
    [
      'Your pods > Knative Eventing: mTLS 80 → 8080',
      'Knative Eventing > Your pods: mTLS its own port',
      'Prometheus > knative-eventing: TLS 8444 (past the proxy)',
      'Knative Eventing > istiod: TLS 15012 (of every proxy)',
    ],
  ],
  ['no Eventing', { eventing: { enabled: false } }, istio2.filter(line => !/eventing/i.test(line))],
];
for (const [title, values, want] of whole) test(title, () => assert.equal(linesOf(values), want));

const kafka = { enabled: true, bootstrapServers: ['k.example.com:9093'] };
const [receives, serves] = [
  'Your pods > Knative Eventing: mTLS 80 → 8080',
  'istio-ingressgateway > activator: mTLS 8012, 8013',
];
const changes: readonly (readonly [
  title: string,
  base: Values,
  change: Values,
  gone: readonly string[],
  added: readonly string[],
])[] = [
  [
    'a port for kubelet that is not excluded',
    v2,
    { mesh: { controlPlane: { excludedInboundPorts: [8444] } } },
    ['kubelet > your namespaces: plain 8022 (past the proxy)'],
    ['kubelet > your namespaces: refused 8022'],
  ],
  [
    'a port for Prometheus that is not excluded',
    v2,
    { mesh: { controlPlane: { excludedInboundPorts: [8022] } } },
    ['Prometheus > knative-eventing: TLS 8444 (past the proxy)'],
    ['Prometheus > knative-eventing: refused 8444'],
  ],
  [
    'metrics of Serving',
    v2,
    { serving: { metrics: { enabled: true } } },
    [],
    ['Prometheus > knative-serving: TLS 8444 (past the proxy)'],
  ],
  [
    'mTLS to the local gateway',
    v3,
    { gateway: { local: { tls: 'mutual' } } },
    [
      'Your pods > knative-istio-ingressgateway: plain 80 → 8080',
      'Knative Eventing > knative-istio-ingressgateway: plain 80 → 8080',
    ],
    [
      'Your pods > knative-istio-ingressgateway: mTLS 80 → 8081',
      'Knative Eventing > knative-istio-ingressgateway: mTLS 80 → 8081',
    ],
  ],
  ['Kafka', v2, { kafka }, [], ['Knative Eventing > Kafka brokers: TCP 9092, 9093, 9094, 9095, 9096']],
  [
    'Kafka with other listeners, and consumers',
    v2,
    {
      kafka: {
        ...kafka,
        listeners: [
          { name: 'tls', port: 9093 },
          { name: 'iam', port: 9198 },
        ],
        consumerNamespaces: ['shop'],
      },
    },
    [],
    ['Knative Eventing > Kafka brokers: TCP 9093, 9198', 'Your pods > Kafka brokers: TCP 9093, 9198'],
  ],
  [
    'Kafka beside Kourier, which has no ServiceEntry',
    { serving: { ingress: 'kourier' } },
    { kafka },
    [],
    ['Knative Eventing > Kafka brokers: TCP 9093'],
  ],
  [
    'isolation',
    v2,
    { isolation: { enabled: true } },
    [receives, serves, 'activator > autoscaler: mTLS 8080'],
    [
      `${serves} (allowed by policy)`,
      'activator > autoscaler: mTLS 8080 (allowed by policy)',
      `${receives} (needs a tenant)`,
    ],
  ],
  [
    'a control plane that exists already',
    v2,
    { mesh: { controlPlane: { create: false } } },
    istio2.filter(line => / mTLS (80\d\d|i)|> Knative Eventing|past the proxy/.test(line)),
    [
      'istio-ingressgateway > activator: as your mesh 8012, 8013',
      'istio-ingressgateway > Your pods: as your mesh 8012, 8013',
      'activator > Your pods: as your mesh 8012, 8013',
      'activator > autoscaler: as your mesh 8080',
      'Your pods > Knative Eventing: as your mesh 80 → 8080',
      'Knative Eventing > Your pods: as your mesh its own port',
      'kubelet > your namespaces: as your mesh 8022',
      'Prometheus > knative-eventing: as your mesh 8444',
    ].toSorted(),
  ],
];
for (const [title, base, change, gone, added] of changes)
  test(`a change: ${title}`, () => {
    const [before, after] = [linesOf(base), linesOf(merge(base, change))];
    const less = (one: readonly string[], other: readonly string[]) =>
      one.filter(line => !other.includes(line)).toSorted();
    assert.equal(less(before, after), gone.toSorted());
    assert.equal(less(after, before), added.toSorted());
  });

function merge(one: Values, other: Values): Values {
  const isMap = (value: unknown): value is Values =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  const both = (a: unknown, b: unknown) => (isMap(a) && isMap(b) ? merge(a, b) : b === undefined ? a : b);
  return Object.fromEntries(keys.map(key => [key, both(one[key], other[key])]));
}

/** Values that leave the lines as they are, and yet show. */
const shown: readonly (readonly [title: string, base: Values, change: Values, words: readonly string[]])[] = [
  ['namespace of the mesh', v2, { mesh: { namespace: 'mesh-apps' } }, ['>mesh-apps<']],
  [
    'namespace of the mesh, on v3',
    v3,
    { mesh: { namespace: 'mesh-apps' } },
    ['>mesh-apps<', '>knative-istio-<', '>knative-serving-<'],
  ],
  ['members', v2, { mesh: { members: ['shop', 'billing'] } }, ['>shop<', '>billing<']],
  [
    'members as ServiceMeshMembers',
    v2,
    { mesh: { members: ['shop'], serviceMeshMembers: { create: true } } },
    ['>shop<'],
  ],
  [
    'more members than there is room for',
    v2,
    { mesh: { members: ['a', 'b', 'c', 'd'] } },
    ['>a<', '>b<', '>and 2 more<'],
  ],
  [
    'another excluded port',
    v2,
    { mesh: { controlPlane: { excludedInboundPorts: [8444, 8022, 9999] } } },
    [': 8444, 8022, 9999.'],
  ],
  ['Secret with the certificate', v2, { gateway: { tls: { secretName: 'shop-certs' } } }, ['>shop-certs<']],
  [
    'whom the NetworkPolicy admits',
    v3,
    { mesh: { members: ['shop'] } },
    ['port 8080 takes calls from knative-serving, knative-eventing, shop only.'],
  ],
  [
    'a release with job-sink',
    { serverless: { release: 'v1.33' } },
    { serverless: { release: 'v1.34' } },
    ['>job-sink<'],
  ],
  [
    'IstioCNI',
    { mesh: { generation: 'v3', cni: { create: false } } },
    { mesh: { generation: 'v3', cni: { create: true } } },
    ['>istio-cni<'],
  ],
  [
    'parts of Kafka',
    { kafka: { ...kafka, sink: { enabled: false } } },
    { kafka: { ...kafka, sink: { enabled: true } } },
    ['>kafka-sink-receiver<'],
  ],
  ['brokers', { kafka }, { kafka: { ...kafka, additionalHosts: ['b-1.example.com'] } }, ['>b-1.example.com<']],
  ['isolation', v2, { isolation: { enabled: true } }, ['>isolated: only what a<', 'needs a tenant']],
  [
    'NetworkPolicy for a member, beside Kourier',
    { serving: { ingress: 'kourier' } },
    { mesh: { members: ['shop'] } },
    ['>allow-from-serving-<'],
  ],
];
for (const [title, base, change, words] of shown)
  test(`shown: ${title}`, () => {
    const [before, after] = [base, merge(base, change)].map(values =>
      installationPicture(installationOf(merged(values)), 'x', 'x'),
    ) as [string, string];
    assert.not.equal(before, after);
    for (const word of words) assert.ok(after.includes(word), `${word} is not there`);
    assert.not.ok(words.every(word => before.includes(word)));
  });

test.run();
