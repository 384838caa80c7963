/** Rows that both visitors must agree on: evaluated in this process, and printed and rendered by real Helm. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'uvu';
import * as assert from 'uvu/assert';
import { GeneratorError } from '../../generator/errors.ts';
import { evaluateDocuments, type Scope } from '../../generator/gotmpl/evaluate.ts';
import { printDocuments, printHelper } from '../../generator/gotmpl/print.ts';
import { addUsage, noUsage } from '../../generator/gotmpl/usage.ts';
import { type Helm, helms, runHelm } from '../support/helm.ts';
import { jsonForHelm } from '../support/helm-yaml.ts';
import { parseManifests } from '../support/render.ts';
import { type Sample, sampleRefs, usual, type V } from './sample.ts';

/** What a row prints and evaluates, once it knows where its values are. */
export interface Made {
  readonly template: string;
  /** Texts of the helpers that it includes. */
  readonly helpers: readonly string[];
  readonly evaluated: (scope: Scope) => readonly unknown[];
}
export interface Row {
  readonly name: string;
  readonly values: Partial<Sample>;
  readonly make: (v: V) => Made;
  /** The objects of the template. */
  readonly want: readonly unknown[];
}

/** Documents: `want` is the list of objects. */
export function documents(
  name: string,
  given: (v: V) => unknown,
  want: readonly unknown[],
  values: Partial<Sample> = {},
): Row {
  const make = (v: V): Made => {
    const node = given(v);
    const template = printDocuments(node, 'x.yaml').join('\n');
    return { template, helpers: helpersOf(node), evaluated: scope => evaluateDocuments(node as object, scope) };
  };
  return { name, values, make, want };
}

/** One object: `want` are its fields. */
export const fields = (name: string, given: (v: V) => object, want: object, values: Partial<Sample> = {}): Row =>
  documents(name, v => ({ kind: 'Row', ...given(v) }), [{ kind: 'Row', ...want }], values);

/** The helpers that a part of the language includes, printed. */
export function helpersOf(node: unknown): string[] {
  const usage = noUsage();
  addUsage(node, usage);
  return [...usage.helpers].map(h =>
    h.kind === 'static' ? `{{- define "${h.name}" -}}${h.offline}{{- end }}` : printHelper(h).join('\n'),
  );
}

/** Tests of each row: what it evaluates to in this process, and what each Helm makes of its template. */
export function agreeing(test: Test, rows: readonly Row[]): void {
  const made = rows.map((row, i) => attempted(row, key(i)));
  const good = made.map(row => (row instanceof Error ? nothing : row));
  const values = Object.fromEntries(rows.map((row, i) => [key(i), { ...usual, ...row.values }]));
  for (const [i, { name, want }] of rows.entries())
    test(`evaluate: ${name}`, () => {
      if (made[i] instanceof Error) throw made[i];
      assert.equal(good[i]!.evaluated({ '.Values': values }), want);
    });
  if (helms().length === 0) {
    console.log(`SKIPPED: ${rows.length} rows are not rendered, because there is no helm.`);
    for (const { name } of rows) test.skip(`helm: ${name}`);
  }
  for (const helm of helms()) {
    let rendering: Promise<Map<string, Outcome>> | undefined;
    for (const [i, { name, want }] of rows.entries())
      test(`${helm.name}: ${name}`, async () => {
        rendering ??= rendered(helm, good, values);
        const outcome = (await rendering).get(key(i)) ?? [];
        assert.equal(outcome, want);
        // In the same order, too.
        assert.is(JSON.stringify(outcome), JSON.stringify(good[i]!.evaluated({ '.Values': values })));
      });
  }
}

/** The same, but a row is also good where the printer refuses it. */
export function agreeingOrRefused(test: Test, rows: readonly Row[]): void {
  const refused = rows.filter(row => attempted(row, key(0)) instanceof GeneratorError);
  for (const { name } of refused) test(`refused: ${name}`, () => {});
  agreeing(
    test,
    rows.filter(row => !refused.includes(row)),
  );
}

const nothing: Made = { template: '', helpers: [], evaluated: () => [] };

/** What is refused fails the tests of its own row only. */
function attempted(row: Row, at: string): Made | Error {
  try {
    return row.make(sampleRefs(at));
  } catch (error) {
    return error as Error;
  }
}

const key = (i: number) => `r${i}`;
type Outcome = readonly unknown[] | string;

/** What Helm renders for each row's key, in one process. A row that Helm refuses is left out, and Helm runs again. */
async function rendered(helm: Helm, rows: readonly Made[], values: object): Promise<Map<string, Outcome>> {
  const dir = mkdtempSync(join(tmpdir(), 'agree-'));
  mkdirSync(join(dir, 'templates'));
  const write = (path: string, text: string) => writeFileSync(join(dir, path), text);
  write('Chart.yaml', 'apiVersion: v2\nname: rows\nversion: 0.0.1\n');
  write('values.yaml', jsonForHelm(values));
  write('templates/_helpers.tpl', `${[...new Set(rows.flatMap(row => row.helpers))].join('\n')}\n`);
  for (const [i, row] of rows.entries()) write(`templates/${key(i)}.yaml`, `${row.template}\n`);
  const refused = new Map<string, Outcome>();
  try {
    for (;;) {
      const { exitCode, stdout, stderr } = await runHelm(helm, ['template', 'sample', dir], { reject: false });
      if (exitCode === 0) return new Map([...refused, ...objectsByKey(stdout)]);
      const [, culprit] = /rows\/templates\/(r\d+)\.yaml/.exec(stderr) ?? [];
      if (culprit === undefined || refused.has(culprit)) throw new Error(stderr);
      refused.set(culprit, stderr);
      rmSync(join(dir, `templates/${culprit}.yaml`));
    }
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** Each document by itself, so that one that is no YAML spoils its own row only. */
function objectsByKey(stdout: string): Map<string, Outcome> {
  const all = new Map<string, unknown[]>();
  for (const text of stdout.split(/^(?=---$)/m)) {
    const [, name = 'no source'] = /^# Source: rows\/templates\/(\w+)\.yaml$/m.exec(text) ?? [];
    all.set(name, [...(all.get(name) ?? []), ...objectsOf(text)]);
  }
  return all;
}

function objectsOf(text: string): unknown[] {
  try {
    return parseManifests(text).map(({ object }) => object);
  } catch (error) {
    return [(error as Error).message];
  }
}
