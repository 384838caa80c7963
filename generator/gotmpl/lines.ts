/** Plain text, such as NOTES, and rules: to Go-template lines, and to lines of text. */
import { GeneratorError } from '../errors.ts';
import { checkFormatText, checkLiteral, checkSound, checkValue, type Place, refuse } from './checks.ts';
import { exprOf, formatOf, kept, printed, type Scope, withItem } from './evaluate.ts';
import { type AnyExpr, type Format, isNode, type Path } from './expr.ts';
import { truthy } from './functions.ts';
import { stillOpen } from './presence.ts';
import { exprText, inlineText, printfText, type Root } from './text.ts';

/** Lines of text as template lines. What the trim of a condition or loop would eat is refused. */
export const printLines = (lines: readonly unknown[], file: string): string[] =>
  textLines(lines, { file, path: 'text', root: '', holds: [] }, false);

interface Context extends Place {
  readonly root: Root;
  /** Conditions that hold here. */
  readonly holds: readonly AnyExpr[];
}

function textLines(lines: readonly unknown[], at: Context, inside: boolean): string[] {
  return lines.flatMap((line, i) => {
    if (typeof line === 'string') {
      const next = lines[i + 1];
      const trimmed = isNode(next) ? next.kind !== 'format' : inside && i === lines.length - 1;
      return [plainLine(line, at, trimmed)];
    }
    if (!isNode(line))
      throw new GeneratorError(`${at.file}: a line of text is ${typeof line}; use a string, fmt, when or each.`);
    if (line.kind === 'format') return [publicText(line, at, at.root)];
    if (line.kind !== 'when' && line.kind !== 'each')
      throw new GeneratorError(`${at.file}: a ${line.kind} cannot stand in text; use a string, fmt, when or each.`);
    const body = line.body as unknown[];
    if (line.kind === 'each') {
      checkSound(at, line.list);
      const items = textLines(body, { ...at, root: '$' }, true);
      return [`{{- range $${line.as} := ${exprText(line.list, at.root)} }}`, ...items, '{{- end }}'];
    }
    checkSound(at, line.test);
    const holding = textLines(body, { ...at, holds: [...at.holds, line.test] }, true);
    const open = stillOpen(line.test, at.holds);
    return open === undefined ? holding : [`{{- if ${exprText(open, at.root)} }}`, ...holding, '{{- end }}'];
  });
}

function plainLine(line: string, at: Place, trimmed: boolean): string {
  if (line === '' && trimmed)
    throw new GeneratorError(`${at.file}: an empty line before a condition would vanish; put it inside the condition.`);
  if (/[ \t]$/.test(line)) refuse(at, 'has a line that ends with spaces, which Helm may trim; remove them.');
  checkLiteral(at, line);
  return line;
}

function publicText(format: Format, at: Place, root: Root): string {
  for (const e of format.args) checkValue(at, e);
  checkFormatText(at, format);
  return inlineText(format, root);
}

/** The same lines for these values. */
export function evaluateLines(lines: readonly unknown[], scope: Scope): string[] {
  return lines.flatMap(line => {
    if (!isNode(line)) return [line as string];
    if (line.kind === 'format') return [printed(formatOf(line)(scope)) as string];
    if (line.kind === 'when')
      return truthy(exprOf(line.test)(scope)) ? evaluateLines(line.body as unknown[], scope) : [];
    if (line.kind !== 'each') return [];
    const items = exprOf(line.list)(scope) as readonly unknown[];
    return items.flatMap(item => evaluateLines(line.body as unknown[], withItem(scope, line.as, item)));
  });
}

/** A rule as a guard: `fail` with `path: message`, the index or key of a loop in the path. */
export function printRule(path: Path, body: unknown, file: string): string[] {
  return guardLines(body, { text: [path.keys.join('.')], args: [] }, file, '');
}

interface Prefix {
  /** Text around the indices of the path, as in a format. */
  readonly text: readonly string[];
  readonly args: readonly string[];
}

