/** Starts the charts; the address of the page tells what is shown. */
import { startChart } from './chart.js';
import { copy } from './copy.js';
import { shellQuote } from './texts.js';

/** Of the repository: as its publisher said it, or that of the page; a page that was opened as a file knows neither. */
function addressOf({ address, unknown }) {
  if (address !== '') return address;
  return /^https?:$/.test(location.protocol) ? new URL('.', location.href).href.replace(/\/$/, '') : unknown;
}

const address = addressOf(document.body.dataset);
for (const piece of document.querySelectorAll('[data-part="address"]')) piece.textContent = shellQuote(address);
const charts = new Map(
  [...document.querySelectorAll('[data-chart]')].map(section => [section.dataset.chart, startChart(section, address)]),
);

document.getElementById(':start').parentElement.addEventListener('click', ({ target }) => {
  const button = target.closest('button[data-act="copy"]');
  if (button !== null)
    copy(button.parentElement.querySelector('code').textContent, button.getAttribute('aria-label').slice(6));
});

/** #chart, #chart/version or #chart/version/path. */
function follow() {
  const [name, version, path] = partsOf(location.hash.slice(1));
  if (charts.has(name)) charts.get(name).go(version, path);
}

function partsOf(hash) {
  try {
    return hash.split('/').map(decodeURIComponent);
  } catch {
    return [];
  }
}

addEventListener('hashchange', follow);
follow();
// A browser that goes to the fragment by itself, at the end of loading, takes the focus away.
if (document.readyState !== 'complete') addEventListener('load', () => setTimeout(follow));
