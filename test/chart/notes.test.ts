/** What NOTES of serverless-mesh say to do by hand, and what must be set where the mesh is somebody else's. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { defaults } from '../../generator/emit/fields.ts';
import type { Schema } from '../../generator/gotmpl/expr.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { evaluateNotes } from '../../generator/render/evaluate-chart.ts';
import type { Values } from '../../generator/values/maps.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import { release } from './cases.ts';

const test = suite('chart/notes');
const base = defaults(serverlessMesh.values as Schema) as Values;
const notesFor = (given: Values) => evaluateNotes(serverlessMesh, mergeValues(base, given), release);

const byHand = { jobs: { enabled: false } };
const pods = (namespace: string) =>
  `\n  oc get pods -n ${namespace} -l sidecar.istio.io/inject=true -o custom-columns=NAME:.metadata.name,CONTAINERS:.spec.containers[*].name,INIT:.spec.initContainers[*].name\n`;
const existing = (mesh: object, controlPlane: object): Values => ({
  cluster: { dnsDomain: 'corp.internal' },
  mesh: {
    trustDomain: 'corp.example.com',
    controlPlane: { create: false, excludedOutboundIPRanges: ['172.30.0.1/32', '10.0.0.0/8'], ...controlPlane },
    ...mesh,
  },
});
const mapping = { host: 'shop.example.com', namespace: 'shop', service: 'storefront', secretName: 'shop-tls' };

const rows: readonly (readonly [name: string, given: Values, has: readonly string[], lacks: readonly string[]])[] = [
  [
    'with Jobs, the flags of both Helms that would roll back before they end; and what your Knative Services need',
    {},
    [
      'never --atomic\n(with Helm 4 --rollback-on-failure).\n',
      `proxy.istio.io/config: '{ "holdApplicationUntilProxyStarts": true }'\n`,
    ],
    ['Before helm uninstall', 'oc get pods'],
  ],
  [
    'without Jobs, all containers, for the proxy may be among either',
    byHand,
    [pods('knative-serving'), pods('knative-eventing')],
    ['--atomic', 'domainmapping'],
  ],
  [
    'without Jobs, domain mappings are deleted while Knative is there',
    { ...byHand, mesh: { members: ['shop'] }, domainMappings: [mapping] },
    [
      'wait for each:\n  oc delete -n shop domainmapping.serving.knative.dev shop.example.com\n  oc delete -n knative-serving knativeserving knative-serving\n',
    ],
    [],
  ],
  [
    'helm test, which trusts no CA but the public ones and the given one',
    { cluster: { appsDomain: 'apps.example.com' }, mesh: { members: ['shop'] } },
    ['\nThe test trusts public CAs only.', '\n  helm test '],
    [],
  ],
  [
    'helm test with a CA',
    { cluster: { appsDomain: 'apps.example.com' }, mesh: { members: ['shop'] }, verify: { caCertificate: 'PEM' } },
    ['\n  helm test '],
    ['public CAs'],
  ],
  [
    'an existing control plane of Service Mesh 2, with all that values say of it',
    existing({}, { identity: 'ThirdParty', tls: { minProtocolVersion: 'TLSv1_3' } }),
    [
      '\n  spec.security.controlPlane.tls.minProtocolVersion: TLSv1_3\n',
      '\n  spec.security.identity.type: ThirdParty\n',
      '\n  spec.security.trust.domain: corp.example.com\n',
      '\n  spec.proxy.networking.trafficControl.outbound.excludedIPRanges:\n  - 172.30.0.1/32\n  - 10.0.0.0/8\n',
      '\n  spec.proxy.networking.clusterDomain: corp.internal\n',
    ],
    [],
  ],
  [
    'an existing control plane of Service Mesh 2, defaults',
    { mesh: { controlPlane: { create: false } } },
    ['\n  spec.security.dataPlane.mtls: true\n'],
    ['minProtocolVersion', 'identity', 'trust.domain', 'excludedIPRanges', 'clusterDomain'],
  ],
  [
    'an existing Istio, with all that values say of it',
    existing({ generation: 'v3' }, { tls: { minProtocolVersion: 'TLSv1_2' } }),
    [
      '\n  spec.values.global.proxy.excludeIPRanges: "172.30.0.1/32,10.0.0.0/8"\n',
      '\n  spec.values.global.proxy.clusterDomain: corp.internal\n',
      '\n  spec.values.meshConfig.trustDomain: corp.example.com\n',
      '\n  spec.values.meshConfig.meshMTLS.minProtocolVersion: TLSV1_2\n',
    ],
    ['spec.security'],
  ],
  [
    'an existing Istio, defaults',
    { mesh: { generation: 'v3', controlPlane: { create: false } } },
    ['\n  spec.values.global.proxy.excludeInboundPorts: "8444,8022,9090"\n'],
    ['excludeIPRanges', 'clusterDomain', 'trustDomain', 'minProtocolVersion'],
  ],
];

for (const [name, given, has, lacks] of rows)
  test(name, () => {
    const notes = notesFor(given);
    for (const text of has) assert.ok(notes.includes(text), `lacks: ${text}\n${notes}`);
    for (const text of lacks) assert.not.ok(notes.includes(text), `has: ${text}\n${notes}`);
  });

test.run();
