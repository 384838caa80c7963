/** What the printer refuses, because Helm would render it wrong. Each message says what it is and what to do. */
import { GeneratorError } from '../errors.ts';
import {
  type AnyExpr,
  type Call,
  ENTRIES,
  type Format,
  INCLUDE,
  isExpr,
  isNode,
  type MapHelper,
  type Schema,
  type Spread,
} from './expr.ts';
import { exprText } from './text.ts';

/** Where the printer stands: the template and the field, and the conditions that hold there. */
export interface Place {
  readonly file: string;
  readonly path: string;
  readonly holds: readonly AnyExpr[];
}

export function refuse({ file, path }: Place, message: string): never {
  throw new GeneratorError(`${file}: ${path === '' ? 'the document' : path} ${message}`);
}

const sameText = (a: AnyExpr, b: AnyExpr) => exprText(a, '') === exprText(b, '');

/** True when `holds` makes at least one of `conditions` true, whatever the values. */
export function guaranteed(holds: AnyExpr, conditions: readonly AnyExpr[]): boolean {
  if (conditions.some(c => sameText(c, holds))) return true;
  if (conditions.some(c => conditions.some(d => areBranches(holds, c, d)))) return true;
  if (holds.kind !== 'call') return false;
  const parts = holds.args.filter(isExpr);
  if (holds.fn === 'or') return parts.every(p => guaranteed(p, conditions));
  return holds.fn === 'and' && parts.some(p => guaranteed(p, conditions));
}

/** One of `yes` and `no` is true wherever `a` is: they are `a and b`, and `a and not b`. */
function areBranches(a: AnyExpr, yes: AnyExpr, no: AnyExpr): boolean {
  const beyond = (e: AnyExpr) => conjuncts(e).filter(x => !conjuncts(a).some(y => sameText(x, y)));
  const covers = (e: AnyExpr) => conjuncts(a).every(x => conjuncts(e).some(y => sameText(x, y)));
  const [b, notB] = [beyond(yes), beyond(no)];
  return covers(yes) && covers(no) && b.length === 1 && notB.length === 1 && opposite(b[0]!, notB[0]!);
}

const conjuncts = (e: AnyExpr): AnyExpr[] => (e.kind === 'call' && e.fn === 'and' ? e.args.filter(isExpr) : [e]);

/** `no` is the negation of `yes`. */
const opposite = (yes: AnyExpr, no: AnyExpr) =>
  no.kind === 'call' && no.fn === 'not' && sameText(no.args[0] as AnyExpr, yes);

/** The condition under which a node prints anything: `always`, or an expression that must be true. */
export function presence(n: unknown): AnyExpr | 'always' {
  if (!isNode(n)) return 'always';
  if (n.kind === 'when') return n.test;
  if (n.kind === 'note') return presence(n.body);
  if (n.kind === 'each') return neverEmpty(n.list) ? 'always' : n.list;
  return 'always';
}

function neverEmpty(list: AnyExpr): boolean {
  if ((list.schema.minItems ?? 0) > 0) return true;
  return list.kind === 'call' && list.fn === 'concat' && (list as Call).args.some(a => isExpr(a) && neverEmpty(a));
}

/** A condition and, where it is an `or`, each of its arms: any of them is enough. */
const arms = (e: AnyExpr): AnyExpr[] =>
  e.kind === 'call' && e.fn === 'or' ? [e, ...e.args.filter(isExpr).flatMap(arms)] : [e];

/** A map or list whose every part is conditional would render as null where all conditions are false. */
export function checkNeverNull(place: Place, what: 'map' | 'list', parts: readonly (AnyExpr | 'always')[]): void {
  if (parts.includes('always')) return;
  const conditions = (parts as readonly AnyExpr[]).flatMap(arms);
  if (conditions.some(c => conditions.some(d => opposite(c, d)))) return;
  if (place.holds.some(h => guaranteed(h, conditions))) return;
  const fix =
    what === 'map'
      ? 'put the when() around the whole field'
      : 'give the list minItems in values-schema, or put a when() on it around the whole field';
  refuse(place, `may render as a null ${what}, because all its parts are conditional; ${fix}.`);
}