function guardLines(n: unknown, path: Prefix, file: string, root: Root): string[] {
  if (!isNode(n)) throw new GeneratorError(`${file}: a rule is made of when, each and fail.`);
  const at: Place = { file, path: path.text.join('') };
  if (n.kind === 'when') {
    checkSound(at, n.test);
    return [`{{- if ${exprText(n.test, root)} }}`, ...guardLines(n.body, path, file, root), '{{- end }}'];
  }
  if (n.kind === 'each') {
    checkSound(at, n.list);
    if (root === '$') refuse(at, 'has a rule with a loop in a loop, which would hide its index; use one loop.');
    // The key of a user's map is for the message to name; an index is part of the path.
    const byKey = n.list.kind === 'call' && n.list.fn === 'keys';
    const last = path.text.at(-1)!;
    const inside = byKey ? path : { text: [...path.text.slice(0, -1), `${last}[`, ']'], args: ['$index'] };
    return [
      `{{- range ${byKey ? '' : '$index, '}$${n.as} := ${exprText(n.list, root)} }}`,
      ...guardLines(n.body, inside, file, '$'),
      '{{- end }}',
    ];
  }
  if (n.kind !== 'fail')
    throw new GeneratorError(`${file}: a ${n.kind} cannot stand in a rule; use when, each and fail.`);
  for (const e of n.message.args) checkValue(at, e);
  checkFormatText(at, n.message);
  return [`{{- fail ${failText(path, n.message, root)} }}`];
}

function failText(path: Prefix, message: Format, root: Root): string {
  if (path.args.length === 0) {
    const whole: Format = { ...message, text: [`${path.text[0]}: ${message.text[0]}`, ...message.text.slice(1)] };
    return whole.args.length === 0 ? printfText(whole, root) : `(${printfText(whole, root)})`;
  }
  const escaped = (t: string) => t.replaceAll('%', '%%');
  const where = path.text.map(escaped).join('%d');
  const format = `${where}: ${message.text.map(escaped).join('%v')}`;
  const args = [...path.args, ...message.args.map(a => argument(a, root))];
  return `(printf ${JSON.stringify(format)} ${args.join(' ')})`;
}

const argument = (e: AnyExpr, root: Root) => (e.kind === 'path' ? exprText(e, root) : `(${exprText(e, root)})`);

/** What a rule refuses, and the sentence. Both places are relative to the rule's path. */
export interface Refusal {
  /** As the guard of the chart names it: the indices of its loops. */
  readonly place: readonly number[];
  /** As near as it gets, for the line in a file: indices, and keys of a user's map. */
  readonly nearest: readonly (string | number)[];
  readonly message: string;
}

/** The refusals of a rule: none when the values keep it. */
export function evaluateRule(n: object, scope: Scope): Refusal[] {
  const refusals: Refusal[] = [];
  ruleOf(n)(scope, [], [], refusals);
  return refusals;
}
type Refuses = (scope: Scope, place: Refusal['place'], nearest: Refusal['nearest'], to: Refusal[]) => void;
const ruleOf = kept((n: object): Refuses => {
  if (!isNode(n)) return () => {};
  if (n.kind === 'when') {
    const test = exprOf(n.test);
    const body = ruleOf(n.body as object);
    return (scope, place, nearest, to) => {
      if (truthy(test(scope))) body(scope, place, nearest, to);
    };
  }
  if (n.kind === 'fail') {
    const message = formatOf(n.message);
    return (scope, place, nearest, to) => to.push({ place, nearest, message: message(scope) });
  }
  if (n.kind !== 'each') return () => {};
  const list = exprOf(n.list);
  const body = ruleOf(n.body as object);
  const byKey = n.list.kind === 'call' && n.list.fn === 'keys';
  return (scope, place, nearest, to) => {
    for (const [i, item] of (list(scope) as readonly (string | number)[]).entries())
      body(withItem(scope, n.as, item), byKey ? place : [...place, i], [...nearest, byKey ? item : i], to);
  };
});
