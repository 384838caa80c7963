/** The page's frames: what of them is HTML, style and script. */

export interface PageFrames {
  readonly page: string;
  /** Of one chart, one command, one value: parts of the page. */
  readonly parts: Readonly<Record<string, string>>;
  readonly style: string;
  readonly noScriptStyle: string;
  readonly script: string;
}

const parts = ['chart', 'versions', 'command', 'value'];

const styles = ['colors', 'base', 'controls', 'chart', 'values', 'chosen', 'media'];

/** In the order in which one needs the other; main.js starts. */
const scripts = ['texts', 'yaml', 'copy', 'tree', 'filter', 'fields', 'chosen', 'chart', 'main'];

/** `read` gives the text of a file below chart-templates/page/. */
export function readPageFrames(read: (path: string) => string): PageFrames {
  return {
    page: read('page.html.hbs'),
    parts: Object.fromEntries(parts.map(name => [name, read(`${name}.html.hbs`)])),
    style: styles.map(name => read(`${name}.css`)).join(''),
    noScriptStyle: '.needs-script{display:none}',
    script: scripts.map(name => joined(read(`${name}.js`))).join(''),
  };
}

/** The files are modules that tests load one by one; on the page they are one module, which needs no address of another. */
const joined = (text: string) => text.replace(/^import [^;]*;\n/gm, '').replace(/^export /gm, '');
