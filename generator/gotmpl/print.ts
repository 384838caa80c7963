/** Manifests to Go-template lines. What each word becomes stands beside it; what is refused is in checks.ts. */
import {
  checkComment,
  checkFormat,
  checkKeys,
  checkList,
  checkLiteral,
  checkSound,
  checkSpreads,
  checkValue,
  type Place,
  refuse,
} from './checks.ts';
import {
  type AnyExpr,
  type Each,
  ENTRIES,
  type Helper,
  INCLUDE,
  isExpr,
  isNode,
  type MapHelper,
  type Node,
  type Note,
  type NoteWhen,
  note,
  noteWhen,
  type Shared,
  type Spread,
  type When,
  when,
} from './expr.ts';
import { checkNeverNull, guaranteed, presence, stillOpen } from './presence.ts';
import { exprText, goString, inlineText, type Root } from './text.ts';
import { entriesLines } from './users-map.ts';
import { scalarText, wrap } from './yaml.ts';

interface Context extends Place {
  readonly root: Root;
  /** Conditions that hold here. */
  readonly holds: readonly AnyExpr[];
  /** Names of the loops around. */
  readonly loops: readonly string[];
}
const top = (file: string): Context => ({ file, path: '', root: '', holds: [], loops: [] });

/** The lines of a template that holds one manifest, or several under `when` and `each`. `file` is for error messages. */
export function printDocuments(documents: unknown, file: string): string[] {
  return documentLines(documents, top(file), []);
}

/** `separator` stands right before the manifest, so that a loop in which a condition fails prints nothing. */
function documentLines(n: unknown, at: Context, separator: readonly string[]): string[] {
  if (!isNode(n)) return [...separator, ...blockLines(n, '', at)];
  if (n.kind === 'when') return ifLines('', n.test, at, inside => documentLines(n.body, inside, separator));
  if (n.kind === 'each') return rangeLines('', n, at, inside => documentLines(n.body, inside, ['---']));
  return refuse(at, `is a ${n.kind}, which cannot be a whole document; use when() and each() around a manifest.`);
}

/** The `define` of a helper that is written in the language. */
export function printHelper(helper: Exclude<Helper, { kind: 'static' }>): string[] {
  checkComment(helper.name, helper.doc);
  return [
    `{{- /* ${helper.doc} */ -}}`,
    `{{- define ${goString(helper.name)} -}}`,
    ...helperLines(helper, top(helper.name)),
    '{{- end }}',
  ];
}

function helperLines(helper: Exclude<Helper, { kind: 'static' }>, at: Context): string[] {
  if (helper.kind === 'map') return blockLines(helper.body, '', { ...at, holds: helper.given ? [helper.given] : [] });
  if (helper.kind === 'text') {
    checkValue(at, helper.value);
    return [`{{- ${exprText(helper.value, '')} }}`];
  }
  if (helper.kind === 'list') return [`{{- ${listText(helper.list, at)} }}`];
  if (helper.kind === 'condition') {
    checkSound(at, helper.test);
    return [`{{- if ${exprText(helper.test, '')} }}true{{ end }}`];
  }
  checkValue(at, helper.item);
  return [
    `{{- range $index, $${helper.as} := ${exprText(helper.list, '')} }}`,
    '{{- if $index }},{{ end }}',
    `{{- ${exprText(helper.item, '$')} }}`,
    '{{- end }}',
  ];
}

/** A map or list in block style. */
function blockLines(n: unknown, pad: string, at: Context): string[] {
  return Array.isArray(n) ? listLines(n, pad, at) : mapLines(n as object & Spread, pad, at);
}

function listLines(list: readonly unknown[], pad: string, at: Context): string[] {
  checkNeverNull(
    at,
    'list',
    list.map(item => presence(item, true)),
  );
  return list.flatMap((item, i) => slotLines('-', item, pad, { ...at, path: `${at.path}[${i}]` }));
}

function mapLines(map: object & Spread, pad: string, at: Context): string[] {
  const own = Object.entries(map);
  const keys = own.map(([k]) => k);
  const user = map[ENTRIES];
  checkKeys(at, keys);
  checkSpreads(at, map, keys);
  checkNeverNull(at, 'map', [
    ...own.map(([, n]) => presence(n)),
    ...(map[INCLUDE] ? [[]] : []),
    ...(user ? [[user.map]] : []),
  ]);
  const helper = map[INCLUDE];
  return [
    ...(helper && !helper.given ? includeLines(helper, pad, at) : []),
    ...sameTests(own).flatMap(([test, fields]) =>
      test === undefined
        ? fieldsLines(fields, pad, at)
        : ifLines(pad, test, at, inside => fieldsLines(fields, pad, inside)),
    ),
    ...(helper?.given ? includeLines(helper, pad, at) : []),
    ...(user ? entriesLines(user, keys, pad, at) : []),
  ];
}

