/** The fields that a user writes chosen values in. */

export const element = (name, attributes, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

/** The field that a user writes in, by the kind of the value. */
export function control({ kind, choices }, value) {
  if (kind === 'choice' || kind === 'flag') {
    const options = kind === 'flag' ? [false, true] : JSON.parse(choices);
    const made = options.map(x =>
      element('option', { value: JSON.stringify(x) }, typeof x === 'string' ? x : JSON.stringify(x)),
    );
    const select = element('select', {}, ...made);
    select.value = JSON.stringify(value);
    return select;
  }
  if (kind === 'text' || kind === 'number') {
    const input = element('input', { type: 'text', autocomplete: 'off', spellcheck: 'false' });
    if (kind === 'number') input.inputMode = 'decimal';
    input.value = String(value ?? '');
    return input;
  }
  const area = element('textarea', { rows: '3', spellcheck: 'false' });
  area.value = kind === 'list' ? (value ?? []).join('\n') : JSON.stringify(value, null, 1);
  return area;
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
