import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { deprecatedIn, described, notesOf } from '../../generator/deprecations.ts';
import { valuesTable } from '../../generator/emit/markdown.ts';
import { publicSchema } from '../../generator/emit/schema-json.ts';
import { notesText } from '../../generator/emit/templates.ts';
import { valuesYaml } from '../../generator/emit/values-yaml.ts';
import type { Schema } from '../../generator/gotmpl/index.ts';
import { evaluateNotes } from '../../generator/render/evaluate-chart.ts';
import { choice, flag, integer, list, section, text } from '../../values-schema/field.ts';
import { chartOf } from './charts.ts';

const test = suite('deprecated values');

const words = (title: string) => ({ title, description: `${title}.` });
const deprecated = { since: '0.2.0', instead: 'mesh.name' };
const values = section(words('Values'), {
  old: section(words('Old'), {
    on: flag({ ...words('On'), default: false, deprecated }),
    off: flag({ ...words('Off'), default: true, deprecated }),
    name: text({ ...words('Name'), default: '', maxLength: 9, deprecated }),
    kind: text({ ...words('Kind'), default: 'a', maxLength: 9, pattern: '^[a-z]$', deprecated }),
    size: integer({ ...words('Size'), default: 1, minimum: 0, maximum: 9, deprecated }),
    list: list(text({ ...words('Item'), maxLength: 9 }), { ...words('List'), default: [], maxItems: 3, deprecated }),
    release: choice(['v1', 'v2', 'v3'], {
      ...words('Release'),
      default: 'v3',
      deprecated: { ...deprecated, members: ['v1', 'v2'] },
    }),
    items: list(section(words('Item'), { port: integer({ ...words('Port'), minimum: 1, maximum: 9, deprecated }) }), {
      ...words('Items'),
      default: [],
      maxItems: 3,
    }),
  }),
  fine: flag({ ...words('Fine'), default: true }),
}) as unknown as Schema;

const usual = { on: false, off: true, name: '', kind: 'a', size: 1, list: [], release: 'v3', items: [] };
const says = 'is deprecated since 0.2.0; use mesh.name';

/** What a user sets; what validate and NOTES say of it. NOTES see no more than what differs from the default. */
const rows: readonly [name: string, given: object, validate: readonly string[], notes: readonly string[]][] = [
  ['nothing', {}, [], []],
  ['another value', { fine: false }, [], []],
  ['a switch', { old: { on: true } }, [`old.on ${says}`], [`old.on: ${says}`]],
  ['a switch that is on by default', { old: { off: false } }, [`old.off ${says}`], [`old.off: ${says}`]],
  ['a default, written', { old: { on: false } }, [`old.on ${says}`], []],
  ['a default deleted', { old: { on: null } }, [], []],
  ['a text', { old: { name: 'x' } }, [`old.name ${says}`], [`old.name: ${says}`]],
  ['a text with a default', { old: { kind: 'b' } }, [`old.kind ${says}`], [`old.kind: ${says}`]],
  ['a number', { old: { size: 2 } }, [`old.size ${says}`], []],
  ['a list', { old: { list: ['x'] } }, [`old.list ${says}`], [`old.list: ${says}`]],
  ['a choice that stays', { old: { release: 'v3' } }, [], []],
  [
    'a choice',
    { old: { release: 'v1' } },
    [`old.release the choice v1 or v2 ${says}`],
    [`old.release: the choice v1 or v2 ${says}`],
  ],
  ['a value in an item', { old: { items: [{}, { port: 1 }] } }, [`old.items.1.port ${says}`], []],
];
const chart = { ...chartOf(), values, notes: ['Done.'] };
for (const [name, given, validate, notes] of rows)
  test(`told: ${name}`, () => {
    assert.equal(
      deprecatedIn(values, given).map(({ path, message }) => `${path.join('.')} ${message}`),
      validate,
    );
    const { old = {} } = given as { old?: object };
    const merged = { ...given, old: { ...usual, ...old } };
    const text = evaluateNotes(chart, merged, { name: 'x', namespace: 'y' });
    assert.is(text, ['Done.', ...notes.flatMap(n => ['', `DEPRECATED: ${n}.`]), ''].join('\n'));
  });

test('NOTES as a template has the same lines, and none without a deprecated value', () => {
  const text = notesText(chart);
  assert.match(
    text,
    '{{- if ne .Values.old.kind "a" }}\n\nDEPRECATED: old.kind: is deprecated since 0.2.0; use mesh.name.\n{{- end }}',
  );
  assert.is(notesOf(chartOf()).length, 1);
});

test('the description says so in values.yaml, the schema and the table', () => {
  const want = 'On. Deprecated since 0.2.0; use mesh.name.';
  assert.is(described(values.properties!.old!.properties!.on!), want);
  assert.is(
    described(values.properties!.old!.properties!.release!),
    'Release. The choice v1 or v2 is deprecated since 0.2.0; use mesh.name.',
  );
  assert.match(valuesYaml(values, 'x', 'y'), `# old.on -- ${want}`);
  assert.match(valuesTable(values), `| ${want} |`);
  const json = JSON.stringify(publicSchema(values));
  assert.match(json, `"description":"${want}"`);
  assert.not.match(json, '"deprecated"');
});

test.run();
