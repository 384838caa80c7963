/** YAML of chosen values. */
import { keysOf } from './texts.js';

/** Texts that YAML 1.1 and 1.2 both read as the same text without quotes. */
const isPlain = text =>
  /^[A-Za-z_./][\w./@-]*$/.test(text) && !/^(true|false|yes|no|on|off|y|n|null|\.nan|[-+]?\.inf|\..*)$/i.test(text);

const word = text => (isPlain(text) ? text : JSON.stringify(text));

/** Several lines that can stand as they are, such as a certificate. */
const isBlock = x => typeof x === 'string' && /^(?:[!-~][ -~]*\n)+(?:[!-~][ -~]*)?$/.test(x);

const blockLines = (text, indent) =>
  text
    .replace(/\n$/, '')
    .split('\n')
    .map(line => indent + line);

const isMap = x => typeof x === 'object' && x !== null && !Array.isArray(x);

/** Lines of a value below its key or dash. */
function lines(value, indent) {
  if (Array.isArray(value) && value.length > 0) return value.flatMap(item => itemLines(item, indent));
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return entries.flatMap(([key, under]) => {
    const has = under instanceof Map || ((isMap(under) || Array.isArray(under)) && Object.keys(under).length > 0);
    const head = `${indent}${word(key)}:`;
    if (isBlock(under)) return [`${head} ${under.endsWith('\n') ? '|' : '|-'}`, ...blockLines(under, `${indent}  `)];
    return has ? [head, ...lines(under, `${indent}  `)] : [`${head} ${scalar(under)}`];
  });
}

function itemLines(item, indent) {
  const has = (isMap(item) || Array.isArray(item)) && Object.keys(item).length > 0;
  if (!has) return [`${indent}- ${scalar(item)}`];
  const [first, ...rest] = lines(item, `${indent}  `);
  return [`${indent}- ${first.trimStart()}`, ...rest];
}

const scalar = value => (typeof value === 'string' ? word(value) : JSON.stringify(value));

/** values.yaml of pairs of path and value, in their order; sections that several share are written once. */
export function yamlText(pairs) {
  const root = new Map();
  for (const [path, value] of pairs) {
    const keys = keysOf(path);
    const last = keys.pop();
    let at = root;
    for (const key of keys) {
      if (!(at.get(key) instanceof Map)) at.set(key, new Map());
      at = at.get(key);
    }
    at.set(last, value);
  }
  return `${lines(root, '').join('\n')}\n`;
}
