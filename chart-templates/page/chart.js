/** One chart of the page: its version, its values, the buttons. */
import { chosenPanel } from './chosen.js';
import { copy, say } from './copy.js';
import { filterValues, openAll, reveal } from './filter.js';
import { shellQuote } from './texts.js';
import { addActions, copyValue, fragment, showValues } from './tree.js';

/** Starts a chart of the page. `address` is that of the repository. The result shows a version, and a value of it. */
export function startChart(section, address) {
  const one = selector => section.querySelector(selector);
  const list = one('[data-values]');
  const select = one('[data-versions]');
  const name = section.dataset.chart;
  const panel = chosenPanel(one('.chosen'));
  const versions = new Map([...section.querySelectorAll('tr[data-version]')].map(row => [row.dataset.version, row]));
  let shown = one('tr[aria-current]');

  function search() {
    const { found, all } = filterValues(list, one('[data-filter]').value);
    one('[data-count]').textContent = found === all ? `${all} values` : `${found} of ${all} values`;
  }

  function markChosen() {
    for (const button of list.querySelectorAll('[data-act="choose"]'))
      button.setAttribute('aria-pressed', String(panel.has(rowOf(button).dataset.path)));
  }

  function show(version) {
    const row = versions.get(version);
    if (row === undefined || row === shown) return;
    shown.removeAttribute('aria-current');
    row.setAttribute('aria-current', 'true');
    shown = row;
    if (select !== null) select.value = version;
    fill(section, row.dataset, address);
    showValues(list, Number(row.dataset.list), name, version);
    markChosen();
    search();
    say(`${name}: version ${version} is shown.`);
  }

  const acts = {
    copy: button => copy(button.parentElement.querySelector('code').textContent, nameOf(button)),
    digest: button => copy(button.closest('tr').dataset.digest, nameOf(button)),
    set: button => copyValue(rowOf(button), 'set'),
    yaml: button => copyValue(rowOf(button), 'yaml'),
    choose: button => say(panel.toggle(rowOf(button))),
    remove: button => {
      say(panel.remove(button.dataset.path));
      one('.chosen h4').focus();
    },
    open: () => openAll(list, true),
    close: () => openAll(list, false),
  };
  section.addEventListener('click', ({ target }) => {
    const button = target.closest('button[data-act]');
    if (button === null) return;
    acts[button.dataset.act](button);
    markChosen();
  });
  one('[data-filter]').addEventListener('input', search);
  select?.addEventListener('change', () => {
    show(select.value);
    history.replaceState(null, '', `#${fragment(name, select.value)}`);
  });
  fill(section, shown.dataset, address);
  addActions(list);
  search();
  return {
    /** Goes to a version, and to a value of it where a path is given. */
    go(version, path) {
      show(version);
      const row = path === undefined ? null : document.getElementById(fragment(name, shown.dataset.version, path));
      if (row !== null) return reveal(row);
      section.scrollIntoView();
      section.focus({ preventScroll: true });
      if (path !== undefined) say(`${name} ${shown.dataset.version} has no value ${path}.`);
    },
  };
}

const rowOf = button => button.closest('[data-row]');
const nameOf = button => button.getAttribute('aria-label').replace(/^Copy:? (the )?/, '');

/** Puts a version into the commands. */
function fill(section, { version, link, digest, signed, description }, address) {
  const texts = {
    shown: version,
    version: shellQuote(version),
    digest: shellQuote(digest),
    name: shellQuote(new URL(link, 'https://localhost').pathname.split('/').at(-1)),
    'file-address': shellQuote(link.startsWith('./') ? `${address}/${link.slice(2)}` : link),
  };
  for (const piece of section.querySelectorAll('[data-part]')) piece.textContent = texts[piece.dataset.part];
  for (const command of section.querySelectorAll('.command')) {
    const needsFile = command.querySelector('[data-part="file-address"]') !== null;
    command.hidden = (command.hasAttribute('data-signed-only') && signed !== 'true') || (needsFile && link === '');
  }
  section.querySelector('[data-description]').textContent = description;
}
