/** For every rule of serverless-mesh-operators: values that break it, and the sentence that a user reads. */
import type { Values } from '../../generator/values/maps.ts';

const v3 = (mesh: object = {}) => ({ mesh: { generation: 'v3', ...mesh } });
const older = 'but Service Mesh 3 needs Serverless v1.37 or later';
const channel = (given: string, generation: string, right: string) =>
  `mesh.channel: is ${given}, but mesh.generation is ${generation}; write a channel of ${right}, for example stable, or set the other generation`;
const first = (given: string, generation: string, right: string) =>
  `mesh.startingCSV: is ${given}, but mesh.generation is ${generation}; write a version of ${right} or "", or set the other generation`;
const meaning = (path: string, key: string) =>
  `${path}: has ${key}, which has a meaning for the products that read it; choose a key of your own, for example example.com/team`;
const keys = ['operators.coreos.com/a.b', 'olm.providedAPIs', 'operatorframework.io/x', 'helm.sh/hook', 'maistra.io/x'];

export const refused: readonly (readonly [given: Values, want: string])[] = [
  [
    { serverless: { enabled: false }, mesh: { enabled: false } },
    'serverless.enabled: is false, and mesh.enabled as well, so there is nothing to install; set one of them to true',
  ],
  ...['stable-1.36', 'stable-1.9', 'stable-1.29'].map(
    given =>
      [
        { serverless: { channel: given }, ...v3() },
        `serverless.channel: is ${given}, ${older}; write stable-1.37 or stable, or set mesh.generation to v2`,
      ] as const,
  ),
  [
    { serverless: { startingCSV: 'serverless-operator.v1.36.1' }, ...v3() },
    `serverless.startingCSV: is serverless-operator.v1.36.1, ${older}; write a later version or "", or set mesh.generation to v2`,
  ],
  [{ mesh: { channel: 'stable-3.1' } }, channel('stable-3.1', 'v2', 'servicemeshoperator')],
  [v3({ channel: 'stable-2.6' }), channel('stable-2.6', 'v3', 'servicemeshoperator3')],
  [v3({ channel: '1.0' }), channel('1.0', 'v3', 'servicemeshoperator3')],
  [
    { mesh: { startingCSV: 'servicemeshoperator3.v3.1.0' } },
    first('servicemeshoperator3.v3.1.0', 'v2', 'servicemeshoperator'),
  ],
  [
    v3({ startingCSV: 'servicemeshoperator.v2.6.5' }),
    first('servicemeshoperator.v2.6.5', 'v3', 'servicemeshoperator3'),
  ],
  ...[...keys, 'app.kubernetes.io/name', 'knative'].map(
    key => [{ commonLabels: { [key]: 'a' } }, meaning('commonLabels', key)] as const,
  ),
  ...keys.map(key => [{ commonAnnotations: { [key]: 'a' } }, meaning('commonAnnotations', key)] as const),
];

export const accepted: readonly (readonly [name: string, given: Values])[] = [
  ['Service Mesh 3 with a channel of its first release', { serverless: { channel: 'stable-1.37' }, ...v3() }],
  ['a two-digit release after 1.37', { serverless: { channel: 'stable-1.40' }, ...v3() }],
  ['Service Mesh 2 with an old Serverless', { serverless: { channel: 'stable-1.31' } }],
  [
    'Service Mesh 3 beside an old Serverless of somebody else',
    { serverless: { enabled: false, channel: 'stable-1.31' }, ...v3() },
  ],
  ['Serverless alone, old', { serverless: { channel: 'stable-1.31' }, mesh: { enabled: false, generation: 'v3' } }],
  ['a channel of a catalog of its own', { mesh: { channel: 'company.Approved_3' } }],
  [
    'versions of a generation',
    v3({ channel: 'stable-3.1', startingCSV: 'servicemeshoperator3.v3.1.0-0.1700000000.p' }),
  ],
];
