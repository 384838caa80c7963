/** The third visitor gives the same objects as the second, and knows every value that a field depends on. */
import { isDeepStrictEqual } from 'node:util';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fields } from '../../generator/emit/fields.ts';
import { evaluateDocuments, type Manifest } from '../../generator/gotmpl/evaluate.ts';
import type { Schema } from '../../generator/gotmpl/expr.ts';
import { type Field, type FieldPath, type Traced, traceDocuments } from '../../generator/gotmpl/trace.ts';
import { scopeOf } from '../../generator/render/evaluate-chart.ts';
import type { Values } from '../../generator/values/maps.ts';
import { allCases, type Case, casesByChart, titleOf, twins } from '../chart/cases.ts';

const test = suite('gotmpl: trace');
const release = { name: 'mine', namespace: 'here' };

function put(to: Record<string, unknown>, [key, ...rest]: FieldPath, value: unknown): void {
  const map = to as Record<string | number, unknown>;
  if (rest.length === 0) map[key!] = value;
  else {
    map[key!] ??= typeof rest[0] === 'number' ? [] : {};
    put(map[key!] as Record<string, unknown>, rest, value);
  }
}

test('the fields of each object are the object, in every case', () => {
  let seen = 0;
  for (const c of [...allCases, ...twins]) {
    const scope = scopeOf(c.chart, c.values, release);
    for (const { documents } of Object.values(c.chart.resources)) {
      const want = evaluateDocuments(documents as object, scope);
      const { objects } = traceDocuments(documents as object, scope);
      assert.equal(
        objects.map(t => t.object),
        want,
        titleOf(c),
      );
      for (const { object, fields } of objects) {
        const again: Record<string, unknown> = {};
        for (const { path, value } of fields) put(again, path, value);
        assert.equal(again, object as Manifest, titleOf(c));
        seen += fields.length;
      }
    }
  }
  assert.ok(seen > 10_000, `${seen} fields`);
});

/** The same place: one path, or one that contains the other. */
const meets = (a: string, b: string) =>
  a === b || [a, b].some((x, i) => ['.', '['].some(end => [a, b][1 - i]!.startsWith(`${x}${end}`)));
const key = (path: FieldPath) => JSON.stringify(path);
const starts = (path: FieldPath, start: FieldPath) => start.every((part, i) => part === path[i]);

interface Known {
  readonly fields: ReadonlyMap<string, Field>;
  readonly traced: Traced;
}
function known(c: Case, values: Values): Map<string, Known> {
  const scope = scopeOf(c.chart, values, release);
  const all = Object.entries(c.chart.resources).flatMap(([path, { documents }]) =>
    traceDocuments(documents as object, scope).objects.map(traced => {
      const { kind, metadata } = traced.object as { kind: string; metadata: Record<string, string> };
      const id = [path, kind, metadata.namespace, metadata.name].join(' ');
      return [id, { traced, fields: new Map(traced.fields.map(f => [key(f.path), f])) }] as const;
    }),
  );
  return new Map(all);
}

/** What an object says of one place: every value that it names. */
function touching({ traced, fields }: Known, path: FieldPath): readonly string[] {
  const field = fields.get(key(path));
  return [
    ...traced.conditions,
    ...(field === undefined ? [] : [...field.values, ...field.conditions]),
    ...traced.absent.filter(a => starts(path, a.path) || starts(a.path, path)).flatMap(a => a.conditions),
    // A field that takes the place of an empty map or list.
    ...[...fields.values()].filter(f => starts(path, f.path)).flatMap(f => [...f.values, ...f.conditions]),
  ];
}
/** What decides that there is such an object, of that name. */
const naming = ({ traced, fields }: Known) => [
  ...traced.conditions,
  ...['name', 'namespace'].flatMap(part => {
    const field = fields.get(key(['metadata', part]));
    return [...(field?.values ?? []), ...(field?.conditions ?? [])];
  }),
];

const at = (values: unknown, path: string) =>
  path.split('.').reduce<unknown>((x, part) => (x as Record<string, unknown> | undefined)?.[part], values);
function withValue(values: Values, path: string, value: unknown): Values {
  const copy = structuredClone(values) as Record<string, unknown>;
  const parts = path.split('.');
  const last = parts.pop()!;
  (parts.reduce<unknown>((x, part) => (x as Record<string, unknown>)[part], copy) as Record<string, unknown>)[last] =
    value;
  return copy;
}

test('a field that changes with a value says so, before or after: each value of each case put into each other case', () => {
  let changes = 0;
  const reached = new Set<string>();
  for (const [chart, cases] of casesByChart) {
    const paths = fields(chart.values as Schema).map(f => f.path);
    for (const c of cases) {
      const before = known(c, c.values);
      for (const path of paths) {
        const others = new Map(cases.map(other => [JSON.stringify(at(other.values, path)), at(other.values, path)]));
        others.delete(JSON.stringify(at(c.values, path)));
        for (const value of [...others.values()].slice(0, 1)) {
          const after = known(c, withValue(c.values, path, value));
          const say = (id: string, what: string) => `${titleOf(c)}, ${path}: ${JSON.stringify(value)}: ${id}: ${what}`;
          for (const id of new Set([...before.keys(), ...after.keys()])) {
            const [a, b] = [before.get(id), after.get(id)];
            if (a === undefined || b === undefined) {
              changes += 1;
              assert.ok(
                naming((a ?? b)!).some(use => meets(use, path)),
                say(id, 'comes or goes'),
              );
              continue;
            }
            for (const at of new Set([...a.fields.keys(), ...b.fields.keys()])) {
              if (isDeepStrictEqual(a.fields.get(at)?.value, b.fields.get(at)?.value)) continue;
              changes += 1;
              reached.add(path);
              const said = [a, b].flatMap(known => touching(known, JSON.parse(at)));
              assert.ok(
                said.some(use => meets(use, path)),
                say(id, at),
              );
            }
          }
        }
      }
    }
  }
  assert.ok(changes > 10_000 && reached.size > 30, `${changes} changes by ${reached.size} values`);
});

test.run();
