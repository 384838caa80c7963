import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type FieldDifference, fieldDifferences } from '../../generator/differences/fields.ts';
import { objectDifferences, objectSet } from '../../generator/differences/objects.ts';
import { textDifference } from '../../generator/differences/text.ts';
import { flatValues, valueDifferences } from '../../generator/differences/values.ts';
import { publicSchema } from '../../generator/emit/schema-json.ts';
import { Values } from '../../values-schema/index.ts';

const test = suite('differences');

const fields: readonly [name: string, before: unknown, after: unknown, want: readonly FieldDifference[]][] = [
  ['equal values', { a: [1, { b: null }] }, { a: [1, { b: null }] }, []],
  ['another order of keys', { a: 1, b: 2 }, { b: 2, a: 1 }, []],
  ['a changed field', { a: { b: 1 } }, { a: { b: 2 } }, [{ path: 'a.b', before: 1, after: 2 }]],
  ['a number and its text', { a: 1 }, { a: '1' }, [{ path: 'a', before: 1, after: '1' }]],
  [
    'a new field, and one that is gone',
    { a: 1 },
    { b: {} },
    [
      { path: 'a', before: 1, after: undefined },
      { path: 'b', before: undefined, after: {} },
    ],
  ],
  ['a list in the place of a map', { a: {} }, { a: [] }, [{ path: 'a', before: {}, after: [] }]],
  ['a key with a dot', { 'a.b/c': 1 }, { 'a.b/c': 2 }, [{ path: '["a.b/c"]', before: 1, after: 2 }]],
  ['a key of every object', {}, { constructor: 1 }, [{ path: 'constructor', before: undefined, after: 1 }]],
  ['an item put in front', { a: [1, 2] }, { a: [0, 1, 2] }, [{ path: 'a[0]', before: undefined, after: 0 }]],
  [
    'an item put between',
    { a: [{ n: 1 }, { n: 3 }] },
    { a: [{ n: 1 }, { n: 2 }, { n: 3 }] },
    [{ path: 'a[1]', before: undefined, after: { n: 2 } }],
  ],
  ['an item taken away', { a: [1, 2, 3] }, { a: [1, 3] }, [{ path: 'a[1]', before: 2, after: undefined }]],
  [
    'a field of an item',
    {
      a: [
        { n: 1, p: 1 },
        { n: 2, p: 2 },
      ],
    },
    {
      a: [
        { n: 1, p: 1 },
        { n: 2, p: 9 },
      ],
    },
    [{ path: 'a[1].p', before: 2, after: 9 }],
  ],
  [
    'an item changed behind one that is new',
    { a: ['x', { p: 1 }] },
    { a: ['w', 'x', { p: 2 }] },
    [
      { path: 'a[0]', before: undefined, after: 'w' },
      { path: 'a[1].p', before: 1, after: 2 },
    ],
  ],
];
for (const [name, before, after, want] of fields)
  test(`fields: ${name}`, () => assert.equal(fieldDifferences(before, after), want));

const service = (api: string, port: number, namespace?: string) => ({
  ...{ apiVersion: api, kind: 'Service' },
  metadata: { name: 'x', ...(namespace === undefined ? {} : { namespace }) },
  port,
});
test('objects: by kind, group, namespace and name', () => {
  const before = objectSet([service('v1', 1, 'a'), service('v1', 1, 'b'), service('serving.knative.dev/v1', 1, 'a')]);
  const after = objectSet([service('v1', 2, 'a'), service('v1', 1), service('serving.knative.dev/v1beta1', 1, 'a')]);
  assert.equal(objectDifferences(before, after), {
    added: ['Service x'],
    removed: ['Service b/x'],
    changed: [
      { id: 'Service a/x', fields: [{ path: 'port', before: 1, after: 2 }] },
      {
        id: 'Service.serving.knative.dev a/x',
        fields: [{ path: 'apiVersion', before: 'serving.knative.dev/v1', after: 'serving.knative.dev/v1beta1' }],
      },
    ],
  });
});
test('objects: items of a List stand for themselves, and two of one name both stay', () => {
  const list = { apiVersion: 'v1', kind: 'List', items: [service('v1', 1, 'a'), service('v1', 2, 'b')] };
  assert.equal([...objectSet([list, service('v1', 3, 'a')]).keys()], ['Service a/x', 'Service b/x', 'Service a/x (2)']);
});

const lines = (...all: string[]) => all.map(line => `${line}\n`).join('');
test('texts: a unified diff with three lines around; nothing for equal texts', () => {
  const before = lines('1', '2', '3', '4', '5', '6', '7', '8', '9');
  assert.is(textDifference(before, before), '');
  assert.is(textDifference(before, before.replace('5', 'five')), '@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8');
});

test('values: rows of our schema, and of the schema that users get, are alike but for our own keywords', () => {
  const own = flatValues(Values);
  const rows = Object.entries(own).map(([path, { secret, ...row }]) => [path, row]);
  assert.ok(rows.length > 80);
  assert.equal(flatValues(publicSchema(Values) as object), Object.fromEntries(rows));
  for (const path of [
    'kafka.listeners',
    'kafka.listeners[].port',
    'mesh.members[]',
    'commonLabels.*',
    'commonLabels.*~',
  ])
    assert.ok(own[path], path);
  assert.is(own['kafka.listeners[].port']?.required, true);
  assert.is(own['kafka.broker.numPartitions']?.required, undefined, 'the chart has a default for it');
});
test('values: new, gone, and other keywords; words are no difference', () => {
  const before = flatValues({ properties: { a: { type: 'string', title: 'A', default: '' }, b: { type: 'boolean' } } });
  const after = flatValues({
    properties: { a: { type: 'string', title: 'B', default: 'x', maxLength: 3 }, c: { type: 'boolean' } },
  });
  assert.equal(
    valueDifferences(before, after).map(d => [d.path, d.before !== undefined, d.after !== undefined, d.keywords]),
    [
      ['a', true, true, ['default', 'maxLength']],
      ['b', true, false, []],
      ['c', false, true, []],
    ],
  );
});

test.run();
