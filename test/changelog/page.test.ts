import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { changesOf } from '../../generator/changelog/changes.ts';
import { history, kinds } from '../../generator/changelog/history.ts';
import { changelogPage } from '../../generator/changelog/page.ts';
import { charts } from '../../generator/charts.ts';
import { projectRoot } from '../../generator/files.ts';
import { text } from '../../values-schema/field.ts';
import { chartOf, gateway, noKafka, published, record, valueAt, withValue } from './charts.ts';

const test = suite('changelog: page');

const frame =
  '{{#each versions}}## {{version}}{{state}}\n{{#each this.charts}}### {{chart}}\n{{body}}\n{{/each}}{{/each}}';
const told = {
  one: [
    {
      version: '0.2.0',
      changes: [
        { kind: 'fixed', description: 'A mistake' },
        { kind: 'changed', description: 'The port' },
        { kind: 'changed', description: 'Another' },
      ],
    },
    { version: '0.1.0', changes: [{ kind: 'added', description: 'All of it' }] },
  ],
} as const;
const first = record(chartOf());
const [partitions, more] = [
  valueAt('kafka.partitions', { default: 11 }),
  text({ title: 'More', description: 'M.', default: '', maxLength: 9 }),
];
const second = record(
  chartOf({
    version: '0.2.0',
    groups: { ...withValue('kafka.partitions', partitions), more },
    resources: { 'gateways/ingress': gateway(8443), 'gateways/other': gateway(80, 'other') },
  }),
);

const start = '## 0.1.0\n### one\n**Added**\n\n- All of it.\n\n7 values; 1 objects with the default values.\n';
test('the first version: words and counts, no wall of text', () => {
  const page = changelogPage(frame, [{ current: first, published: [] }], told);
  assert.is(page, start.replace('0.1.0', '0.1.0 (not published yet)'));
  assert.is(changelogPage(frame, [{ current: first, published: [first] }], told), start);
});

test('a later version: words by kind, values, values.yaml, and objects by example', () => {
  const page = changelogPage(frame, [{ current: second, published: [first] }], told);
  const want = `## 0.2.0 (not published yet)
### one
**Changed**

- The port.
- Another.

**Fixed**

- A mistake.

| Value | 0.1.0 | 0.2.0 |
| --- | --- | --- |
| \`kafka.partitions\` | \`default: 10\` | \`default: 11\` |
| \`more\` |  | \`type: "string"\`, \`default: ""\` |

<details>
<summary>Difference of values.yaml</summary>

\`\`\`diff
@@ -18,7 +18,7 @@
   # kafka.enabled -- Enabled.
   enabled: false
   # kafka.partitions -- Partitions.
-  partitions: 10
+  partitions: 11
`;
  const numbers = /@@.*@@/;
  assert.is(page.replace(numbers, '').slice(0, want.replace(numbers, '').length), want.replace(numbers, ''));
  assert.ok(page.endsWith(start), page.slice(-200));
  const objects = `<details>
<summary>Objects with default values: 1 added, 1 changed</summary>

\`\`\`diff
+ Gateway.networking.istio.io a/other
  Gateway.networking.istio.io a/ingress
-   spec.servers[0].port: 443
+   spec.servers[0].port: 8443
\`\`\`

</details>

<details>
<summary>Objects with prod: 1 added, 1 removed, 1 changed</summary>

\`\`\`diff
- ConfigMap topic
+ Gateway.networking.istio.io a/other
`;
  assert.ok(page.includes(objects), page);
});

test('examples with the same differences are told together; those that nothing changes for, not at all', () => {
  const resources = { ...chartOf().resources, 'gateways/ingress': gateway(8443) };
  const page = (later: typeof second) => changelogPage(frame, [{ current: later, published: [first] }], told);
  assert.match(
    page(record(chartOf({ version: '0.2.0', resources }))),
    '<summary>Objects with default values, prod: 1 changed</summary>',
  );
  assert.not.match(page(record(chartOf({ version: '0.2.0' }))), /Objects with|<details>|\| Value/);
});

