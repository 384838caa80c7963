import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Static, type TSchema, Type } from 'typebox';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { charts } from '../generator/charts.ts';
import { checkModel } from '../generator/check-model.ts';
import { GeneratorError } from '../generator/errors.ts';
import { projectRoot } from '../generator/files.ts';
import { and, at, eq, hasKey, hasSuffix, listOf, oneOf, repeats } from '../generator/gotmpl/functions.ts';
import {
  answer,
  defineJoined,
  defineMap,
  defineStatic,
  each,
  entries,
  fail,
  fmt,
  include,
  note,
  type Path,
  refs,
  when,
} from '../generator/gotmpl/index.ts';
import {
  type Chart,
  operatorStages,
  type Resource,
  type Rule,
  stages,
  tenantStages,
} from '../generator/model/chart.ts';
import { serverlessMesh } from '../generator/model/serverless-mesh/index.ts';
import { serverlessMeshOperators } from '../generator/model/serverless-mesh-operators/index.ts';
import { serverlessMeshTenant } from '../generator/model/serverless-mesh-tenant/index.ts';

const test = suite('check-model');

const Values = Type.Object({
  a: Type.Object({ b: Type.Boolean(), c: Type.Array(Type.String()) }),
  list: Type.Array(Type.Object({ name: Type.String(), port: Type.Integer() })),
  map: Type.Unsafe<Record<string, Record<string, string>>>({
    type: 'object',
    additionalProperties: { type: 'object', additionalProperties: { type: 'string' } },
  }),
});
type Values = Static<typeof Values>;
const v = refs<Values>(Values);
const labels = defineMap('x.labels', 'Labels.', { app: 'x' });
const names = defineJoined('x.names', 'Names.', v.list, 'item', item => item.name);
const known = defineStatic('x.known', '');

/** Uses every value, and the helpers given. */
const everything = {
  b: v.a.b,
  c: [each(v.a.c, 'x', x => x), each(v.list, 'x', x => ({ n: x.name, p: x.port }))],
  m: entries(v.map),
};
const resource = (documents: object): Resource => ({ doc: 'X.', source: 'x', stage: 'mesh', documents });
const chart = (documents: object, more: Partial<Chart> = {}): Chart => ({
  ...{ name: 'x', version: '0.1.0', appVersion: '1', description: 'X', kubeVersion: '', keywords: [], annotations: {} },
  ...{
    values: Values,
    valuesSource: 'x/',
    helpers: [],
    rules: [],
    notes: [],
    statics: {},
    resources: { 'mesh/x': resource(documents) },
  },
  ...more,
});
const declaring = (properties: Record<string, TSchema>) => ({
  values: Type.Object({ ...Values.properties, ...properties }),
});
const undeclared = refs<{ z: { y: string; x: string[] } }>(
  Type.Object({ z: Type.Object({ y: Type.String(), x: Type.Array(Type.String()) }) }),
).z;

/** A rule that refuses a key in the map, or in a map of it. */
const refusing = (key: string, map: Parameters<typeof hasKey>[0] = v.map): Rule => ({
  path: v.map as Path,
  refuse: when(hasKey(map, key), fail`x`),
});

type Given = readonly [name: string, chart: Chart, statics?: string];
const accepted: readonly Given[] = [
  ['everything is used', chart(everything)],
  [
    'global and enabled are for parent charts',
    chart(everything, declaring({ global: Type.Object({}), enabled: Type.Boolean() })),
  ],
  [
    'used in a hand-written file only',
    chart(everything, declaring({ z: Type.String() })),
    '{{ .Values.z }} {{ $.Values.a.b }}',
  ],
  [
    'used as a condition',
    chart({ ...everything, z: when(undeclared.y, 1) }, declaring({ z: Type.Object({ y: Type.String() }) })),
  ],
  [
    'used in a rule, by its path and its condition',
    chart({ c: everything.c, m: everything.m }, { rules: [{ path: v.a.b as Path, refuse: when(v.a.b, fail`x`) }] }),
  ],
  [
    'used in the message of a rule',
    chart({ c: everything.c, m: everything.m }, { rules: [{ path: v.a as Path, refuse: fail`${v.a.b}` }] }),
  ],
  [
    'used in notes',
    chart({ c: everything.c, m: everything.m }, { notes: ['', when(eq(v.a.b, true), [fmt`${v.a.b}`])] }),
  ],
  ['a group as a whole', chart({ ...everything, b: 1, m: entries(v.a as never), n: entries(v.map) })],
  [
    'a helper under a condition, under a note',
    chart({ ...everything, z: note('n', when(v.a.b, { ...include(labels) })) }, { helpers: [labels] }),
  ],
  [
    'helpers in functions, in formats, in helpers',
    chart(
      { ...everything, z: [when(and(v.a.b, repeats(listOf(names))), fmt`x${answer(known)}`), { ...include(labels) }] },
      { helpers: [names, known, labels] },
    ),
  ],
  [
    'items in functions of items',
    chart({
      b: v.a.b,
      m: entries(at(v.map, 'x')),
      c: [
        each(v.list, 'x', x => each(v.a.c, 'y', y => when(and(oneOf(x.name, v.a.c), hasSuffix(y, fmt`${x.port}`)), y))),
      ],
    }),
  ],
  [
    'a key of ours that a rule refuses',
    chart({ ...everything, own: { mine: 1, ...entries(v.map) } }, { rules: [refusing('mine')] }),
  ],
  [
    'a key of ours that a rule refuses in one of the maps, which is not ours itself',
    chart(
      { ...everything, own: { x: { mine: 1, ...entries(at(v.map, 'x')) }, ...entries(v.map) } },
      { rules: [refusing('mine', at(v.map, 'x'))] },
    ),
  ],
];
for (const [name, given, text = ''] of accepted)
  test(name, () => checkModel(given, new Map([['templates/_x.tpl', text]])));

