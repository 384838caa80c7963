import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { comparable, compareObjects } from '../../generator/diff/compare.ts';
import { severities } from '../../generator/diff/effects/row.ts';
import { effectRows, effectsOf, valueRows } from '../../generator/diff/effects.ts';
import { valueRows as ofValues, rows } from './effect-rows.ts';

const test = suite('diff: effects');

const changes = new Map(rows.map(row => [row, compareObjects(comparable(row.before), comparable(row.after))]));
const found = (row: (typeof rows)[number], table = effectRows) => effectsOf(changes.get(row)!, [], table);

for (const row of rows)
  test(row.name, () => {
    const effects = found(row);
    assert.equal(
      effects.map(e => e.id),
      row.want,
    );
    if (row.says !== undefined) assert.match(effects[0]?.what ?? '', row.says);
  });

for (const [path, before, after, want] of ofValues)
  test(`${path}: ${before} -> ${after}`, () => {
    const effects = effectsOf([], [{ path, before, after, hidden: false }]);
    assert.equal(
      effects.map(e => [e.id, e.because]),
      [[want, [path]]],
    );
  });

test('each effect is needed: without it, one of the rows above is wrong', () => {
  for (const dropped of effectRows) {
    const rest = effectRows.filter(e => e !== dropped);
    const wrong = rows.some(row => row.want.includes(dropped.id) && found(row, rest).length < row.want.length);
    assert.ok(wrong, dropped.id);
  }
  assert.equal(valueRows.map(r => r.id).sort(), ofValues.map(([, , , want]) => want).sort());
});

test('each has an id of its own, a source, and one sentence without its final stop', () => {
  const ids = [...effectRows, ...valueRows].map(e => e.id);
  assert.is(new Set(ids).size, ids.length);
  const all = [
    ...rows.flatMap(row => found(row)),
    ...ofValues.flatMap(([path, before, after]) => effectsOf([], [{ path, before, after, hidden: false }])),
  ];
  for (const { id, what, source } of all) assert.ok(/^\S.*[^.\s]$/.test(what) && source.length > 3, id);
});

test('worst first, and one effect for several objects of which it says the same', () => {
  const of = (kind: RegExp) => rows.filter(r => kind.test(r.name));
  const changes = of(/^Role|other rights|^Issuer|^Gateway is gone|Job/).flatMap(r =>
    compareObjects(comparable(r.before), comparable(r.after)),
  );
  const ranks = effectsOf(changes).map(e => severities.indexOf(e.severity));
  assert.equal(
    ranks,
    [...ranks].sort((a, b) => a - b),
  );
  const role = rows.find(r => r.name === 'other rights')!;
  const [one] = compareObjects(comparable(role.before), comparable(role.after));
  const two = { ...one!, object: one!.object.replace('here', 'there') };
  assert.equal(
    effectsOf([one!, two]).map(e => e.objects.length),
    [2],
  );
});

test.run();
