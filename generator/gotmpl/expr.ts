/**
 * The template language as data: what a manifest, a helper, a rule or NOTES is made of.
 * Two visitors give it meaning: print.ts (Go-template text) and evaluate.ts (plain values, in this process).
 * It knows nothing about OpenShift.
 */
import type { TSchema } from 'typebox';

export type Scalar = string | number | boolean;

/** JSON schema of what an expression yields, with our own keywords. */
export type Schema = TSchema & {
  readonly type?: string;
  readonly enum?: readonly Scalar[];
  readonly pattern?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly minItems?: number;
  readonly minProperties?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  /** True for private keys: never printed but as base64 in a Secret. */
  readonly secret?: boolean;
};

/** A path below `.Values`, `.Release`, `.Chart` or a loop variable (`$server`). */
export interface Path {
  readonly kind: 'path';
  readonly base: string;
  readonly keys: readonly string[];
  readonly schema: Schema;
}
/** A call of one row of the function table (functions.ts). */
export interface Call {
  readonly kind: 'call';
  readonly fn: string;
  readonly args: readonly Arg[];
  readonly schema: Schema;
}
/** The text of a helper, as an expression: a text, a list, a joined list, a condition, or a static Go file's answer. */
export interface Answer {
  readonly kind: 'answer';
  readonly helper: TextHelper | ListHelper | JoinedHelper | ConditionHelper | StaticHelper;
  readonly schema: Schema;
}
/** Literal text around expressions: `"a{{ x }}b"` in a manifest, `printf "a%sb" x` as an argument. */
export interface Format {
  readonly kind: 'format';
  readonly text: readonly string[];
  readonly args: readonly AnyExpr[];
}
export type AnyExpr = Path | Call | Answer;
export type Arg = AnyExpr | Format | Scalar | readonly Scalar[];

declare const YIELDS: unique symbol;
/** An expression that yields a T. */
export type Expr<T> = AnyExpr & { readonly [YIELDS]?: T };
/** An expression with the shape of T below it: `v.kafka.enabled`. A path that T does not have does not compile. */
export type Ref<T> = Expr<T> &
  (T extends readonly unknown[]
    ? unknown
    : T extends object
      ? string extends keyof T
        ? unknown
        : { readonly [K in keyof T & string]-?: Ref<NonNullable<T[K]>> }
      : unknown);

export interface When<N = unknown> {
  readonly kind: 'when';
  readonly test: Expr<unknown>;
  readonly body: N;
}
export interface Each<N = unknown> {
  readonly kind: 'each';
  readonly list: Expr<unknown>;
  readonly as: string;
  /** Name of the variable with the index of the item, where the body uses it. */
  readonly index?: string;
  readonly body: N;
}
/** What a document writes once, under the YAML anchor `name`, and from then on repeats by that name. */
export interface Shared<N = unknown> {
  readonly kind: 'shared';
  readonly name: string;
  /** Whether this place repeats it: known beforehand, or told by a condition. */
  readonly repeats: boolean | AnyExpr;
  readonly body: N;
}
export interface Note<N = unknown> {
  readonly kind: 'note';
  readonly text: string;
  readonly body: N;
}
/** A note that does not fit always, as its condition says; its field stays in any case. */
export interface NoteWhen<N = unknown> extends Note<N> {
  readonly test: AnyExpr;
}
/** Refuses the values, with the sentence that says why. Only in rules. */
export interface Fail {
  readonly kind: 'fail';
  readonly message: Format;
}

/** Keys spread into a map: a helper's (`include`) or a user's (`entries`). Symbols, so that no field can clash. */
export const INCLUDE = Symbol('include');
export const ENTRIES = Symbol('entries');
export interface Entries {
  readonly map: Expr<Readonly<Record<string, unknown>>>;
  /** Keys that a user may not bring, because the chart prints them in the same map elsewhere. */
  readonly reserved: readonly string[];
}
export interface Spread {
  readonly [INCLUDE]?: MapHelper;
  readonly [ENTRIES]?: Entries;
}

