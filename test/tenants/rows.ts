/** Lists of tenants, and every sentence that a user reads about them, in the order in which they are printed. */
import type { Given, Texts } from './run.ts';

const one = '{name: a, namespaces: [a]}';
const list = (...tenants: readonly string[]) => `tenants:\n${tenants.map(t => `  - ${t}\n`).join('')}`;
type Row = readonly [name: string, tenants: Texts, want: readonly string[]];
type MeshRow = readonly [name: string, tenants: Texts, mesh: Texts, want: readonly string[]];

const needsMap = 'write a map, for example {name: orders, namespaces: [orders]}';
const missing = 't.yaml: tenants: is missing; list the tenants, each with its name and namespaces';

/** What a file is made of. */
const frames: readonly Row[] = [
  ['nothing', '', [missing]],
  ['no list', 'defaults:\n', [missing]],
  [
    'an empty list',
    'defaults: {}\ntenants: []\n',
    ['t.yaml:2: tenants: is empty; list the tenants, each with its name and namespaces'],
  ],
  [
    'an empty list beside a file without one',
    { 'a.yaml': 'tenants: []\n', 'b.yaml': 'defaults: {}\n' },
    ['a.yaml:1: tenants: is empty; list the tenants, each with its name and namespaces'],
  ],
  [
    'what a tenant cannot do without, deleted',
    list('{name: a, namespaces: null}', '{name: null, namespaces: [b]}'),
    [
      't.yaml:2: tenants[0].namespaces: is null; list the namespaces of the tenant',
      't.yaml:3: tenants[1].name: is null; write a name, which its policies and its Helm release get',
    ],
  ],
  [
    'a list without a value',
    'tenants:\n',
    ['t.yaml:1: tenants: is null; write a list, with - in front of each tenant'],
  ],
  [
    'a map of tenants',
    'tenants: {a: {}}\n',
    ['t.yaml:1: tenants: is a map; write a list, with - in front of each tenant'],
  ],
  [
    'a list at the top',
    `- ${one}\n`,
    ['t.yaml:1: holds a list; write a map, for example tenants: [{name: orders, namespaces: [orders]}]'],
  ],
  [
    'items that are no tenants',
    list('orders', '[a]', one, '12'),
    [
      `t.yaml:2: tenants[0]: is "orders"; ${needsMap}`,
      `t.yaml:3: tenants[1]: is a list; ${needsMap}`,
      `t.yaml:5: tenants[3]: is 12; ${needsMap}`,
    ],
  ],
  [
    'a slip of the pen',
    `tenant: []\n${list(one)}`,
    ['t.yaml:1: tenant: is nothing that a list of tenants has; did you mean tenants?'],
  ],
  [
    'a value of all at the top',
    `kafka: {enabled: true}\n${list(one)}`,
    ['t.yaml:1: kafka: is nothing that a list of tenants has; did you mean defaults.kafka?'],
  ],
  [
    'the values file of one tenant',
    'name: a\nnamespaces: [a]\n',
    ['name', 'namespaces'].map(
      (key, i) =>
        `t.yaml:${i + 1}: ${key}: is nothing that a list of tenants has; did you mean tenants[0].${key}? Each tenant is an item of the list tenants`,
    ),
  ],
  [
    'defaults that are no map',
    `defaults: [a]\n${list(one)}`,
    ['t.yaml:1: defaults: is a list; write a map of the values that tenants share'],
  ],
  [
    'defaults of one tenant only',
    `defaults:\n  name: x\n  namespaces: [x]\n  namespacePrefix: x-\n${list(one)}`,
    ['name', 'namespaces', 'namespacePrefix'].map(
      (key, i) => `t.yaml:${i + 2}: defaults.${key}: cannot be shared; write ${key} at each tenant`,
    ),
  ],
  [
    'a file that cannot be read, beside one with a mistake: no tenant of the first is compared',
    { 'a.yaml': 'tenants: [}\n', 'b.yaml': list('{name: A, namespaces: [a]}') },
    [
      'a.yaml:1: cannot be read as YAML: missed comma between flow collection entries; close the bracket, and put a comma between two items',
      `b.yaml:2: tenants[0].name: is "A"; write lower-case letters, digits and '-', at most 63 characters, for example team-a`,
    ],
  ],
  [
    'words that YAML 1.1 reads otherwise',
    `defaults:\n  kafka: {enabled: yes}\n${list('{name: 1_0, namespaces: [a]}')}`,
    [
      't.yaml:2: defaults.kafka.enabled: Helm reads yes as true; write true',
      't.yaml:4: tenants[0].name: Helm reads 1_0 as 10; write "1_0" in quotes',
    ],
  ],
];

