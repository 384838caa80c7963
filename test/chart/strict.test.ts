import { Ajv } from 'ajv';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as maistra from '../../generator/model/kinds/maistra.ts';
import * as monitoring from '../../generator/model/kinds/monitoring.ts';
import * as olm from '../../generator/model/kinds/olm.ts';
import * as sail from '../../generator/model/kinds/sail.ts';
import * as serverless from '../../generator/model/kinds/serverless.ts';
import { withUnknownField } from '../support/broken-objects.ts';
import { crdFolders, crdLookup } from '../support/crd-files.ts';
import type { OpenApiSchema } from '../support/crd-schema.ts';
import { type Finding, findingLine, foldersFor, type Rendered, strictValidator } from '../support/strict.ts';
import { rendered as allRendered, caseNamed, generationOf, goldenManifests, goldenObjects, titleOf } from './cases.ts';

const test = suite('chart/strict');
const haveCrds = crdFolders().length > 0;
if (!haveCrds) console.log('SKIPPED: no shared/crds');
const testCrds = haveCrds ? test : test.skip;

/** A schema of ours, or a part of it. */
interface OwnSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, OwnSchema>>;
  readonly items?: OwnSchema;
  readonly additionalProperties?: OwnSchema | boolean;
}
const kinds = { ...maistra, ...monitoring, ...olm, ...sail, ...serverless } as unknown as Readonly<
  Record<string, OwnSchema>
>;
const checked = allRendered.map(c => ({
  name: titleOf(c),
  generation: generationOf(c),
  objects: goldenObjects(c).map(m => m.object),
}));
const objectsOf = (kind: string): Rendered[] => checked.flatMap(c => c.objects.filter(o => o.kind === kind));

const unchecked = new Set<string>();
for (const { name, generation, objects } of checked)
  testCrds(`${name}: every object is what the real APIs take`, () => {
    const report = strictValidator(foldersFor(generation))(objects);
    assert.equal(report.findings.map(findingLine), []);
    for (const note of report.unchecked) unchecked.add(note);
  });
testCrds('what nothing here can check, is known', () => {
  console.log([...unchecked].map(note => `UNCHECKED: ${note}`).join('\n'));
  // Rules in CEL are run by a real API server: test/cluster/accepted.test.ts.
  assert.equal([...unchecked].filter(note => !note.endsWith(' CEL rules are not run')).sort(), [
    // By our own schema below.
    'maistra.io/v2 ServiceMeshControlPlane: spec.techPreview is free-form',
    // By istiod, which reads it as a type of Envoy's: test/cluster/accepted.test.ts.
    'networking.istio.io/v1alpha3 EnvoyFilter: spec.configPatches[0].patch.value is free-form',
  ]);
});

for (const [kind, schema] of Object.entries(kinds)) {
  const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);

  test(`our own ${kind} describes every rendered one`, () => {
    assert.ok(objectsOf(kind).length > 0, 'no case renders it');
    for (const object of objectsOf(kind)) assert.ok(validate(object), JSON.stringify(validate.errors));
  });

  test(`our own ${kind} knows no other field, at any depth`, () => {
    const free = /^metadata\.(labels|annotations)$|\.labels$|\.annotations$/;
    const broken = objectsOf(kind).flatMap(withUnknownField);
    assert.equal(
      broken.filter(b => validate(b.broken) && !free.test(b.path)).map(b => b.path),
      [],
    );
  });

  testCrds(`our own ${kind} has only fields of the real CRD, of the same type`, () => {
    const apiVersion = String(schema.properties?.apiVersion?.const);
    const crd = crdLookup(foldersFor(kind in sail ? 'v3' : 'v2'))(apiVersion, kind);
    assert.is(crd?.scope, kind in sail ? 'Cluster' : 'Namespaced');
    const { metadata, ...own } = schema.properties ?? {};
    const differences = Object.entries(own).flatMap(([key, child]) =>
      compare(child, crd?.schema.properties?.[key], key),
    );
    for (const said of differences.filter(d => d.endsWith('free-form'))) console.log(`UNCHECKED: ${kind}: ${said}`);
    assert.equal(
      differences.filter(d => !d.endsWith('free-form')),
      [],
    );
  });
}

