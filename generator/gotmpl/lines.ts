/** Plain text, such as NOTES, and rules: to Go-template lines, and to lines of text. */
import { GeneratorError } from '../errors.ts';
import { checkLiteral, checkPublic, type Place } from './checks.ts';
import { evaluateExpr, formatted, type Scope } from './evaluate.ts';
import { type AnyExpr, type Format, isNode, type Path } from './expr.ts';
import { truthy } from './functions.ts';
import { exprText, inlineText, printfText, type Root } from './text.ts';

/** Lines of text as template lines. An empty line right before a condition or loop is refused: its trim would eat it. */
export function printLines(lines: readonly unknown[], file: string, root: Root = ''): string[] {
  const at: Place = { file, path: 'text', holds: [] };
  return lines.flatMap((line, i) => {
    if (typeof line === 'string') {
      const next = lines[i + 1];
      if (line === '' && isNode(next) && next.kind !== 'format')
        throw new GeneratorError(
          `${file}: an empty line before a condition would vanish; put it inside the condition.`,
        );
      checkLiteral(at, line);
      return [line];
    }
    if (!isNode(line))
      throw new GeneratorError(`${file}: a line of text is ${typeof line}; use a string, fmt, when or each.`);
    if (line.kind === 'format') return [publicText(line, at, root)];
    if (line.kind === 'when')
      return [
        `{{- if ${exprText(line.test, root)} }}`,
        ...printLines(line.body as unknown[], file, root),
        '{{- end }}',
      ];
    if (line.kind === 'each')
      return [
        `{{- range $${line.as} := ${exprText(line.list, root)} }}`,
        ...printLines(line.body as unknown[], file, '$'),
        '{{- end }}',
      ];
    throw new GeneratorError(`${file}: a ${line.kind} cannot stand in text; use a string, fmt, when or each.`);
  });
}

function publicText(format: Format, at: Place, root: Root): string {
  for (const e of format.args) checkPublic(at, e);
  for (const t of format.text) checkLiteral(at, t);
  return inlineText(format, root);
}

/** The same lines for these values. */
export function evaluateLines(lines: readonly unknown[], scope: Scope): string[] {
  return lines.flatMap(line => {
    if (!isNode(line)) return [line as string];
    if (line.kind === 'format') return [formatted(line, scope)];
    if (line.kind === 'when')
      return truthy(evaluateExpr(line.test, scope)) ? evaluateLines(line.body as unknown[], scope) : [];
    if (line.kind !== 'each') return [];
    const items = evaluateExpr(line.list, scope) as readonly unknown[];
    return items.flatMap(item => evaluateLines(line.body as unknown[], { ...scope, [`$${line.as}`]: item }));
  });
}

/** A rule as a guard: `fail` with `path: message`, the index or key of a loop in the path. */
export function printRule(path: Path, refuse: unknown, file: string): string[] {
  return guardLines(refuse, { text: [path.keys.join('.')], args: [] }, file, '');
}

interface Prefix {
  /** Text around the indices of the path, as in a format. */
  readonly text: readonly string[];
  readonly args: readonly string[];
}

function guardLines(n: unknown, path: Prefix, file: string, root: Root): string[] {
  if (!isNode(n)) throw new GeneratorError(`${file}: a rule is made of when, each and fail.`);
  if (n.kind === 'when')
    return [`{{- if ${exprText(n.test, root)} }}`, ...guardLines(n.body, path, file, root), '{{- end }}'];
  if (n.kind === 'each') {
    // The key of a user's map is for the message to name; an index is part of the path.
    const byKey = n.list.kind === 'call' && n.list.fn === 'keys';
    const last = path.text.at(-1)!;
    const inside = byKey
      ? path
      : { text: [...path.text.slice(0, -1), `${last}[`, ']'], args: [...path.args, '$index'] };
    return [
      `{{- range ${byKey ? '' : '$index, '}$${n.as} := ${exprText(n.list, root)} }}`,
      ...guardLines(n.body, inside, file, '$'),
      '{{- end }}',
    ];
  }
  if (n.kind !== 'fail')
    throw new GeneratorError(`${file}: a ${n.kind} cannot stand in a rule; use when, each and fail.`);
  const at: Place = { file, path: path.text.join(''), holds: [] };
  for (const e of n.message.args) checkPublic(at, e);
  for (const t of n.message.text) checkLiteral(at, t);
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