/** Each tenant by itself: as `validate --chart serverless-mesh-tenant` says it. */
const single: readonly Row[] = [
  [
    'an unknown value, and a namespace that is none',
    list('{name: a, namespaces: [a, B], kafak: {}}'),
    [
      't.yaml:2: tenants[0].kafak: is no value of this chart; did you mean kafka?',
      `t.yaml:2: tenants[0].namespaces[1]: is "B"; write lower-case letters, digits and '-', at most 63 characters, for example team-a`,
    ],
  ],
  [
    'each finding on its own line',
    'tenants:\n  - name: a\n    namespaces:\n      - a\n      - a\n  - name: b\n    namespaces: [b]\n    mesh:\n      generation: v4\n',
    [
      't.yaml:5: tenants[0].namespaces[1]: is the same as namespaces[0], a; remove one of the two',
      't.yaml:9: tenants[1].mesh.generation: is "v4"; write v2 or v3 (did you mean v2?)',
    ],
  ],
  [
    'no name, and no namespaces',
    list('{namespaces: [a]}', '{name: b}', '{}'),
    [
      't.yaml:2: tenants[0].name: is missing; write a name, which its policies and its Helm release get',
      't.yaml:3: tenants[1].namespaces: is empty, and a policy for no namespace would mean every namespace; list the namespaces of the tenant',
      't.yaml:4: tenants[2].namespaces: is empty, and a policy for no namespace would mean every namespace; list the namespaces of the tenant',
      't.yaml:4: tenants[2].name: is missing; write a name, which its policies and its Helm release get',
    ],
  ],
  [
    'a name that is longer than that of a release may be',
    list(`{name: ${'a'.repeat(53)}, namespaces: [a]}`, `{name: ${'b'.repeat(54)}, namespaces: [b]}`),
    [
      't.yaml:3: tenants[1].name: has 54 characters, and a release of Helm, which has the name of its tenant, at most 53; write a shorter one',
    ],
  ],
  [
    'namespaces of all tenants',
    list(
      '{name: a, namespaces: [a, knative-serving, istio-system]}',
      '{name: b, namespacePrefix: knative-, namespaces: [knative-x]}',
    ),
    [
      't.yaml:2: tenants[0].namespaces[1]: is knative-serving, which belongs to Knative and the mesh, and its policies are those of the chart serverless-mesh; leave it out',
      't.yaml:2: tenants[0].namespaces[2]: is istio-system, which belongs to Knative and the mesh, and its policies are those of the chart serverless-mesh; leave it out',
      't.yaml:2: tenants[0].namespaces[1]: is knative-serving, which begins with knative-, the prefix of tenant b (t.yaml:3), and so is inside that tenant; move it there, or change one of the two names',
      't.yaml:3: tenants[1].namespacePrefix: is knative-, with which namespaces of Knative or the mesh begin, and these would be inside the tenant; begin the names of the tenant otherwise',
    ],
  ],
  [
    'a prefix that the control plane begins with',
    list('{name: a, namespacePrefix: istio-, namespaces: [istio-x]}'),
    [
      't.yaml:2: tenants[0].namespacePrefix: is istio-, with which namespaces of Knative or the mesh begin, and these would be inside the tenant; begin the names of the tenant otherwise',
    ],
  ],
  [
    'what tenants inherit is told once, at the defaults',
    `defaults:\n  trustDomain: A\n${list(one, '{name: b, namespaces: [b]}', '{name: c, namespaces: [c], trustDomain: C}')}`,
    [
      `t.yaml:2: defaults.trustDomain: is "A"; write a DNS name of lower-case letters, digits, '-' and '.', for example apps.example.com`,
      `t.yaml:6: tenants[2].trustDomain: is "C"; write a DNS name of lower-case letters, digits, '-' and '.', for example apps.example.com`,
    ],
  ],
  [
    'a rule likewise, also where a tenant adds to the same map',
    `defaults:\n  commonLabels: {istio: x}\n${list(one, '{name: b, namespaces: [b], commonLabels: {c: d}}')}`,
    [
      't.yaml:2: defaults.commonLabels: has istio, which has a meaning for the products that read it; choose a key of your own, for example example.com/team',
    ],
  ],
  [
    'what only together with the defaults is wrong, at the tenant',
    `defaults: {kafka: {enabled: true}}\n${list(one, '{name: b, namespaces: [b], eventing: {enabled: false}}')}`,
    [
      't.yaml:4: tenants[1].kafka.enabled: is true, but eventing.enabled is false; set eventing.enabled to true, because Knative for Apache Kafka is part of it',
    ],
  ],
  [
    'a default that is deleted',
    `defaults: {kafka: {enabled: true}}\n${list('{name: a, namespaces: [a], kafka: null}', '{name: b, namespaces: [b], kafka: {enabled: null}}')}`,
    [
      't.yaml:3: tenants[0].kafka: was deleted with null; leave it out to get the default',
      't.yaml:4: tenants[1].kafka.enabled: was deleted with null; leave it out to get the default',
    ],
  ],
];