/** A helper whose keys are conditional begins with the line break behind its first condition. */
function includeLines({ name, given }: MapHelper, pad: string, at: Context): string[] {
  if (given !== undefined && !at.holds.some(h => guaranteed(h, [given])))
    refuse(at, `includes ${name}, which may be empty here; put a when() with its condition around the field.`);
  const trim = given === undefined ? '' : ' | trim';
  return [`${pad}{{- include ${goString(name)} ${at.root || '.'}${trim} | nindent ${pad.length} }}`];
}

type Field = readonly [key: string, value: unknown];

const fieldsLines = (fields: readonly Field[], pad: string, at: Context): string[] =>
  fields.flatMap(([key, n]) => {
    const place = { ...at, path: at.path ? `${at.path}.${key}` : key };
    checkLiteral(place, key);
    return slotLines(`${scalarText(key)}:`, n, pad, place);
  });

/** Neighbours under the same condition share one `if`, as one would write it by hand. */
function sameTests(own: readonly Field[]): [AnyExpr | undefined, Field[]][] {
  const groups: [AnyExpr | undefined, Field[]][] = [];
  for (const [key, n] of own) {
    const test = isNode(n) && n.kind === 'when' ? n.test : undefined;
    const field: Field = [key, test === undefined ? n : (n as When).body];
    const last = groups.at(-1);
    if (last && test && last[0] && exprText(test, '') === exprText(last[0], '')) last[1].push(field);
    else groups.push([test, [field]]);
  }
  return groups;
}

/** One field (`key:`) or list item (`-`), with its conditions, loops and comments around it. */
function slotLines(lead: string, n: unknown, pad: string, at: Context): string[] {
  if (isNode(n) && !isExpr(n)) return nodeLines(lead, n, pad, at);
  const scalar = scalarLines(n, pad, at);
  if (scalar !== undefined) return [`${pad}${lead} ${scalar[0]}`, ...scalar.slice(1)];
  if (typeof n !== 'object' || n === null) return refuse(at, `is ${n}; leave the field out, or use when().`);
  if (Reflect.ownKeys(n).length === 0 || (Array.isArray(n) && n.length === 0))
    return [`${pad}${lead} ${Array.isArray(n) ? '[]' : '{}'}`];
  if (lead === '-') return itemLines(n, pad, at);
  return [`${pad}${lead}`, ...blockLines(n, `${pad}  `, at)];
}

function nodeLines(lead: string, n: Exclude<Node, AnyExpr>, pad: string, at: Context): string[] {
  switch (n.kind) {
    case 'when':
      return ifLines(pad, n.test, at, inside => slotsLines(lead, n.body, pad, inside));
    case 'each':
      if (lead !== '-') return refuse(at, 'is an each() outside a list; put it between [ and ].');
      return rangeLines(pad, n, at, inside => slotsLines(lead, n.body, pad, inside));
    case 'note':
      // The sentence goes where the field is: under its condition.
      if (isNode(n.body) && n.body.kind === 'when')
        return nodeLines(lead, when(n.body.test, sameNote(n, n.body.body)), pad, at);
      return [...noteLines(n, pad, at), ...slotLines(lead, n.body, pad, at)];
    case 'shared':
      return sharedLines(lead, n, pad, at);
    case 'format':
      checkFormat(at, n);
      return [`${pad}${lead} "${inlineText(n, at.root)}"`];
    default:
      return refuse(at, `is a ${n.kind}, which cannot stand in a manifest.`);
  }
}

/** `&name` and the value where it is written, `*name` where it is repeated. */
function sharedLines(lead: string, { name, repeats, body }: Shared, pad: string, at: Context): string[] {
  if (lead === '-') return refuse(at, 'is a shared() item; share the whole list, or a field of the item.');
  const [first, ...rest] = slotLines(lead, body, pad, at);
  const start = `${pad}${lead}`;
  if (!first!.startsWith(start)) return refuse(at, 'is a shared() around a condition; put the shared() inside.');
  const value = first!.slice(start.length);
  if (typeof repeats === 'boolean') return repeats ? [`${start} *${name}`] : [`${start} &${name}${value}`, ...rest];
  checkSound(at, repeats);
  if (rest.length > 0)
    return [
      `${pad}{{- if ${exprText(repeats, at.root)} }}`,
      `${start} *${name}`,
      `${pad}{{- else }}`,
      `${start} &${name}${value}`,
      ...rest,
      `${pad}{{- end }}`,
    ];
  return [`${start} {{ if ${exprText(repeats, at.root)} }}*${name}{{ else }}&${name}${value}{{ end }}`];
}

