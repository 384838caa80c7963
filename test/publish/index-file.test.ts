import fc from 'fast-check';
import { CORE_SCHEMA, load } from 'js-yaml';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Addition, indexText, mergeIndex, parseIndex } from '../../generator/publish/repository/index-file.ts';

const test = suite('publish: index.yaml');

const created = '2026-01-02T03:04:05Z';
const addition = (name: string, version: string, digest = 'd'): Addition => ({
  name,
  entry: { created, digest, name, urls: [`${name}-${version}.tgz`], version },
});
const add = (text: string, ...additions: Addition[]) =>
  indexText(mergeIndex(parseIndex(text, 'index.yaml'), additions, created, 'index.yaml').index);
const refusal = (run: () => unknown) => {
  try {
    run();
    return 'accepted';
  } catch (error) {
    return (error as Error).message;
  }
};

/** With fields of others, that no chart of ours has. */
const others = `apiVersion: v1
serverInfo:
  contextPath: /charts
annotations:
  a: "012"
entries:
  zebra:
  - apiVersion: v1
    appVersion: "1.10"
    created: 2016-10-06T16:23:20.499814565-06:00
    deprecated: true
    digest: 99c76e403d752c84ead610644d4b1c2f2b453a74b921f422b9dcb8a7c8b559cd
    name: zebra
    unknown: {list: [1, null, 2.5, on], text: "0x10"}
    urls: ["https://elsewhere.example.com/zebra-0.9.0.tgz"]
    version: 0.9.0
generated: 2030-10-06T16:23:20.499029981-06:00
`;

test('keeps entries and fields of others, known to us or not', () => {
  const before = load(others, { schema: CORE_SCHEMA }) as { entries: object; generated: string };
  const after = load(add(others, addition('bread', '1.0.0')), { schema: CORE_SCHEMA });
  assert.equal(after, {
    ...before,
    entries: { ...before.entries, bread: [addition('bread', '1.0.0').entry] },
  });
  // A later date of others is not turned back.
  assert.is((after as { generated: string }).generated, before.generated);
});

test('writes out what an entry takes from another one by a merge key, as Helm reads it', () => {
  const text = `entries:
  zebra:
  - &zebra {version: 1.0.0, name: zebra, appVersion: "1.10", urls: [z.tgz]}
  - {<<: *zebra, version: 2.0.0}
`;
  const { entries } = load(add(text, addition('bread', '1.0.0'))) as { entries: Record<string, object[]> };
  assert.equal(
    entries.zebra,
    ['2.0.0', '1.0.0'].map(version => ({ name: 'zebra', appVersion: '1.10', urls: ['z.tgz'], version })),
  );
});

test('sorts charts by name and versions newest first', () => {
  const versions = ['1.9.0', '1.10.0-rc.1', '1.10.0', '1.10.0+a', '1.10.0+b', '0.1.0', '2.0.0-alpha', 'odd'];
  const text = add('', ...versions.map(v => addition('bread', v)), addition('apple', '1.0.0'));
  const read = load(text) as { apiVersion: string; generated: string; entries: Record<string, { version: string }[]> };
  assert.equal(Object.keys(read), ['apiVersion', 'entries', 'generated']);
  assert.equal([read.apiVersion, read.generated], ['v1', created]);
  assert.equal(Object.keys(read.entries), ['apple', 'bread']);
  assert.equal(
    read.entries.bread!.map(e => e.version),
    ['2.0.0-alpha', '1.10.0+b', '1.10.0+a', '1.10.0', '1.10.0-rc.1', '1.9.0', '0.1.0', 'odd'],
  );
});

test('is the same text in whatever order versions are published', () => {
  const number = fc.integer({ min: 0, max: 3 });
  const version = fc
    .tuple(number, number, number, fc.constantFrom('', '-rc.1', '-rc.2', '+b'))
    .map(([a, b, c, rest]) => `${a}.${b}.${c}${rest}`);
  const one = fc.record({ name: fc.constantFrom('a', 'b', '__proto__', 'constructor'), version });
  const all = fc.uniqueArray(one, { selector: ({ name, version: v }) => `${name} ${v}`, maxLength: 12 });
  const shuffled = all.chain(list =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
  );
  fc.assert(
    fc.property(shuffled, ([list, other]) => {
      const steps = (order: typeof list) =>
        order.reduce((text, { name, version: v }) => add(text, addition(name, v)), '');
      assert.is(steps(list), steps(other));
      assert.is(
        list.length === 0 ? '' : add('', ...list.map(({ name, version: v }) => addition(name, v))),
        steps(list),
      );
    }),
    { numRuns: 60 },
  );
});

test('a version that is there with the same digest changes nothing', () => {
  const index = parseIndex(add('', addition('bread', '1.0.0', 'x')), 'index.yaml');
  const merged = mergeIndex(index, [addition('bread', '1.0.0', 'x')], '2031-01-01T00:00:00Z', 'index.yaml');
  assert.equal(merged, { index, added: [] });
});

const published = (digest: string) => `entries: {bread: [{name: bread, version: 1.0.0${digest}}]}\n`;
const refused: readonly (readonly [string, string])[] = [
  [
    published(', digest: other'),
    'index.yaml: bread 1.0.0 is published already, with other content; give the chart a new version, and pack it again.',
  ],
  [
    published(''),
    'index.yaml: bread 1.0.0 is published already, with no digest to compare; give the chart a new version, and pack it again.',
  ],
  [published(', digest: "sha256:d"'), 'accepted'],
  ['a: [', 'index.yaml: cannot be read as YAML; restore it from a copy, or make it anew with helm repo index.'],
  ['- a', 'index.yaml: is no index of a repository; name the folder of one, or move this file away.'],
  ['replicas: 1', 'index.yaml: is no index of a repository; name the folder of one, or move this file away.'],
  ['apiVersion: v2', 'index.yaml: is no index of a repository; name the folder of one, or move this file away.'],
  ['entries: []', 'index.yaml: is no index of a repository; name the folder of one, or move this file away.'],
  ['entries: {a: {}}', 'index.yaml: entries.a is no list; restore the file from a copy.'],
  ['entries: {a: [{version: 1}]}', 'index.yaml: entries.a[0] has no version in quotes; add it, or remove the entry.'],
  [
    'entries: {a: [{version: 1.0.0, appVersion: 1.10}]}',
    'index.yaml: entries.a.0.appVersion is the number 1.10, which would not stay as it is; put it in quotes.',
  ],
  [
    'entries: {a: [{version: 1.0.0, deprecated: yes}]}',
    'index.yaml: entries.a[0].deprecated is no boolean; write true or false.',
  ],
  ['entries: {a: [{version: 1.0.0, weight: 5, part: 1.5}]}', 'accepted'],
  ['entries:\n', 'accepted'],
];
for (const [text, want] of refused)
  test(`${JSON.stringify(text)}: ${want}`, () => {
    assert.is(
      refusal(() => add(text, addition('bread', '1.0.0'))),
      want,
    );
  });

test.run();