const tooMany = (index: number, at: string, name: string, other: string) =>
  `${at}: tenants[${index}].namespaces[0]: is ${name}, which is a namespace of tenant ${other}; leave it in one of the two`;

/** Tenants among each other. */
const overlapping: readonly Row[] = [
  [
    'one name twice, and a third time',
    list(one, '{name: b, namespaces: [b]}', '{name: a, namespaces: [c]}', '{name: a, namespaces: [d]}'),
    [2, 3].map(
      i =>
        `t.yaml:${i + 2}: tenants[${i}].name: is a, as tenants[0] (t.yaml:2) is called already; give one of them another name`,
    ),
  ],
  [
    'a namespace in several tenants, in two files',
    {
      'x.yaml': list('{name: a, namespaces: [p, q]}', '{name: b, namespaces: [q]}'),
      'y.yaml': list('{name: c, namespaces: [q]}'),
    },
    [tooMany(1, 'x.yaml:3', 'q', 'a too (x.yaml:2)'), tooMany(0, 'y.yaml:2', 'q', 'a too (x.yaml:2)')],
  ],
  [
    'a namespace with the prefix of a later tenant',
    list('{name: a, namespaces: [shop-x, shop]}', '{name: b, namespacePrefix: shop-, namespaces: [shop-y]}'),
    [
      't.yaml:2: tenants[0].namespaces[0]: is shop-x, which begins with shop-, the prefix of tenant b (t.yaml:3), and so is inside that tenant; move it there, or change one of the two names',
    ],
  ],
  [
    'a namespace that the tenant of the prefix has, too',
    list('{name: a, namespaces: [shop-y]}', '{name: b, namespacePrefix: shop-, namespaces: [shop-y]}'),
    [
      't.yaml:2: tenants[0].namespaces[0]: is shop-y, which begins with shop-, the prefix of tenant b (t.yaml:3), and so is inside that tenant; move it there, or change one of the two names',
      tooMany(1, 't.yaml:3', 'shop-y', 'a too (t.yaml:2)'),
    ],
  ],
  [
    'a prefix that begins with another one: told at the prefix, not again at each namespace',
    list(
      '{name: a, namespacePrefix: shop-eu-, namespaces: [shop-eu-1, shop-eu-2]}',
      '{name: b, namespacePrefix: shop-, namespaces: [shop-1]}',
    ),
    [
      't.yaml:2: tenants[0].namespacePrefix: is shop-eu-, which begins with shop-, the prefix of tenant b (t.yaml:3), so that all of this tenant is inside that one; write prefixes of which none begins another',
    ],
  ],
  [
    'a namespace of the outer tenant that is inside the inner one',
    list(
      '{name: a, namespacePrefix: shop-eu-, namespaces: [shop-eu-1]}',
      '{name: b, namespacePrefix: shop-, namespaces: [shop-eu-2]}',
    ),
    [
      't.yaml:2: tenants[0].namespacePrefix: is shop-eu-, which begins with shop-, the prefix of tenant b (t.yaml:3), so that all of this tenant is inside that one; write prefixes of which none begins another',
      't.yaml:3: tenants[1].namespaces[0]: is shop-eu-2, which begins with shop-eu-, the prefix of tenant a (t.yaml:2), and so is inside that tenant; move it there, or change one of the two names',
    ],
  ],
  [
    'one prefix twice',
    list(
      '{name: a, namespacePrefix: shop-, namespaces: [shop-1]}',
      '{name: b, namespacePrefix: shop-, namespaces: [shop-2]}',
    ),
    [
      't.yaml:3: tenants[1].namespacePrefix: is shop-, as the prefix of tenant a (t.yaml:2), so that each is inside the other; write another one',
    ],
  ],
  [
    'a tenant without a name is called by its place',
    list('{namespaces: [p]}', '{name: b, namespaces: [p]}'),
    [
      't.yaml:2: tenants[0].name: is missing; write a name, which its policies and its Helm release get',
      't.yaml:3: tenants[1].namespaces[0]: is p, which is a namespace of tenants[0] too (t.yaml:2); leave it in one of the two',
    ],
  ],
  [
    'no overlap: names that begin alike, a prefix without its end, names of receivers',
    list(
      '{name: a, namespaces: [shop, shopping, a-b]}',
      '{name: b, namespacePrefix: shop-, namespaces: [shop-1]}',
      '{name: a-to-activator-1, namespaces: [c]}',
      '{name: traffic, namespaces: [d]}',
    ),
    [],
  ],
  [
    'a prefix without its final -, which is told once and compared with nothing',
    list('{name: a, namespacePrefix: sh, namespaces: [sh]}', '{name: b, namespaces: [sh-1, shop]}'),
    [
      't.yaml:2: tenants[0].namespacePrefix: is sh, which is also the beginning of names such as shx of another tenant; write sh-',
    ],
  ],
];

