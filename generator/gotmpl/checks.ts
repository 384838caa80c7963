/** What the printer refuses, because Helm would render it wrong. Each message says what it is and what to do. */
import { GeneratorError } from '../errors.ts';
import {
  type AnyExpr,
  ENTRIES,
  type Format,
  INCLUDE,
  isExpr,
  type MapHelper,
  type Schema,
  type Spread,
} from './expr.ts';
import { exprText } from './text.ts';

/** Where the printer stands: the template and the field. */
export interface Place {
  readonly file: string;
  readonly path: string;
}

export function refuse({ file, path }: Place, message: string): never {
  throw new GeneratorError(`${file}: ${path === '' ? 'the document' : path} ${message}`);
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

interface HelperKeys {
  readonly keys: readonly string[];
  /** It prints a user's map. */
  readonly open: boolean;
  readonly reserved: readonly string[];
}
function helperKeys(helper: MapHelper): HelperKeys {
  const { [ENTRIES]: user, [INCLUDE]: inner } = helper.body as Spread;
  const below = inner === undefined ? undefined : helperKeys(inner);
  return {
    keys: [...(below?.keys ?? []), ...Object.keys(helper.body)],
    open: user !== undefined || below?.open === true,
    reserved: [...(user?.reserved ?? []), ...(below?.reserved ?? [])],
  };
}

/** A number must print as digits: from 10^6 on, Helm prints a number of a values file as 1e+06. */
export function checkInteger(place: Place, e: AnyExpr): void {
  const { type, maximum = Infinity, minimum = -Infinity } = e.schema;
  if (type === 'number') refuse(place, 'is a fraction, which Helm and JSON print differently; use an integer or text.');
  if (type !== 'integer') return;
  if (!(maximum < 1e6))
    refuse(place, 'is an integer that Helm may print as 1e+06; give it a maximum below 1000000 in values-schema.');
  if (!(minimum > -1e6))
    refuse(place, 'is an integer that Helm may print as -1e+06; give it a minimum above -1000000 in values-schema.');
}

/** A private key goes into a Secret's data, as base64, and nowhere else. */
export function checkPublic(place: Place, e: AnyExpr): void {
  const secret = e.kind === 'path' && (e.schema.secret === true || hasSecret(e.schema));
  if (secret) refuse(place, 'prints a private key as it is; use base64() in the data of a Secret.');
  if (e.kind === 'call' && e.fn !== 'base64') for (const a of e.args) if (isExpr(a)) checkPublic(place, a);
  if (e.kind === 'answer' && e.helper.kind === 'joined') checkPublic(place, e.helper.item);
  if (e.kind === 'answer' && e.helper.kind === 'text') checkPublic(place, e.helper.value);
  if (e.kind === 'answer' && e.helper.kind === 'list') checkPublic(place, e.helper.list);
}

const hasSecret = (schema: Schema): boolean =>
  Object.values(schema.properties ?? {}).some(child => child.secret === true || hasSecret(child));

/** What Go templates would compute otherwise than we do, in a value or in a condition. */
export function checkSound(place: Place, e: AnyExpr): void {
  if (e.kind === 'answer' && e.helper.kind === 'joined') checkInteger(place, e.helper.item);
  if (e.kind === 'answer' && e.helper.kind === 'list')
    refuse(place, `reads the helper ${e.helper.name}, which is JSON text in Go; use the list that it prints.`);
  if (e.kind !== 'call') return;
  const [first] = e.args.filter(isExpr);
  if (e.fn === 'choose' && !isBoolean(first!))
    refuse(place, 'chooses by something that is not true or false, which ternary refuses; compare it with eq().');
  if (e.fn === 'hasNumber' || e.fn === 'portsWith')
    checkInteger(place, { ...first!, schema: first!.schema.items! } as AnyExpr);
  if (e.fn === 'chartLabel' && e.args.some(a => isExpr(a) && a.schema.pattern === undefined))
    refuse(place, 'makes a label of any text, which Helm cuts by bytes; give its parts a pattern.');
  for (const a of e.args) if (isExpr(a)) checkSound(place, a);
}

/** The same, for what is printed. */
export function checkValue(place: Place, e: AnyExpr): void {
  checkPublic(place, e);
  checkInteger(place, e);
  // The list of a helper may be printed, and nothing else.
  checkSound(place, e.kind === 'answer' && e.helper.kind === 'list' ? e.helper.list : e);
  if (e.kind !== 'call') return;
  if ((e.fn === 'and' || e.fn === 'or') && !isBoolean(e))
    refuse(place, `prints ${e.fn}, which gives one of its arguments in Go; use it in when().`);
  const [list] = e.args.filter(isExpr);
  if (e.fn === 'first' && (list!.schema.minItems ?? 0) === 0)
    refuse(place, 'prints the first item of a list that may be empty; use orElse().');
}

/** A list that is printed whole: of texts that mean the same in JSON, in YAML and to Helm. */
export function checkList(place: Place, e: AnyExpr): void {
  checkValue(place, e);
  if (!safeItems(e))
    refuse(
      place,
      `prints the list ${exprText(e, '')}, whose items may be any text; give them a pattern, or use each().`,
    );
}

function safeItems(e: AnyExpr): boolean {
  if (e.kind === 'answer' && e.helper.kind === 'list') return safeItems(e.helper.list);
  if (e.kind === 'call' && ['choose', 'concat', 'union'].includes(e.fn))
    return e.args.every(a => (isExpr(a) ? a.schema.type !== 'array' || safeItems(a) : areHarmless(a)));
  if (e.kind === 'call' && e.fn === 'single') {
    const { text, args } = e.args[0] as Format;
    return text.every(t => HARMLESS.test(t)) && args.every(safeInQuotes);
  }
  return e.schema.items !== undefined && safeInQuotes({ kind: 'path', base: '', keys: [], schema: e.schema.items });
}

/** Only true or false: and, or give one of their arguments in Go. */
function isBoolean(e: AnyExpr): boolean {
  if (e.schema.type !== 'boolean') return false;
  return e.kind !== 'call' || (e.fn !== 'and' && e.fn !== 'or') || e.args.every(a => isExpr(a) && isBoolean(a));
}

const areHarmless = (a: unknown): boolean => Array.isArray(a) && a.every(item => HARMLESS.test(String(item)));

const HARMLESS = /^[\w ./:@,+=*~!?;&<>()|[\]^$%#'`-]*$/;

/** True when no string that an expression may yield can end a double-quoted YAML scalar or change it. */
export function safeInQuotes(e: AnyExpr): boolean {
  const { type, enum: choices, pattern } = e.schema;
  if (type === 'boolean' || type === 'integer') return true;
  if (e.kind === 'call' && e.fn === 'default')
    return e.args.every(a => (isExpr(a) ? safeInQuotes(a) : HARMLESS.test(String(a))));
  if (e.kind === 'call' && e.fn === 'choose')
    return e.args.slice(1).every(a => (isExpr(a) ? safeInQuotes(a) : HARMLESS.test(String(a))));
  if (e.kind === 'answer' && e.helper.kind === 'text') return safeInQuotes(e.helper.value);
  if (choices !== undefined) return choices.every(x => HARMLESS.test(String(x)));
  return pattern !== undefined && safePattern(pattern);
}

/** A pattern, anchored as a whole, of literals and of classes that list what they allow: letters, digits and the like. */
export function safePattern(pattern: string): boolean {
  const body = /^\^(.*)\$$/.exec(pattern)?.[1];
  if (body === undefined || topLevelChoice(body)) return false;
  const classes = body.replace(/\[([^\]^][^\]]*)\]/g, (whole, listed: string) =>
    // A range within one kind: A-z would let a backslash through.
    /^-?([a-z]-[a-z]|[A-Z]-[A-Z]|[0-9]-[0-9]|[\w .,/:@+*=])*-?$/.test(listed) ? '' : whole,
  );
  const literals = classes.replace(/\\[.*+?()|/-]/g, '').replace(/\{\d+(,\d*)?\}/g, '');
  return /^[\w ,/:@=()|?*+-]*$/.test(literals);
}

