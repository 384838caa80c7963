/** Words of commands that a user copies into a shell. */

/** For a POSIX shell; left as it is where it needs no quotes. */
export function shellQuote(word) {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** The keys of a path as --set writes it: a dot that belongs to a key has a backslash. */
export function keysOf(path) {
  return (path.match(/(?:\\.|[^.\\])+/g) ?? []).map(key => key.replace(/\\(.)/g, '$1'));
}

/** The path as --set and --set-json read it: signs of theirs within a key have a backslash. */
const escapedPath = path =>
  keysOf(path)
    .map(key => key.replace(/[\\.,=[\]{}]/g, '\\$&'))
    .join('.');

/** Whether --set would read the text as something other than itself. */
const isMoreThanText = text => /^(true|false|null|-?\d+|)$/.test(text) || /[\\,{}]/.test(text);

/** Options of helm that set one value, e.g. `--set mesh.generation=v3`. */
export function setOption(path, value) {
  const at = escapedPath(path);
  if (isJson(value)) return `--set-json ${shellQuote(`${at}=${JSON.stringify(value)}`)}`;
  if (typeof value !== 'string' || !isMoreThanText(value)) return `--set ${shellQuote(`${at}=${value}`)}`;
  return `--set-string ${shellQuote(`${at}=${value.replace(/[\\,{}]/g, '\\$&')}`)}`;
}

/** What --set cannot write: lists and maps, fractions, which it reads as texts, and line feeds. */
function isJson(value) {
  if (typeof value === 'string') return /[\n\r]/.test(value);
  return typeof value === 'object' || (typeof value === 'number' && !Number.isInteger(value));
}