/** What tenants of one mesh must have in common. */
const settings: readonly Row[] = [
  [
    'one that differs from most',
    list(
      '{name: a, namespaces: [a], mesh: {generation: v3}}',
      '{name: b, namespaces: [b]}',
      '{name: c, namespaces: [c]}',
    ),
    ['t.yaml:2: tenants[0].mesh.generation: is v3, but v2 at t.yaml, and all tenants are in one mesh; write v2'],
  ],
  [
    'two halves, and every value that a mesh has once',
    list(
      '{name: a, namespaces: [a], mesh: {generation: v3, namespace: m}, cluster: {dnsDomain: x.y}, trustDomain: x.z}',
      '{name: b, namespaces: [b], trustDomain: y.z}',
    ),
    [
      't.yaml: defaults.mesh.generation: is v2, but v3 at t.yaml:2, and all tenants are in one mesh; write v3',
      't.yaml: defaults.mesh.namespace: is istio-system, but m at t.yaml:2, and all tenants are in one mesh; write m',
      't.yaml: defaults.cluster.dnsDomain: is cluster.local, but x.y at t.yaml:2, and all tenants are in one mesh; write x.y',
      't.yaml:3: tenants[1].trustDomain: is y.z, but x.z at t.yaml:2, and all tenants are in one mesh; write x.z',
    ],
  ],
  [
    'defaults of two files: one finding for all tenants of the file',
    {
      'x.yaml': `defaults: {mesh: {generation: v3}}\n${list(one, '{name: b, namespaces: [b]}')}`,
      'y.yaml': `defaults:\n  mesh:\n    generation: v2\n${list('{name: c, namespaces: [c]}', '{name: d, namespaces: [d]}', '{name: e, namespaces: [e]}')}`,
    },
    ['x.yaml:1: defaults.mesh.generation: is v3, but v2 at y.yaml:3, and all tenants are in one mesh; write v2'],
  ],
  [
    'cluster.local is the trust domain of the mesh, whichever that is',
    list('{name: a, namespaces: [a], trustDomain: x.z}', '{name: b, namespaces: [b]}'),
    [],
  ],
  [
    'a wrong value is compared with nothing',
    list('{name: a, namespaces: [a], mesh: {generation: v5}}', '{name: b, namespaces: [b]}'),
    ['t.yaml:2: tenants[0].mesh.generation: is "v5"; write v2 or v3 (did you mean v2?)'],
  ],
];

/** Which defaults are whose. */
const shared: readonly Row[] = [
  [
    'defaults of a file without tenants are for all files, whatever their order',
    {
      'x.yaml': list(one),
      'base.yaml': 'defaults: {mesh: {generation: v3}, trustDomain: x.z}\n',
      'y.yaml': list('{name: b, namespaces: [b], mesh: {generation: v3}}'),
    },
    [],
  ],
  [
    'those of a file with tenants are not for the others',
    {
      'x.yaml': `defaults: {kafka: {enabled: true}}\n${list(one)}`,
      'y.yaml': list('{name: b, namespaces: [b], eventing: {enabled: false}}'),
    },
    [],
  ],
  [
    'its own defaults win, and a mistake of the common ones is theirs',
    {
      'base.yaml': 'defaults:\n  trustDomain: A\n  cluster: {dnsDomain: B}\n',
      'x.yaml': `defaults: {trustDomain: x.z}\n${list(one)}`,
      'y.yaml': list('{name: b, namespaces: [b], trustDomain: x.z}'),
    },
    [
      `base.yaml:3: defaults.cluster.dnsDomain: is "B"; write a DNS name of lower-case letters, digits, '-' and '.', at most 120 characters, for example cluster.local`,
    ],
  ],
];