test('an example that is refused now', () => {
  const page = changelogPage(
    frame,
    [{ current: record(chartOf({ version: '0.2.0', rules: [noKafka] })), published: [first] }],
    told,
  );
  assert.match(page, 'Objects with prod: refused now: kafka.enabled: is on; switch it off.');
});

test('an example is compared with the one of the same values, whatever it is called', () => {
  const resources = { ...chartOf().resources, 'gateways/ingress': gateway(8443) };
  const prod = { kafka: { enabled: true }, mesh: { members: ['a'] } };
  const renamed = [
    { name: 'prod', values: { mesh: { members: ['b'] } } },
    { name: 'prod of 0.1.0', values: prod },
  ];
  const later = record(chartOf({ version: '0.2.0', resources }), renamed);
  const page = changelogPage(frame, [{ current: later, published: [later, first] }], told);
  assert.match(page, 'Objects with prod: 1 changed<');
});

test('long texts as the lines that differ, and a fence longer than those in them', () => {
  const script = (line: string) => ({
    ...gateway(),
    documents: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 's' }, data: { run: `one\n${line}\nthree\n` } },
  });
  const [a, b] = ['```', 'two'].map((line, i) =>
    record(chartOf({ version: `0.${i + 1}.0`, resources: { x: script(line) } })),
  );
  const page = changelogPage(frame, [{ current: b!, published: [a!] }], told);
  assert.match(
    page,
    '````diff\n  ConfigMap s\n    data.run:\n@     @ -1,3 +1,3 @@\n      one\n-     ```\n+     two\n      three\n````',
  );
});

test('newest version first, charts of one version together, each with its own state', () => {
  const other = record({ ...chartOf({ version: '0.10.0' }), name: 'two' });
  const charts = [
    { current: second, published: [first] },
    { current: other, published: [record({ ...chartOf({ version: '0.2.0' }), name: 'two' })] },
  ];
  const heads = changelogPage(frame, charts, told)
    .split('\n')
    .filter(line => line.startsWith('#'));
  assert.equal(heads, [
    '## 0.10.0 (not published yet)',
    '### two',
    '## 0.2.0 (one: not published yet)',
    '### one',
    '### two',
    '## 0.1.0',
    '### one',
  ]);
});

test('every difference of values is in the table, also one that nobody wrote of', () => {
  const groups = {
    ...published,
    labels: { ...published.labels, default: { a: 'b' } } as unknown as typeof published.labels,
  };
  const page = changelogPage(
    frame,
    [{ current: record(chartOf({ version: '0.2.0', groups })), published: [first] }],
    {},
  );
  assert.match(page, '| `labels` | `default: {}` | `default: {"a":"b"}` |');
});

test('the history: a word for the version of every chart, kinds of Artifact Hub, sentences without their full stop', () => {
  assert.equal(Object.keys(history).sort(), charts.map(({ name }) => name).sort());
  for (const { name, version } of charts) {
    const changes = changesOf(name, version);
    assert.ok(changes.length > 0, `${name} ${version}`);
    for (const { kind, description, ...more } of changes) {
      assert.equal(more, {}, 'nothing that Artifact Hub does not know');
      assert.ok(kinds.includes(kind));
      assert.match(description, /^[A-Za-z].*[^.\s]$/);
    }
  }
  assert.equal(changesOf('serverless-mesh', '0.0.1'), []);
  assert.equal(changesOf('constructor', '0.1.0'), []);
});

test('every file that a change names is there', () => {
  const named = charts.flatMap(({ name }) =>
    history[name]!.flatMap(({ changes }) => changes.flatMap(c => c.description.match(/docs\/[\w-]+\.md/g) ?? [])).map(
      file => `charts/${name}/${file}`,
    ),
  );
  assert.ok(named.length > 0);
  assert.equal(
    named.filter(file => !existsSync(join(projectRoot, file))),
    [],
  );
});

test.run();
