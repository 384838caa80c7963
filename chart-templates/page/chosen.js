/** A small values.yaml of the values that the user chose. */
import { control, element, hints, readValue, refusal } from './fields.js';
import { defaultOf } from './tree.js';
import { yamlText } from './yaml.js';

/** The panel of one chart: `toggle(row)` adds a value or takes it away and says so, `has(path)` tells. */
export function chosenPanel(panel) {
  const fields = panel.querySelector('[data-fields]');
  const result = panel.querySelector('[data-result]');
  const chosen = new Map();

  function update() {
    const pairs = [...chosen].filter(([, { value }]) => value !== undefined).map(([path, { value }]) => [path, value]);
    panel.querySelector('[data-none]').hidden = chosen.size > 0;
    result.hidden = pairs.length === 0;
    result.querySelector('code').textContent = pairs.length === 0 ? '' : yamlText(pairs);
  }

  function add({ dataset, id }, limits) {
    const { path } = dataset;
    const entry = fieldOf(dataset, id, limits, update);
    chosen.set(path, entry);
    fields.append(entry.field);
    update();
    return `Chosen: ${path}. Write its value in my-values.yaml, beside the values.`;
  }

  function remove(path) {
    chosen.get(path)?.field.remove();
    chosen.delete(path);
    update();
    return `Removed: ${path}.`;
  }

  const has = path => chosen.has(path);
  const toggle = row => (has(row.dataset.path) ? remove(row.dataset.path) : add(row, limitsOf(row)));
  return { toggle, remove, has };
}

const limitsOf = row =>
  Object.fromEntries([...row.querySelectorAll(':scope > dl [data-limit]')].map(x => [x.dataset.limit, x.textContent]));

/** A field with its label, and the value that it holds now: undefined while what is written is none. */
function fieldOf(dataset, id, limits, update) {
  const { path, kind } = dataset;
  const input = control(dataset, defaultOf(dataset), limits);
  input.id = `:my:${id}`;
  const problem = element('span', { class: 'problem', id: `:problem:${id}`, role: 'status' });
  input.setAttribute('aria-describedby', problem.id);
  const label = element('label', { for: input.id }, element('code', {}, path), hints[kind] ?? '');
  const attributes = { type: 'button', class: 'small', 'data-act': 'remove', 'data-path': path };
  const remove = element('button', { ...attributes, 'aria-label': `Remove ${path}` }, 'Remove');
  const entry = { field: element('div', { class: 'field' }, label, remove, input, problem), value: undefined };
  const read = () => {
    const { value, problem: why } = readValue(dataset, input.value);
    entry.value = value;
    problem.textContent = why ?? refusal(limits, value);
    input.setAttribute('aria-invalid', String(problem.textContent !== ''));
  };
  input.addEventListener('input', () => {
    read();
    update();
  });
  read();
  return entry;
}
