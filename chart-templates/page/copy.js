/** Copying, and saying that it was done. */

const status = document.getElementById(':said');
let clearing;

/** Says a sentence on the page and to a screen reader; the same sentence twice is said twice. */
export function say(sentence) {
  status.textContent = '';
  clearTimeout(clearing);
  // It covers a piece of the page.
  clearing = setTimeout(() => {
    status.textContent = '';
  }, 8000);
  requestAnimationFrame(() => {
    status.textContent = sentence;
  });
}

/** A page that came over plain HTTP has no clipboard of its own, but may copy what is selected. */
function copySelected(text) {
  const area = document.createElement('textarea');
  const focused = document.activeElement;
  area.value = text;
  area.className = 'aside';
  area.setAttribute('aria-hidden', 'true');
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  focused?.focus({ preventScroll: true });
  if (!done) throw new Error('not copied');
}

export async function copy(text, what) {
  try {
    if (navigator.clipboard) await navigator.clipboard.writeText(text).catch(() => copySelected(text));
    else copySelected(text);
    say(`Copied: ${what}.`);
  } catch {
    say('The browser does not let this page copy. Select the text and press Ctrl+C.');
  }
}