/** A `define` whose body is a map, such as common labels. */
export interface MapHelper {
  readonly kind: 'map';
  readonly name: string;
  readonly doc: string;
  readonly body: object;
  /** What holds wherever it is included, where all its keys are conditional. It then stands after the other keys. */
  readonly given?: AnyExpr;
}
/** A `define` that yields a text, which several templates need. */
export interface TextHelper {
  readonly kind: 'text';
  readonly name: string;
  readonly doc: string;
  readonly value: Expr<string>;
}
/** A `define` that yields a list of texts, in JSON: for a field that holds nothing else. */
export interface ListHelper {
  readonly kind: 'list';
  readonly name: string;
  readonly doc: string;
  readonly list: Expr<readonly string[]>;
}
/** A `define` that joins one string or number of each item with commas; `listOf` splits it again. */
export interface JoinedHelper {
  readonly kind: 'joined';
  readonly name: string;
  readonly doc: string;
  readonly list: Expr<unknown>;
  readonly as: string;
  readonly item: AnyExpr;
}
/** A `define` that says "true" where a condition holds, for a condition that several templates share. */
export interface ConditionHelper {
  readonly kind: 'condition';
  readonly name: string;
  readonly doc: string;
  readonly test: Expr<unknown>;
}
/** A `define` in a hand-written Go file that asks the cluster; `offline` is its answer where there is none. */
export interface StaticHelper {
  readonly kind: 'static';
  readonly name: string;
  readonly offline: string;
}
export type Helper = MapHelper | TextHelper | ListHelper | JoinedHelper | ConditionHelper | StaticHelper;

type Text<T> = T extends string ? (string extends T ? Format : never) : never;
/** T as it may be written in a manifest: every leaf a constant or an expression of the same type. */
export type Templated<T> = T extends Scalar
  ? T | Expr<T> | Text<T>
  : T extends readonly (infer U)[]
    ? readonly Item<U>[] | (U extends string ? Expr<readonly U[]> : never)
    : T extends object
      ? { readonly [K in keyof T]: Slot<T[K]> } & Spread
      : T;
/** A field: its value, or its value under a condition, or with a sentence beside it. */
export type Slot<T> = Templated<T> | When<Slot<T>> | Note<Slot<T>> | Shared<Slot<T>>;
type Items<U> = Item<U> | readonly Item<U>[];
/** What may stand in a list: items, items under a condition or for each of a user's list (one or several). */
export type Item<U> = Templated<U> | When<Items<U>> | Each<Items<U>> | Note<Item<U>>;
/** A manifest, or several: under a condition, one for each item of a list. */
export type Documents = object | When<Documents> | Each<Documents>;

const NODE = Symbol('node');
const node = <N extends object>(fields: N): N => Object.freeze(Object.defineProperty(fields, NODE, { value: true }));
export type Node = AnyExpr | Format | When | Each | Note | Shared | Fail;
export const isNode = (x: unknown): x is Node => typeof x === 'object' && x !== null && NODE in x;
export const isExpr = (x: unknown): x is AnyExpr => isNode(x) && ['path', 'call', 'answer'].includes(x.kind);

/** References with the shape of `schema`: a wrong path is a compile error here, and undefined at run time. */
export function refs<T>(schema: TSchema, base = '.Values', keys: readonly string[] = []): Ref<T> {
  const path: Path = { kind: 'path', base, keys, schema: schema as Schema };
  for (const [key, child] of Object.entries(path.schema.properties ?? {}))
    Object.defineProperty(path, key, { value: refs(child, base, [...keys, key]) });
  return node(path) as Ref<T>;
}

/** For functions.ts only: the typed words of the language that are function calls live there. */
export const call = <T>(fn: string, args: readonly Arg[], schema: object): Expr<T> =>
  node({ kind: 'call', fn, args, schema: schema as Schema });

/** Text around expressions. In a manifest the result stands in double quotes, so each argument must be safe there. */
export function fmt(text: TemplateStringsArray, ...args: readonly (Expr<Scalar> | string)[]): Format {
  const texts = [text[0]!];
  args.forEach((arg, i) => {
    if (typeof arg === 'string') texts.push(texts.pop() + arg + text[i + 1]!);
    else texts.push(text[i + 1]!);
  });
  return node({ kind: 'format', text: texts, args: args.filter(isExpr) });
}
/** The body only if `test` is true, as Go templates see truth: not false, 0, "", or empty. */
export const when = <const N>(test: Expr<unknown>, body: NoInfer<N>): When<N> => node({ kind: 'when', test, body });
/** A sentence beside a field, as the numbered callouts of a manual: a YAML comment in the template. */
export const note = <const N>(text: string, body: NoInfer<N>): Note<N> => node({ kind: 'note', text, body });
/** The same, where the field stays when the sentence does not fit. */
export const noteWhen = <const N>(test: Expr<unknown>, text: string, body: NoInfer<N>): NoteWhen<N> =>
  node({ kind: 'note', test, text, body });
