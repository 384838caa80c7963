/** Expressions to Go-template text. With print.ts, the only code that writes "{{". */
import { type AnyExpr, type Arg, type Format, isNode } from './expr.ts';
import { functions } from './functions.ts';

/** How the template's root is written: `` (dot) outside loops, `$` inside them, where dot is the item. */
export type Root = '' | '$';

/** A Go string literal; JSON's escapes are a subset of Go's. */
export const goString = (s: string): string => JSON.stringify(s);

const READS_MAP = new Set(['at', 'hasKey', 'keys']);

/** The text of an expression, without the braces of an action. */
export function exprText(e: AnyExpr, root: Root): string {
  if (e.kind === 'path')
    return `${e.base.startsWith('$') ? e.base : root + e.base}${e.keys.map(k => `.${k}`).join('')}`;
  if (e.kind === 'answer') return `include ${goString(e.helper.name)} ${root || '.'}`;
  const args = e.args.map(a => argText(a, root));
  // An entry that a user's map lacks is nil, in which Go looks nothing up.
  const [first] = e.args;
  if (READS_MAP.has(e.fn) && isNode(first) && first.kind === 'call' && first.fn === 'at')
    args[0] = `(default dict ${args[0]})`;
  return functions[e.fn]!.text(...args);
}

function argText(a: Arg, root: Root): string {
  if (Array.isArray(a)) return `(${['list', ...a.map(x => argText(x, root))].join(' ')})`;
  if (!isNode(a)) return typeof a === 'string' ? goString(a) : String(a);
  if (a.kind === 'format') return `(${printfText(a, root)})`;
  const text = exprText(a as AnyExpr, root);
  return text.includes(' ') ? `(${text})` : text;
}

/** A format as an argument: `printf "a%vb" x`, or a plain string where it has no arguments. */
export function printfText({ text, args }: Format, root: Root): string {
  const whole = text.map(t => t.replaceAll('%', '%%')).join('%v');
  if (args.length === 0) return goString(text[0]!);
  return ['printf', goString(whole), ...args.map(a => argText(a, root))].join(' ');
}

/** A format between quotes or as plain text: `a{{ x }}b`. */
export const inlineText = ({ text, args }: Format, root: Root): string =>
  text.map((t, i) => (i < args.length ? `${t}{{ ${exprText(args[i]!, root)} }}` : t)).join('');