const use = 'use it, or remove it from values-schema.';
const declare = 'is used, but values-schema does not declare it; declare it, or correct the path.';
const list = 'is included, but the chart does not list it; add it to helpers.';
const items = (...fields: readonly ('name' | 'port')[]) => each(v.list, 'x', x => fields.map(field => x[field]));
const members = each(v.a.c, 'x', x => x);
const wrongRule = { path: undeclared as Path, refuse: fail`x` };
const inMap = defineMap('x.both', 'Both.', { ...include(labels) });
const refused: readonly (readonly [name: string, chart: Chart, want: string, statics?: string])[] = [
  ['an idle value', chart({ ...everything, b: 1 }), `no template uses the value a.b; ${use}`],
  [
    'an idle group',
    chart({ ...everything, b: 1, c: [items('name', 'port')] }),
    `no template uses the value a.b, a.c; ${use}`,
  ],
  [
    'an idle key of items',
    chart({ ...everything, c: [members, items('name')] }),
    `no template uses the value list[].port; ${use}`,
  ],
  [
    'an idle list',
    chart({ ...everything, c: [members] }),
    `no template uses the value list[].name, list[].port; ${use}`,
  ],
  ['an undeclared value', chart({ ...everything, z: undeclared.y }), `z.y ${declare}`],
  ['an undeclared list', chart({ ...everything, z: [each(undeclared.x, 'x', x => x)] }), `z.x, z.x[] ${declare}`],
  [
    'an undeclared value of a hand-written file',
    chart(everything),
    `a.d ${declare}`,
    '{{ if $.Values.a.d }}{{ .Values.a.b }}',
  ],
  ['an undeclared value of a rule', chart(everything, { rules: [wrongRule] }), `z ${declare}`],
  ['an undeclared value of notes', chart(everything, { notes: [when(undeclared.y, ['x'])] }), `z.y ${declare}`],
  [
    'lonely helpers',
    chart(everything, { helpers: [labels, names] }),
    'nobody includes the helper x.labels, x.names; include it, or remove it.',
  ],
  ['a helper that is not listed', chart({ ...everything, z: { ...include(labels) } }), `the helper x.labels ${list}`],
  [
    'a helper of a helper that is not listed',
    chart({ ...everything, z: { ...include(inMap) } }, { helpers: [inMap] }),
    `the helper x.labels ${list}`,
  ],
  [
    'a key of ours that no rule refuses',
    chart({ ...everything, own: { mine: 1, ...entries(v.map) } }),
    "the key mine of map is the chart's own, but no rule refuses it; add one to rules.",
  ],
  [
    'a reserved key that no rule refuses',
    chart({ ...everything, own: { mine: 1, ...entries(v.map, ['theirs']) } }, { rules: [refusing('mine')] }),
    "the key theirs of map is the chart's own, but no rule refuses it; add one to rules.",
  ],
  [
    'a key of ours that no rule refuses in one of the maps',
    chart({ ...everything, own: { mine: 1, ...entries(at(v.map, 'x')) } }, { rules: [refusing('mine')] }),
    "the key mine of map.x is the chart's own, but no rule refuses it; add one to rules.",
  ],
  [
    'a hand-written helper that is not listed',
    chart({ ...everything, z: answer(known) }),
    `the helper x.known ${list}`,
  ],
];
for (const [name, given, want, text = ''] of refused) {
  test(`refused: ${name}`, () => {
    try {
      checkModel(given, new Map([['templates/_x.tpl', text]]));
    } catch (error) {
      assert.instance(error, GeneratorError);
      return assert.is((error as Error).message, `x: ${want}`);
    }
    assert.unreachable('not refused');
  });
}

for (const made of charts) {
  const folder = join(projectRoot, 'generator/model', made.name);
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => /^[^/]+\/.*\.ts$/.test(path))
    .map(path => path.slice(0, -'.ts'.length));

  test(`${made.name}: every model file is registered, under the path of its file`, async () => {
    const onDisk = new Map<string, unknown>();
    for (const path of paths) {
      const file = (await import(pathToFileURL(join(folder, `${path}.ts`)).href)) as { default?: unknown };
      if (typeof file.default === 'object' && file.default !== null && 'documents' in file.default)
        onDisk.set(path, file.default);
    }
    assert.ok(onDisk.size > 1);
    assert.equal(Object.keys(made.resources).toSorted(), [...onDisk.keys()].toSorted());
    for (const [path, resource] of onDisk) assert.is(made.resources[path], resource, path);
  });
}
for (const [made, order] of [
  [serverlessMesh, stages],
  [serverlessMeshOperators, operatorStages],
  [serverlessMeshTenant, tenantStages],
] as const)
  test(`${made.name}: the resources stand in the order of their stages`, () => {
    const places = Object.values(made.resources).map(r => order.indexOf(r.stage));
    assert.ok(!places.includes(-1));
    assert.equal(
      places,
      places.toSorted((a, b) => a - b),
    );
  });

test.run();
