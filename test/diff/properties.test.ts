/** What holds for the differences of any two cases. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { FieldChange, ObjectChange } from '../../generator/diff/change.ts';
import { comparable, compareObjects } from '../../generator/diff/compare.ts';
import type { ObjectSet } from '../../generator/differences/objects.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { evaluateChart } from '../../generator/render/evaluate-chart.ts';
import { cases, release } from '../chart/cases.ts';

const test = suite('diff: properties');

const names = ['defaults', 'kafka-outside', 'isolation', 'kourier-members', 'service-mesh-3', 'service-mesh-members'];
const sides = cases
  .filter(c => names.includes(c.name))
  .map(c => ({
    name: c.name,
    objects: comparable(evaluateChart(serverlessMesh, c.values, release).map(r => r.object)),
  }));
const pairs = sides.flatMap(a => sides.map(b => [a, b] as const));

test('a case has no difference from itself, and one from every other', () => {
  assert.is(sides.length, names.length);
  for (const [a, b] of pairs)
    assert.is(compareObjects(a.objects, b.objects).length === 0, a === b, `${a.name}, ${b.name}`);
});

test('the differences, applied to one side, give the other', () => {
  for (const [a, b] of pairs)
    assert.equal(
      plain(applied(a.objects, compareObjects(a.objects, b.objects))),
      plain(b.objects),
      `${a.name}, ${b.name}`,
    );
});

test('the other way around, the sides change places', () => {
  for (const [a, b] of pairs) {
    const there = compareObjects(a.objects, b.objects).map(summaryOf);
    const back = compareObjects(b.objects, a.objects).map(mirrored).map(summaryOf);
    assert.equal(there, back, `${a.name}, ${b.name}`);
  }
});

const plain = (objects: ObjectSet) => Object.fromEntries([...objects].sort(([x], [y]) => (x < y ? -1 : 1)));

/** Items of lists have the number of their own side, so a place is told by what stands there. */
const summaryOf = ({ object, change, fields }: ObjectChange) => ({
  ...{ object, change },
  fields: fields.map(f => JSON.stringify([f.path.replace(/\[\d+\]/g, '[]'), f.before ?? null, f.after ?? null])).sort(),
});
const opposite = { added: 'removed', removed: 'added', changed: 'changed' } as const;
const mirrored = (c: ObjectChange): ObjectChange => ({
  ...c,
  change: opposite[c.change],
  fields: c.fields.map(f => ({ ...f, before: f.after, after: f.before })),
});

function applied(before: ObjectSet, changes: readonly ObjectChange[]): ObjectSet {
  const result = new Map(before);
  for (const { object, change, after, fields } of changes)
    if (change === 'removed') result.delete(object);
    else if (change === 'added') result.set(object, after!);
    else {
      const copy = structuredClone(before.get(object)!) as never;
      // What is deepest first: then all numbers of items are still those of before. Of one list: changed, gone, new.
      for (const field of [...fields].sort(inOrder)) apply(copy, field);
      result.set(object, copy);
    }
  return result;
}
const kind = (f: FieldChange) => (f.before === undefined ? 2 : f.after === undefined ? 1 : 0);
function inOrder(a: FieldChange, b: FieldChange): number {
  const [x, y] = [a, b].map(f => Number(f.steps.at(-1)) || 0);
  return b.steps.length - a.steps.length || kind(a) - kind(b) || (kind(a) === 1 ? y! - x! : x! - y!);
}
function apply(object: Record<string | number, unknown>, { steps, before, after }: FieldChange): void {
  const last = steps.at(-1)!;
  const parent = steps.slice(0, -1).reduce<unknown>((x, step) => (x as typeof object)[step], object) as typeof object;
  if (Array.isArray(parent) && (before === undefined || after === undefined))
    parent.splice(last as number, before === undefined ? 0 : 1, ...(after === undefined ? [] : [after]));
  else if (after === undefined) delete parent[last];
  else parent[last] = after;
}

test.run();