/** `^a|b$` is two patterns, each of them anchored on one side only. */
function topLevelChoice(body: string): boolean {
  let depth = 0;
  for (const c of body.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '')) {
    if (c === '(') depth += 1;
    if (c === ')') depth -= 1;
    if (c === '|' && depth === 0) return true;
  }
  return false;
}

/** A format between double quotes. */
export function checkFormat(place: Place, format: Format): void {
  checkFormatText(place, format);
  if (format.text.some(t => /["\\\n\t]/.test(t)))
    refuse(place, 'holds a quote, a backslash or a line break between its quotes; write it without.');
  for (const e of format.args) {
    checkValue(place, e);
    if (!safeInQuotes(e))
      refuse(
        place,
        `puts ${exprText(e, '')} between quotes, which it could break out of; give it a pattern in values-schema.`,
      );
  }
}

/** The literal parts of a format: no brace may touch those of an action. */
export function checkFormatText(place: Place, { text }: Format): void {
  for (const t of text) checkLiteral(place, t);
  if (text.slice(0, -1).some(t => t.endsWith('{')) || text.slice(1).some(t => t.startsWith('}')))
    refuse(place, 'has a brace beside an action, which Helm would take for one of its own; say it without braces.');
}

/** Words that stand in a Go comment. */
export function checkComment(file: string, text: string): void {
  if (/\*\//.test(text))
    refuse({ file, path: '' }, 'has words with */, which would end their comment; say it otherwise.');
}

/** Literal text must not start an action of its own, and must be printable. */
export function checkLiteral(place: Place, text: string): void {
  if (/\{\{|\}\}/.test(text)) refuse(place, 'holds {{ or }} as text, which Helm would execute; say it without braces.');
  if (text.includes('<no value>')) refuse(place, 'holds <no value>, which Helm deletes; say it otherwise.');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]/.test(text))
    refuse(place, 'holds a control character; remove it.');
}