/** Under one condition, or for each item of a list, there may be several items. */
function slotsLines(lead: string, body: unknown, pad: string, at: Context): string[] {
  if (lead === '-' && Array.isArray(body)) return body.flatMap(item => slotLines(lead, item, pad, at));
  if (lead === '-' && isNode(body) && body.kind === 'note' && Array.isArray(body.body))
    return [...noteLines(body, pad, at), ...slotsLines(lead, body.body, pad, at)];
  return slotLines(lead, body, pad, at);
}

/** A map or list as a list item: its first line goes behind the dash, so that line must be a plain field. */
function itemLines(n: object, pad: string, at: Context): string[] {
  const lines = blockLines(n, `${pad}  `, at);
  const first = lines.findIndex(line => !line.trimStart().startsWith('# '));
  if (lines[first]!.trimStart().startsWith('{{-'))
    return refuse(at, 'begins with a conditional key, so the dash would stand alone; put an unconditional key first.');
  return [
    ...lines.slice(0, first).map(line => line.slice(2)),
    `${pad}- ${lines[first]!.trimStart()}`,
    ...lines.slice(first + 1),
  ];
}

/** A literal or an expression on one line, or a literal text of several lines as a block scalar; else undefined. */
function scalarLines(n: unknown, pad: string, at: Context): string[] | undefined {
  if (isExpr(n)) return [`{{ ${actionText(n, at)} }}`];
  if (typeof n === 'boolean') return [String(n)];
  if (typeof n === 'number')
    return Number.isSafeInteger(n) ? [String(n)] : refuse(at, 'is no whole number; write it as text.');
  if (typeof n !== 'string') return undefined;
  checkLiteral(at, n);
  if (!n.includes('\n')) return [scalarText(n)];
  if (!n.endsWith('\n') || n.startsWith(' '))
    return refuse(at, 'must end with a newline and not start with a space, to be a block scalar.');
  if (/^\s|[ \t]\n$|\n\n$/.test(n))
    return refuse(at, 'begins or ends with an empty line or with spaces, which Helm trims; remove them.');
  return [
    '|',
    ...n
      .slice(0, -1)
      .split('\n')
      .map(line => (line === '' ? '' : `${pad}  ${line}`)),
  ];
}

function actionText(e: AnyExpr, at: Context): string {
  checkValue(at, e);
  const type = e.schema.type ?? (e.schema.enum ? 'string' : undefined);
  if (type === 'array') return listText(e, at);
  const text = exprText(e, at.root);
  if (type === 'boolean' || type === 'integer') return text;
  if (type !== 'string') return refuse(at, `prints ${text}, which is no scalar; use each() or entries().`);
  return `${e.kind === 'path' || !text.includes(' | ') ? text : `(${text})`} | quote`;
}

/** A whole list of texts, in JSON, which is YAML's flow style. */
function listText(e: AnyExpr, at: Context): string {
  checkList(at, e);
  const text = exprText(e, at.root);
  return e.kind === 'answer' ? text : `${text} | toJson`;
}

const sameNote = (n: Note | NoteWhen, body: unknown): Note =>
  'test' in n ? noteWhen(n.test, n.text, body) : note(n.text, body);

const noteLines = (n: Note | NoteWhen, pad: string, at: Context): string[] =>
  'test' in n ? ifLines(pad, n.test, at, () => commentLines(n.text, pad, at)) : commentLines(n.text, pad, at);

function commentLines(text: string, pad: string, at: Context): string[] {
  checkLiteral(at, text);
  return wrap(text, 110 - pad.length).map(line => `${pad}# ${line}`);
}

function ifLines(pad: string, test: AnyExpr, at: Context, body: (inside: Context) => string[]): string[] {
  checkSound(at, test);
  const open = stillOpen(test, at.holds);
  if (open === undefined) return body(at);
  const inside = { ...at, holds: [...at.holds, test] };
  return [`${pad}{{- if ${exprText(open, at.root)} }}`, ...body(inside), `${pad}{{- end }}`];
}

function rangeLines(
  pad: string,
  { list, as, index }: Pick<Each, 'list' | 'as' | 'index'>,
  at: Context,
  body: (inside: Context) => string[],
): string[] {
  checkSound(at, list);
  const names = index === undefined ? [as] : [index, as];
  const hidden = names.find(name => at.loops.includes(name));
  if (hidden !== undefined)
    refuse(at, `has a loop ${hidden} in a loop ${hidden}, which hides the outer one; give it another name.`);
  const inside: Context = { ...at, root: '$', loops: [...at.loops, ...names] };
  const variables = names.map(name => `$${name}`).join(', ');
  return [`${pad}{{- range ${variables} := ${exprText(list, at.root)} }}`, ...body(inside), `${pad}{{- end }}`];
}