export const rows: readonly Row[] = [...frames, ...single, ...overlapping, ...settings, ...shared];

const sound = 'isolation: {enabled: true}\nmesh:\n  members: [a, b]\n';
const pair = list(one, '{name: b, namespaces: [b]}');

/** Tenants beside the values of the mesh. Notes stand behind the findings, with `note: `. */
export const meshRows: readonly MeshRow[] = [
  ['all is well', pair, sound, []],
  [
    'a namespace that is no member, and a member that no tenant has',
    list('{name: a, namespaces: [a, aa]}'),
    sound,
    [
      't.yaml:2: tenants[0].namespaces[1]: is aa, which is no member of the mesh, so that its pods get no sidecar; add it to mesh.members (m.yaml:3)',
      'note: m.yaml:3: mesh.members[1]: is b, which is in no tenant: the whole mesh may call its pods, and its own cluster-local URLs, Brokers and Channels do not work; add it to a tenant',
    ],
  ],
  [
    'a member that only the prefix has',
    list('{name: a, namespacePrefix: a-, namespaces: [a-1]}'),
    'isolation: {enabled: true}\nmesh:\n  members:\n    - a-1\n    - a-2\n',
    [
      'note: m.yaml:5: mesh.members[1]: is a-2, which is inside tenant a by its prefix, but has no policies of its own: the whole mesh may call its pods; add it to the namespaces of the tenant',
    ],
  ],
  [
    'no isolation',
    pair,
    'isolation:\n  enabled: false\nmesh: {members: [a, b]}\n',
    [
      'm.yaml:2: isolation.enabled: is false, so that Knative denies nothing and no tenant can be installed; write true',
    ],
  ],
  [
    'no word on isolation and members',
    list(one),
    '',
    [
      't.yaml:2: tenants[0].namespaces[0]: is a, which is no member of the mesh, so that its pods get no sidecar; add it to mesh.members (m.yaml)',
      'm.yaml: isolation.enabled: is false, so that Knative denies nothing and no tenant can be installed; write true',
    ],
  ],
  [
    'another mesh',
    `defaults:\n  mesh:\n    namespace: istio-system\n${pair}`,
    `${sound}  generation: v3\n  namespace: m\n  trustDomain: x.z\ncluster: {dnsDomain: y.z}\nserverless: {release: v1.37}\n`,
    [
      't.yaml:1: defaults.mesh.generation: is v2, but mesh.generation of the mesh is v3 (m.yaml:4); write v3',
      't.yaml:1: defaults.cluster.dnsDomain: is cluster.local, but cluster.dnsDomain of the mesh is y.z (m.yaml:7); write y.z',
      't.yaml:3: defaults.mesh.namespace: is istio-system, but mesh.namespace of the mesh is m (m.yaml:5); write m',
    ],
  ],
  [
    'another trust domain; that of a mesh which is there already is not known',
    list('{name: a, namespaces: [a, b], trustDomain: x.z}'),
    sound,
    [
      't.yaml:2: tenants[0].trustDomain: is x.z, but mesh.trustDomain of the mesh is cluster.local (m.yaml:2); write cluster.local',
    ],
  ],
  [
    'a mesh which is there already',
    list('{name: a, namespaces: [a, b], trustDomain: x.z}'),
    `${sound}  controlPlane: {create: false}\n`,
    [],
  ],
  [
    'parts that the mesh has not',
    list('{name: a, namespaces: [a], kafka: {enabled: true}}', '{name: b, namespaces: [b]}'),
    `${sound}serving: {enabled: false}\n`,
    [
      't.yaml: defaults.serving.enabled: is true, but serving.enabled of the mesh is false (m.yaml:4); write false, or enable it there',
      't.yaml:2: tenants[0].kafka.enabled: is true, but kafka.enabled of the mesh is false (m.yaml); write false, or enable it there',
    ],
  ],
  [
    'values of the mesh that are wrong are not compared',
    pair,
    'mesh: {generation: v4, members: [a]}\n',
    ['m.yaml:1: mesh.generation: is "v4"; write v2 or v3 (did you mean v2?)'],
  ],
  [
    'several files of the mesh, merged',
    pair,
    { 'm.yaml': 'isolation: {enabled: false}\nmesh: {members: [a]}\n', 'n.yaml': sound },
    [],
  ],
];

export const givenOf = ([, tenants, mesh]: MeshRow): Given => ({ tenants, mesh });
