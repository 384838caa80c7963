import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Values } from '../../generator/values/maps.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import { parseValues } from '../../generator/values/parse.ts';
import { helmScalar } from '../../generator/values/scalars.ts';
import { type Helm, helms, runHelm } from '../support/helm.ts';
import { mergeRows } from './merge-rows.ts';

const test = suite('values: as Helm');

/** What `{{ toJson }}` of a Go-template expression gives in a chart with these defaults and `-f` files. */
async function inHelm(helm: Helm, expression: string, defaults: Values, files: readonly Values[]): Promise<unknown> {
  const dir = mkdtempSync(join(tmpdir(), 'as-helm-'));
  mkdirSync(join(dir, 'templates'));
  writeFileSync(join(dir, 'Chart.yaml'), 'apiVersion: v2\nname: x\nversion: 0.0.1\n');
  writeFileSync(join(dir, 'values.yaml'), JSON.stringify(defaults));
  writeFileSync(join(dir, 'templates/x.yaml'), `# {{ ${expression} }}\nkind: X\n`);
  const args = files.flatMap((file, index) => {
    writeFileSync(join(dir, `f${index}.yaml`), JSON.stringify(file));
    return ['-f', join(dir, `f${index}.yaml`)];
  });
  const { stdout } = await runHelm(helm, ['template', dir, ...args]);
  rmSync(dir, { recursive: true });
  return JSON.parse(/^# (.*)$/m.exec(stdout.replace(/^# Source.*$/m, ''))?.[1] ?? 'null');
}

/** Helm reads values files with the library of its template function fromYaml, which takes many texts in one run. */
async function readings(helm: Helm, texts: readonly string[]): Promise<unknown[]> {
  const lists = `range .Values.texts }}{{ fromYaml . | toJson }},{{ end }}null{{ ""`;
  const ascii = JSON.parse(JSON.stringify(texts)) as string[];
  return (await inHelm(helm, `"[" }}{{ ${lists} }}]{{ ""`, { texts: ascii }, [])) as unknown[];
}

const each = (name: string, check: (helm: Helm) => Promise<void>) =>
  test(name, async () => {
    if (helms().length === 0) return console.log('SKIPPED: no helm');
    for (const helm of helms()) await check(helm);
  });

const scalars = [
  ...[
    '012',
    '-012',
    '+012',
    '08',
    '0777777777777777777777777',
    '02000000000000000000000',
    '00',
    '-0',
    '0_1',
    '1__0',
    '1_',
  ],
  ...[
    '0b101',
    '-0b11',
    '0B11',
    '0b-101',
    '0b+1',
    '-0b+1',
    '0o14',
    '0O14',
    '-0o14',
    '0o8',
    '0x1F',
    '+0x10',
    '0x_1',
    '0x',
  ],
  ...[
    '18446744073709551615',
    '+18446744073709551615',
    '18446744073709551616',
    '-9223372036854775809',
    '9007199254740993',
  ],
  ...[
    '.5',
    '5.',
    '+.5',
    '.5_0',
    '.5_',
    '._5',
    '.5e1_0',
    '.5_e1',
    '1.e3',
    '.e3',
    '01.5',
    '012e2',
    '1_000.5',
    '1e400',
    '0.1.0',
  ],
  ...[
    'y',
    'N',
    'yEs',
    'On',
    'oFF',
    'True',
    'tRUE',
    '~',
    'null',
    'nULL',
    '=',
    '<<',
    '1:30',
    '2001-01-01',
    '0xFFFFFFFFFFFFFFFFFF',
  ],
];

each('a scalar', async helm => {
  const characters = fc.constantFrom(...'0123456789_.eExXoObB+-abfF');
  const random = fc.sample(fc.string({ unit: characters, minLength: 1, maxLength: 7 }), { numRuns: 3000, seed: 1 });
  const texts = [...scalars, ...random.filter(text => !/^(-|-{3}|\.{3})$/.test(text))];
  const read = await readings(
    helm,
    texts.map(text => `a: ${text}`),
  );
  assert.equal(
    texts.map(text => ({ a: helmScalar(text) })),
    read.slice(0, -1),
  );
});

const scalar = fc.oneof(
  fc.constantFrom(
    ...scalars,
    'x',
    'a b',
    'a:b',
    '"no"',
    "'012'",
    '"a\\n\\u00e9"',
    'a#b',
    'a #b',
    '*.x',
    '!!str 1',
    '! no',
    '!!int 3',
  ),
  fc.constantFrom(
    '&x y',
    '*x',
    '',
    '[a, {b: no}]',
    '{a: 1, "b":2}',
    '{a:1}',
    '[?a]',
    '|',
    '>-',
    '|+',
    '|\n      t: u\n\n      v',
    '"x\n    y"',
  ),
);
const line = fc
  .tuple(
    fc.constantFrom('', '  ', '    ', '  - ', '- '),
    fc.constantFrom('a', 'b', 'c', '"d"', '1', 'on', '&x e', '<<', '? f', 'x'),
    scalar,
  )
  .map(([indent, key, value]) => `${indent}${key}: ${value}`);
const file = fc
  .tuple(
    fc.array(line, { minLength: 1, maxLength: 6 }),
    fc.constantFrom('\n', '\r\n'),
    fc.constantFrom('', '\n', '\n---\n', '\n# c'),
  )
  .map(([lines, separator, end]) => lines.join(separator) + end);

const files = [
  'a: &x {b: 1}\nc: {<<: *x, b: 2, d: 3}\n',
  'a: &x {b: 1}\nc: {<<: [*x, {b: 2, e: 3}]}\n',
  'a: &x {b: {c: 1}}\nd: &z {<<: *x, e: 2}\nf: {<<: *z, b: {g: 3}}\n',
  'a: {"<<": 1, \'on\': 2}\n',
  '\ufeffa: &x {b: &x 1, c: *x}\nd: *x\n',
  'a: !!str 012\nb: !!int "3"\nc: !!bool true\nd: !!map {}\ne: ! no\nf: !<tag:yaml.org,2002:str> 1',
];

each('a file without a finding', async helm => {
  for (const text of files) assert.equal(parseValues(text, 'v.yaml').findings, []);
  const parsed = [...files, ...fc.sample(file, { numRuns: 20_000, seed: 1 })]
    .map(text => ({ text, ...parseValues(text, 'v.yaml') }))
    .filter(({ findings }) => findings.length === 0);
  assert.ok(parsed.length > 1000, `${parsed.length} files are enough`);
  const read = await readings(
    helm,
    parsed.map(({ text }) => text),
  );
  for (const [index, { text, values }] of parsed.entries()) assert.equal(values, read[index], text);
});

each('the merge rows', async helm => {
  const side = (pick: (row: (typeof mergeRows)[number]) => Values | undefined) =>
    Object.fromEntries(mergeRows.flatMap((row, index) => (pick(row) === undefined ? [] : [[`r${index}`, pick(row)]])));
  const got = await inHelm(
    helm,
    'toJson .Values',
    side(row => row[1]),
    [side(row => row[2][0]), side(row => row[2][1])],
  );
  assert.equal(
    got,
    side(row => row[3]),
  );
});

each('random merges', async helm => {
  const { tree } = fc.letrec(tie => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom(null, 0, '', 'x', true, []),
      fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__'), tie('tree'), { maxKeys: 3, noNullPrototype: true }),
    ),
  }));
  const values = () =>
    fc.dictionary(
      fc.integer({ min: 0, max: 300 }).map(number => `k${number}`),
      tree,
      { minKeys: 150, maxKeys: 300, noNullPrototype: true },
    );
  const [defaults = {}, ...files] = fc.sample(values(), { numRuns: 4, seed: 1 }) as Values[];
  // Helm 3 and 4 differ for a default that is null; our charts have none.
  const base = withoutNull(defaults) as Values;
  assert.equal(
    JSON.parse(JSON.stringify(mergeValues(base, ...files))),
    await inHelm(helm, 'toJson .Values', base, files),
  );
});

function withoutNull(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, inner) => (inner === null ? undefined : inner));
}

test.run();
