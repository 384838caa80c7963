/** The fields that a user writes chosen values in. */

export const element = (name, attributes, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

/** The field that a user writes in, by the kind of the value. A text that may be long has room for several lines. */
export function control({ kind, choices }, value, { maxLength }) {
  if (kind === 'choice') return listOf(JSON.parse(choices), value);
  if (kind === 'flag') return listOf([false, true], value);
  if (kind === 'number') return written('input', { inputmode: 'decimal' }, String(value ?? ''));
  if (kind === 'list') return written('textarea', { rows: '3' }, (value ?? []).join('\n'));
  if (kind === 'json') return written('textarea', { rows: '3' }, JSON.stringify(value, null, 1));
  return Number(maxLength ?? 1000) < 1000 ? written('input', {}, value) : written('textarea', { rows: '2' }, value);
}

function listOf(values, value) {
  const words = x => (typeof x === 'string' ? x : JSON.stringify(x));
  const select = element('select', {}, ...values.map(x => element('option', { value: JSON.stringify(x) }, words(x))));
  select.value = JSON.stringify(value);
  return select;
}

function written(name, attributes, value) {
  const field = element(name, { autocomplete: 'off', spellcheck: 'false', ...attributes });
  field.value = value;
  return field;
}

export const hints = { list: ', one item a line', json: ', as JSON' };

/** What the user wrote: its value, or a sentence that says why it is none. */
export function readValue({ kind }, text) {
  if (kind === 'text') return { value: text };
  if (kind === 'list')
    return {
      value: text
        .split('\n')
        .map(x => x.trim())
        .filter(Boolean),
    };
  if (kind === 'number')
    return /^-?\d+(\.\d+)?$/.test(text.trim()) ? { value: Number(text) } : { problem: 'Write a number.' };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { problem: 'Write JSON, such as {"key": "value"}.' };
  }
}

/** What the schema refuses of a value, in a sentence; '' where it does not. The whole check is helm's. */
export function refusal(limits, value) {
  const { pattern, minimum, maximum, minLength, maxLength } = limits;
  if (typeof value === 'string') {
    if (value.length < Number(minLength ?? 0)) return `Write at least ${minLength} characters.`;
    if (value.length > Number(maxLength ?? Number.POSITIVE_INFINITY)) return `Write at most ${maxLength} characters.`;
    if (pattern !== undefined && !matches(pattern, value)) return `It must match ${pattern}`;
  }
  if (typeof value === 'number') {
    if (value < Number(minimum ?? Number.NEGATIVE_INFINITY)) return `The least is ${minimum}.`;
    if (value > Number(maximum ?? Number.POSITIVE_INFINITY)) return `The most is ${maximum}.`;
  }
  return '';
}

/** A pattern that only Go understands is helm's to check. */
function matches(pattern, value) {
  try {
    return new RegExp(pattern, 'u').test(value);
  } catch {
    return true;
  }
}