/** Keys that look like integers: JavaScript would move them to the front. */
export function checkKeys(place: Place, keys: readonly string[]): void {
  const key = keys.find(k => /^(0|[1-9]\d*)$/.test(k));
  if (key !== undefined)
    refuse(place, `has the integer-like key ${key}, which JavaScript reorders; use another structure.`);
}

/** Our own keys beside a helper's must be reserved there, otherwise a user's map could print them a second time. */
export function checkSpreads(place: Place, map: Spread, own: readonly string[]): void {
  const helper = map[INCLUDE];
  if (helper === undefined) return;
  const theirs = helperKeys(helper);
  for (const key of own) {
    if (theirs.keys.includes(key)) refuse(place, `sets ${key}, which the helper ${helper.name} sets too; remove one.`);
    if (theirs.open && !theirs.reserved.includes(key))
      refuse(
        place,
        `sets ${key} beside the helper ${helper.name}, which prints a user's map; reserve the key in its entries().`,
      );
  }
  if (map[ENTRIES] !== undefined && theirs.open)
    refuse(place, `has two user's maps, its own and that of ${helper.name}; keep one.`);
}

function helperKeys(helper: MapHelper): { keys: readonly string[]; open: boolean; reserved: readonly string[] } {
  const user = (helper.body as Spread)[ENTRIES];
  return { keys: Object.keys(helper.body), open: user !== undefined, reserved: user?.reserved ?? [] };
}

/** A number must print as digits: from 10^6 on, Helm prints a number of a values file as 1e+06. */
export function checkInteger(place: Place, e: AnyExpr): void {
  if (e.schema.type === 'number')
    refuse(place, 'is a fraction, which Helm and JSON print differently; use an integer or text.');
  if (e.schema.type === 'integer' && !((e.schema.maximum ?? Infinity) < 1e6))
    refuse(place, 'is an integer that Helm may print as 1e+06; give it a maximum below 1000000 in values-schema.');
}

/** A private key goes into a Secret's data, as base64, and nowhere else. */
export function checkPublic(place: Place, e: AnyExpr): void {
  if (e.kind === 'path' && e.schema.secret === true)
    refuse(place, 'prints a private key as it is; use base64() in the data of a Secret.');
  if (e.kind === 'call' && e.fn !== 'base64') for (const a of e.args) if (isExpr(a)) checkPublic(place, a);
}

const HOSTILE = ['"', '\\', '\n', '\r', '\t', '\u0000', '\u0085', '\u2028', '\ufeff', '{{', '}}'];

/** True when no string that the schema allows can end a double-quoted YAML scalar or change it. */
export function safeInQuotes(schema: Schema): boolean {
  if (schema.type === 'boolean' || schema.type === 'integer') return true;
  if (schema.enum !== undefined) return schema.enum.every(x => !HOSTILE.some(h => String(x).includes(h)));
  if (schema.pattern === undefined) return false;
  const pattern = new RegExp(schema.pattern, 'u');
  return !HOSTILE.some(h => ['', 'a', 'a.a', 'a:1'].some(s => [h + s, s + h, s + h + s].some(x => pattern.test(x))));
}

export function checkFormat(place: Place, format: Format): void {
  checkLiteral(place, format.text.join(''));
  for (const e of format.args) {
    checkPublic(place, e);
    checkInteger(place, e);
    if (!safeInQuotes(e.schema))
      refuse(
        place,
        `puts ${exprText(e, '')} between quotes, which it could break out of; give it a pattern in values-schema.`,
      );
  }
}

/** Literal text must not start an action of its own, and must be printable. */
export function checkLiteral(place: Place, text: string): void {
  if (/\{\{|\}\}/.test(text)) refuse(place, 'holds {{ or }} as text, which Helm would execute; say it without braces.');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]/.test(text))
    refuse(place, 'holds a control character; remove it.');
}
