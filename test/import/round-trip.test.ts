/** Rendered, imported, rendered again: the same objects, whatever the values were. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { titleOf } from '../../generator/cluster/fields.ts';
import { fieldDifferences } from '../../generator/import/compare.ts';
import { renderedFor } from '../../generator/import/distance.ts';
import { valueAt } from '../../generator/import/setting.ts';
import { setPaths } from '../../generator/import/values-text.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { checkValues } from '../../generator/values/environments.ts';
import type { Values } from '../../generator/values/maps.ts';
import { fieldPath } from '../../generator/values/path.ts';
import type { Values as MeshValues } from '../../values-schema/index.ts';
import { cases, twins } from '../chart/cases.ts';
import { arbitraryValues } from '../fuzz/random-values.ts';
import { byId, folderOf, imported, installedObjects } from './render.ts';

const test = suite('import: round trip');

/** The field differences and the objects of one side only, as lines. */
function unlike(before: Values, after: Values): string[] {
  const [there, again] = [byId(installedObjects(before)), byId(renderedFor(after))];
  return [
    ...Object.entries(there).flatMap(([id, have]) => (again[id] === undefined ? [`${titleOf(have)} is lost`] : [])),
    ...Object.entries(again).flatMap(([id, want]) => {
      const have = there[id];
      if (have === undefined) return [`${titleOf(want)} is new`];
      return fieldDifferences(want, have, true).map(d => `${d.title} ${fieldPath(d.path)}`);
    }),
  ];
}

/** What a folder does not tell, and the user does. */
const told = ({ mesh }: MeshValues) => ({ meshNamespace: mesh.namespace, meshGeneration: mesh.generation });
const hasKnative = ({ serving, eventing }: MeshValues) => serving.enabled || eventing.enabled;

async function back(values: Values) {
  const of = values as unknown as MeshValues;
  const found = await imported(folderOf(installedObjects(values)), told(of));
  assert.equal(checkValues(serverlessMesh, found.values), []);
  assert.equal(unlike(values, found.values), []);
  assert.equal(
    found.remains.fields.map(f => `${f.object} ${f.field}`),
    [],
  );
  return found;
}

/** Every third of the twins; with EVERY_TWIN=1, as in CI, each. */
const someTwins = twins.filter((_, i) => process.env.EVERY_TWIN === '1' || i % 3 === 0);
/** Renders what was there, or names each remaining difference; nothing in silence. */
async function backOrNamed(values: Values) {
  const { values: again, remains } = await imported(
    folderOf(installedObjects(values)),
    told(values as unknown as MeshValues),
  );
  assert.equal(checkValues(serverlessMesh, again), []);
  const named = [
    ...remains.fields.map(f => `${f.object} ${f.field}`),
    ...remains.inexpressible.map(title => `${title} is lost`),
    ...remains.added.map(o => `${titleOf(o)} is new`),
  ];
  assert.equal(
    unlike(values, again).filter(line => !named.includes(line)),
    [],
  );
}

for (const c of [...cases, ...someTwins])
  test(`${c.name}: the values render what was there`, async () => {
    const found = await back(c.values);
    // No value that the user did not need: what differs from the defaults does so in his values, or says the same.
    const theirs = setPaths(c.values);
    for (const path of setPaths(found.values)) {
      assert.ok(
        theirs.includes(path) || path === 'serverless.release' || path.startsWith('mesh.controlPlane.create'),
        path,
      );
      const [items, given] = [found.values, c.values].map(v => valueAt(v, path));
      // Hosts that the bootstrap servers bring are no additional ones.
      if (Array.isArray(items) && Array.isArray(given))
        assert.equal(
          items.filter(item => !given.some(g => isDeepStrictEqual(g, item))),
          [],
          path,
        );
    }
  });

const runs = Number(process.env.FUZZ_RUNS ?? 5);
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
test(`random values (FUZZ_SEED=${seed}) render what was there, or each difference is named`, async () => {
  let seen = 0;
  await fc.assert(
    fc.asyncProperty(arbitraryValues(serverlessMesh), async values => {
      const { mesh } = values as unknown as MeshValues;
      fc.pre(hasKnative(values as unknown as MeshValues));
      seen += 1;
      // A version that the chart does not know is reported, and not taken: refusals.test.ts.
      const controlPlane = mesh.controlPlane.allowUnknownVersion
        ? { ...mesh.controlPlane, version: '', allowUnknownVersion: false }
        : mesh.controlPlane;
      await backOrNamed({ ...values, mesh: { ...mesh, controlPlane } });
    }),
    { numRuns: runs, seed, endOnFailure: true, includeErrorInReport: true },
  );
  assert.ok(seen >= runs);
});

test('a value that is lost is found', () => {
  const { values } = cases.find(c => c.name === 'busy-gateway')!;
  assert.ok(unlike(values, cases.find(c => c.name === 'defaults')!.values).length > 5);
});

test.run();
