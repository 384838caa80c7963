/** Finding values by path and by words. */

const textOf = row => {
  const own = row.querySelectorAll(
    ':scope > .name, :scope > p, :scope > dl dd, :scope > details > summary, :scope > details > p',
  );
  return [row.dataset.path, ...[...own].map(x => x.textContent)].join(' ').toLowerCase();
};

/** Shows the rows that have all words, with the sections around them. Returns how many there are, of how many. */
export function filterValues(list, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const rows = [...list.querySelectorAll('[data-row]')];
  const values = rows.filter(row => row.dataset.kind !== 'section');
  for (const row of rows) row.hidden = words.length > 0;
  if (words.length === 0) {
    openAll(list, false);
    return { found: values.length, all: values.length };
  }
  const found = rows.filter(row => {
    const own = textOf(row);
    return words.every(word => own.includes(word));
  });
  for (const row of found) {
    for (const inner of row.querySelectorAll('[data-row]')) inner.hidden = false;
    for (let at = row; at !== list; at = at.parentElement) {
      at.hidden = false;
      if (at.localName === 'details') at.open = true;
    }
  }
  return { found: values.filter(row => !row.hidden).length, all: values.length };
}

export function openAll(list, open) {
  for (const section of list.querySelectorAll('details')) section.open = open;
}

/** Opens the sections around a row, and goes to it. */
export function reveal(row) {
  for (let at = row; at !== null; at = at.parentElement) {
    if (at.localName === 'details') at.open = true;
    if (at.dataset?.row !== undefined) at.hidden = false;
  }
  const target = row.querySelector(':scope > .name > a, :scope > details > summary') ?? row;
  target.focus({ preventScroll: true });
  row.scrollIntoView({ block: 'start' });
}