/** Refuse the values: `fail` with "what is wrong; what to write instead". */
export const fail = (text: TemplateStringsArray, ...args: readonly (Expr<Scalar> | string)[]): Fail =>
  node({ kind: 'fail', message: fmt(text, ...args) });
/** The body for each item of a list; `as` names the loop variable in the template. */
export const each = <T, N>(list: Expr<readonly T[]>, as: string, body: (item: Ref<T>) => N): Each<N> =>
  node({ kind: 'each', list, as, body: body(refs<T>(itemSchema(list), `$${as}`)) });
/** The same, with the index of the item from 0 on; `index` names its variable. */
export function eachNumbered<T, N>(
  list: Expr<readonly T[]>,
  index: string,
  as: string,
  body: (item: Ref<T>, index: Expr<number>) => N,
): Each<N> {
  const schema = { type: 'integer', minimum: 0, maximum: 999_999 } as unknown as Schema;
  const number: Expr<number> = node({ kind: 'path', base: `$${index}`, keys: [], schema });
  return node({ kind: 'each', list, as, index, body: body(refs<T>(itemSchema(list), `$${as}`), number) });
}
/**
 * A value that stands in its document more than once, so that a long one is written once: `name` is its YAML anchor.
 * `repeats` is false where it is written, true where it was before, or the condition under which it was.
 */
export const shared = <const N>(name: string, repeats: boolean | Expr<unknown>, body: N): Shared<N> =>
  node({ kind: 'shared', name, repeats, body });

/** A helper's keys, spread into a map: `{ ...include(labels), app: 'x' }`. */
export const include = (helper: MapHelper): Spread => ({ [INCLUDE]: helper });
/** A user's map, spread into a map after our own keys. Keys of ours, and `reserved` ones, are left out of it. */
export const entries = (map: Expr<Readonly<Record<string, unknown>>>, reserved: readonly string[] = []): Spread => ({
  [ENTRIES]: { map, reserved },
});

export const defineMap = (name: string, doc: string, body: object, given?: AnyExpr): MapHelper => ({
  kind: 'map',
  name,
  doc,
  body,
  ...(given === undefined ? {} : { given }),
});
export const defineText = (name: string, doc: string, value: Expr<string>): TextHelper => ({
  kind: 'text',
  name,
  doc,
  value,
});
export const defineList = (name: string, doc: string, list: Expr<readonly string[]>): ListHelper => ({
  kind: 'list',
  name,
  doc,
  list,
});
export function defineJoined<T>(
  name: string,
  doc: string,
  list: Expr<readonly T[]>,
  as: string,
  item: (item: Ref<T>) => Expr<string | number>,
): JoinedHelper {
  return { kind: 'joined', name, doc, list, as, item: item(refs<T>(itemSchema(list), `$${as}`)) };
}
export const defineCondition = (name: string, doc: string, test: Expr<unknown>): ConditionHelper => ({
  kind: 'condition',
  name,
  doc,
  test,
});
export const defineStatic = (name: string, offline: string): StaticHelper => ({ kind: 'static', name, offline });

/** The answer of a helper: text, true when it is not empty. */
export const answer = (helper: StaticHelper | ConditionHelper): Expr<string> =>
  node({ kind: 'answer', helper, schema: { type: 'string' } as unknown as Schema });
/** The text of a helper, wherever it is needed. */
export const textOf = (helper: TextHelper): Expr<string> =>
  node({ kind: 'answer', helper, schema: helper.value.schema });
/** The list of a helper, as the whole value of a field. */
export const listFrom = (helper: ListHelper): Expr<readonly string[]> =>
  node({ kind: 'answer', helper, schema: helper.list.schema });
/** The joined text of a list helper. */
export const joined = (helper: JoinedHelper): Expr<string> =>
  node({ kind: 'answer', helper, schema: { type: 'string' } as unknown as Schema });

function itemSchema(list: AnyExpr): Schema {
  if (list.schema.items === undefined) throw new TypeError('each: the list has no schema for its items');
  return list.schema.items;
}
