/** Two values files that differ in one thing give plans that differ there, and nowhere else. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Method } from '../../generator/migrate/migration.ts';
import { fileOf, planOfFile } from './plans.ts';

const test = suite('migrate: differences');

const pem = (what: string) => `-----BEGIN ${what}-----\nMIIB\n-----END ${what}-----\n`;
const base = {
  cluster: { appsDomain: 'apps.example.com' },
  mesh: { members: ['orders'], controlPlane: { version: 'v2.6' } },
};
const kafka = (...bootstrapServers: string[]) => ({ kafka: { enabled: true, bootstrapServers } });
const tls = (settings: object) => ({ gateway: { tls: settings } });
const mesh = (settings: object) => ({ mesh: { ...base.mesh, ...settings } });

const inline = { source: 'inline', inline: { certificate: pem('CERTIFICATE'), privateKey: pem('PRIVATE KEY') } };
const certManager = (issuer: object) => ({ source: 'certManager', certManager: { issuer } });
/** What depends on the list of members. */
const byMember = ['shield', 'labels', 'restart-members', 'remove-labels'];

const withoutServing = { serving: { enabled: false } };

/** What differs from `base`, or from it with `other`. */
const rows: readonly (readonly [
  name: string,
  values: object,
  differ: readonly string[],
  method?: Method,
  other?: object,
])[] = [
  ['the same', {}, []],
  ['a second member', mesh({ members: ['orders', 'billing'] }), byMember],
  ['no member', mesh({ members: [] }), [...byMember, 'verify', 'verify-again']],
  ['Kafka elsewhere', kafka('kafka.example.com:9092'), ['restart-kafka']],
  [
    'Kafka in the cluster, with a DestinationRule',
    kafka('my-kafka.kafka.svc.cluster.local:9092'),
    ['keep', 'restart-kafka', 'remove-service-mesh-2'],
  ],
  [
    'the certificate in the values',
    tls(inline),
    ['certificate-existing', 'certificate-inline', 'keep', 'remove-service-mesh-2'],
  ],
  [
    'cert-manager with an issuer',
    tls(certManager({ name: 'corporate' })),
    ['certificate-existing', 'certificate-issuer', 'keep', 'remove-service-mesh-2', 'remove-old-certificate'],
  ],
  [
    'cert-manager without one',
    tls({ source: 'certManager' }),
    ['certificate-existing', 'certificate-root', 'keep', 'remove-service-mesh-2', 'remove-old-certificate'],
  ],
  [
    "the router's certificate",
    tls({ source: 'clusterIngress' }),
    ['certificate-existing', 'certificate-router', 'remove-old-certificate'],
  ],
  ['another Secret', tls({ secretName: 'dc1' }), ['certificate-existing']],
  [
    'NetworkPolicies are ours already',
    mesh({ controlPlane: { version: 'v2.6', manageNetworkPolicy: false } }),
    ['service-mesh-2-network-policies', 'upgrade'],
  ],
  [
    'an older control plane',
    mesh({ controlPlane: { version: 'v2.4' } }),
    ['service-mesh-2-version', 'service-mesh-2-network-policies', 'upgrade'],
  ],
  [
    'an older Serverless',
    { serverless: { release: 'v1.35' } },
    ['serverless-release', 'service-mesh-2-network-policies', 'upgrade'],
  ],
  ['single members', mesh({ serviceMeshMembers: { create: true } }), ['keep', 'remove-service-mesh-2']],
  [
    'the roll of somebody else',
    mesh({ memberRoll: { create: false } }),
    ['existing-member-roll', 'keep', 'leave-member-roll', 'remove-service-mesh-2'],
  ],
  [
    'isolation',
    { isolation: { enabled: true } },
    ['authorization-policies', 'allow-both-gateways', 'tenants', 'deny-old-gateway'],
  ],
  [
    'isolation, without Serving',
    { ...withoutServing, isolation: { enabled: true } },
    ['tenants'],
    'in-place',
    withoutServing,
  ],
  ['isolation', { isolation: { enabled: true } }, ['authorization-policies', 'tenants'], 'reinstall'],
  ['no Eventing', { eventing: { enabled: false } }, ['restart-eventing']],
  ['the gateway has more pods', { gateway: { autoscaling: { maxReplicas: 9 } } }, []],
  ['a second member', mesh({ members: ['orders', 'billing'] }), ['injection-labels', 'restart-members'], 'reinstall'],
  ['Kafka elsewhere', kafka('kafka.example.com:9092'), [], 'reinstall'],
  [
    "the router's certificate",
    tls({ source: 'clusterIngress' }),
    ['certificate-existing', 'certificate-router', 'remove-old-certificate'],
    'reinstall',
  ],
];
for (const [name, values, differ, method = 'in-place', other] of rows)
  test(`${name}, ${method}`, async () => {
    // Both are the same file by name, so that the name makes no difference.
    const [before, after] = await Promise.all(
      [
        { ...base, ...other },
        { ...base, ...values },
      ].map(async v => {
        const file = fileOf(v);
        const { steps } = await planOfFile(file, { method });
        const number = /values-(\d+)/.exec(file)![1]!;
        return steps.map(s => ({ id: s.id, text: JSON.stringify(s).replaceAll(`values-${number}`, 'values') }));
      }),
    );
    const textOf = (steps: typeof before, id: string) => steps!.find(s => s.id === id)?.text;
    const ids = [...new Set([...before!, ...after!].map(s => s.id))];
    assert.equal(ids.filter(id => textOf(before, id) !== textOf(after, id)).sort(), [...differ].sort());
  });

test.run();
