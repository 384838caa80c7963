/** Each mistake, planted alone into an installation in which nothing else is wrong. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { coverage } from '../../generator/doctor/coverage.ts';
import { rows as table } from '../../generator/doctor/pitfalls/index.ts';
import { diagnosed, good, linesOf } from './good.ts';
import { rows } from './rows.ts';

const test = suite('doctor: pitfalls');

for (const generation of ['v2', 'v3'] as const)
  for (const from of ['cluster', 'folder'] as const)
    test(`${generation} from a ${from}: nothing is wrong`, async () => {
      const diagnosis = await diagnosed(await good(generation), from);
      assert.equal(linesOf(diagnosis), []);
      assert.equal(diagnosis.unseen, []);
    });

const found = new Set<string>();
for (const { name, on, folder, plant, want, says, do: remedy } of rows)
  test(name, async () => {
    const objects = await good(on);
    await plant(objects);
    const diagnosis = await diagnosed(objects, folder ? 'folder' : 'cluster');
    assert.equal(linesOf(diagnosis), want);
    const [first] = diagnosis.findings;
    assert.ok((first?.what ?? '').includes(says), first?.what);
    if (remedy !== undefined) assert.ok(first?.remedy.includes(remedy), first?.remedy);
    for (const { id, title } of diagnosis.findings) found.add(`${id} ${title}`);
  });

test('every row of the table is planted', () => {
  // By its title, too: several rows share an id.
  const ids = table.map(r => `${r.id} ${r.title}`);
  assert.equal(
    ids.filter(id => !found.has(id)),
    [],
  );
});

test('the table of what is known has each pitfall and each error once, with a row or a reason', () => {
  const numbers = (letter: string, last: number) => Array.from({ length: last }, (_, i) => `${letter}${i + 1}`);
  assert.equal(
    coverage.map(c => c.id),
    [...numbers('P', 34), ...numbers('E', 10)],
  );
  const ids = new Set(table.map(r => r.id));
  assert.equal(
    coverage.filter(c => c.by.length === 0 && c.why === undefined).map(c => c.id),
    [],
  );
  assert.equal(
    coverage.flatMap(c => c.by).filter(id => !ids.has(id)),
    [],
  );
  const named = new Set(coverage.flatMap(c => c.by));
  assert.equal(
    [...ids].filter(id => !id.startsWith('S') && !named.has(id)),
    [],
  );
});

test.run();