/** Where a schema of ours says something else than the CRD. */
function compare(own: OwnSchema, crd: OpenApiSchema | undefined, path: string): string[] {
  if (crd === undefined) return [`${path}: no such field`];
  if (crd['x-kubernetes-int-or-string'] === true && own.type === 'string') return [];
  if (own.type !== crd.type) return [`${path}: ${own.type}, but the CRD says ${crd.type}`];
  if (own.const !== undefined && crd.enum !== undefined && !crd.enum.includes(own.const))
    return [`${path}: ${own.const} is none of ${crd.enum}`];
  if (own.items !== undefined) return compare(own.items, crd.items, `${path}[]`);
  if (typeof own.additionalProperties === 'object')
    return compare(own.additionalProperties, crd.additionalProperties as OpenApiSchema, `${path}.*`);
  if (own.properties !== undefined && isFree(crd)) return [`${path}: free-form`];
  const missing = ((crd.required ?? []) as string[]).filter(
    key => own.properties !== undefined && !own.required?.includes(key),
  );
  return [
    ...missing.map(key => `${path}.${key}: required by the CRD, optional here`),
    ...Object.entries(own.properties ?? {}).flatMap(([key, child]) =>
      compare(child, crd.properties?.[key], `${path}.${key}`),
    ),
  ];
}
const isFree = (crd: OpenApiSchema): boolean =>
  crd['x-kubernetes-preserve-unknown-fields'] === true && crd.properties === undefined;

test('the comparison itself finds what is wrong', () => {
  const crd: OpenApiSchema = {
    type: 'object',
    required: ['a'],
    properties: {
      a: { type: 'integer' },
      b: { type: 'string', enum: ['x'] },
      c: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    },
  };
  const own = {
    type: 'object',
    properties: {
      a: { type: 'string' },
      b: { type: 'string', const: 'y' },
      c: { type: 'object', properties: {} },
      d: {},
    },
  };
  assert.equal(compare(own, crd, 's'), [
    's.a: required by the CRD, optional here',
    's.a: string, but the CRD says integer',
    's.b: y is none of x',
    's.c: free-form',
    's.d: no such field',
  ]);
});

type Spec = Record<string, Record<string, unknown>>;
/** The object of a case, changed. */
const broken = (name: string, kind: string, change: (spec: Spec) => void): Rendered => {
  const object = goldenManifests(caseNamed(name)).find(m => m.object.kind === kind)!.object;
  const copy = structuredClone(object) as { spec: Spec };
  change(copy.spec);
  return copy as unknown as Rendered;
};
const brokenRows: readonly (readonly [name: string, object: () => Rendered, want: string])[] = [
  [
    'sink below broker (erratum E1)',
    () => broken('base-document', 'KnativeKafka', spec => Object.assign(spec.broker!, { sink: spec.sink })),
    'KnativeKafka knative-eventing/knative-kafka: spec.broker.sink: unknown field',
  ],
  [
    'a typo where the API server keeps unknown fields',
    () => broken('defaults', 'KnativeServing', spec => Object.assign(spec, { workload: spec.workloads })),
    'KnativeServing knative-serving/knative-serving: spec.workload: unknown field',
  ],
  [
    'a port that is text',
    () =>
      broken('defaults', 'Gateway', spec =>
        Object.assign((spec.servers as never)[0]!, { port: { number: '443', name: 'https', protocol: 'HTTPS' } }),
      ),
    'Gateway knative-serving/knative-ingress-gateway: spec.servers[0].port.number: must be integer',
  ],
  [
    'a null where a list was empty',
    () => broken('defaults', 'ServiceMeshMemberRoll', spec => Object.assign(spec, { members: [null] })),
    'ServiceMeshMemberRoll istio-system/default: spec.members[0]: must be string',
  ],
];
for (const [name, object, want] of brokenRows)
  testCrds(`a broken object turns this red: ${name}`, () => {
    const findings: readonly Finding[] = strictValidator(foldersFor('v2'))([object()]).findings;
    assert.equal(findings.map(findingLine), [want]);
  });
test('a typo below techPreview, which the CRD keeps, is found by our own schema', () => {
  const validate = new Ajv({ strict: false }).compile(maistra.ServiceMeshControlPlane);
  const typo = broken('defaults', 'ServiceMeshControlPlane', spec =>
    Object.assign(spec.techPreview!.meshConfig!, { defaultConfg: {} }),
  );
  assert.not(validate(typo));
  assert.is(validate.errors?.[0]?.message, 'must NOT have additional properties');
});

test.run();
