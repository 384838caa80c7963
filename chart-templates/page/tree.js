/** The values of the version that is shown. A version is a list of rows; each distinct row is on the page once. */
import { copy } from './copy.js';
import { setOption } from './texts.js';
import { yamlText } from './yaml.js';

const lists = JSON.parse(document.getElementById(':lists').textContent);
const actions = document.getElementById(':actions').content.firstElementChild;
const pristine = new Map();

/** Keeps a copy of each row, without its children, to build other versions from. */
function collect(root) {
  for (const row of root.querySelectorAll('[data-row]')) {
    if (pristine.has(row.dataset.row)) continue;
    const kept = row.cloneNode(true);
    for (const inner of kept.querySelectorAll('ul.values')) inner.replaceChildren();
    pristine.set(row.dataset.row, kept);
  }
}
collect(document);
collect(document.getElementById(':rest').content);

export const fragment = (...parts) =>
  parts.map(part => encodeURIComponent(part).replace(/%(2B|5B|5D)/g, decodeURIComponent)).join('/');

/** Rows that a user sets, by their default or else by something of their type. */
export function defaultOf({ default: text, kind }) {
  if (text !== undefined) return JSON.parse(text);
  return { text: '', number: 0, flag: false, list: [] }[kind] ?? null;
}

const isSet = ({ kind }) => kind !== 'section' && kind !== 'part';

/** Gives each row that a user sets its buttons. */
export function addActions(list) {
  for (const row of list.querySelectorAll('[data-row]')) {
    if (!isSet(row.dataset)) continue;
    const buttons = actions.cloneNode(true);
    for (const button of buttons.children)
      button.setAttribute(
        'aria-label',
        `${button.textContent} ${button.dataset.act === 'choose' ? '' : 'of '}${row.dataset.path}`,
      );
    row.querySelector(':scope > dl').after(buttons);
  }
}

/** Builds the rows of a version in place of those that are shown. */
export function showValues(list, number, chart, version) {
  const made = document.createDocumentFragment();
  const parents = [made];
  for (const id of lists[number]) {
    const row = pristine.get(String(id)).cloneNode(true);
    const depth = Number(row.dataset.depth);
    row.id = fragment(chart, version, row.dataset.path);
    row.querySelector('.name > a')?.setAttribute('href', `#${row.id}`);
    parents[depth].append(row);
    parents[depth + 1] = row.querySelector('ul.values');
  }
  list.replaceChildren(made);
  addActions(list);
}

/** Copies one value, with its default: what to write to change it. */
export function copyValue({ dataset }, act) {
  const { path } = dataset;
  const value = defaultOf(dataset);
  if (act === 'set') return copy(setOption(path, value), `--set of ${path}`);
  return copy(yamlText([[path, value]]), `YAML of ${path}`);
}
