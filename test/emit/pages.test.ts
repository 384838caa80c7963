/** README.md, the pages below docs/ and those of the charts: links lead somewhere, and every page can be found. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { charts } from '../../generator/charts.ts';
import { projectRoot } from '../../generator/files.ts';

const test = suite('emit: pages');
const below = (folder: string) => {
  const path = join(projectRoot, folder);
  const names = existsSync(path) ? readdirSync(path).filter(name => name.endsWith('.md')) : [];
  return names.map(name => posix.join(folder, name));
};
const pages = [
  'README.md',
  'CHANGELOG.md',
  ...below('docs'),
  ...charts.flatMap(({ name }) => [...below(`charts/${name}`), ...below(`charts/${name}/docs`)]),
];
const read = (path: string) => readFileSync(join(projectRoot, path), 'utf8');
/** Without what it shows as code, where a comment of a shell looks like a heading. */
const prose = (path: string) => read(path).replaceAll(/^ *```.*?^ *```$/gms, '');
/** Links to files of the project, and their anchors: of Markdown's text, not of what it shows as code. */
const linksOf = (path: string) =>
  [
    ...prose(path)
      .replaceAll(/`[^`\n]*`/g, '')
      .matchAll(/\]\(([^)\s]+)\)/g),
  ]
    .map(([, target]) => target!)
    .filter(target => !/^\w+:/.test(target))
    .map(target => {
      const [file = '', anchor] = target.split('#');
      return { target, file: file === '' ? path : posix.join(posix.dirname(path), file), anchor };
    });
/** As GitHub makes an anchor of a heading. */
const anchorsOf = (path: string) =>
  [...prose(path).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

test('every link leads to a file, and every anchor to a heading', () => {
  const broken = pages.flatMap(path =>
    linksOf(path)
      .filter(
        ({ file, anchor }) =>
          !existsSync(join(projectRoot, file)) || (anchor !== undefined && !anchorsOf(file).includes(anchor)),
      )
      .map(({ target }) => `${path}: ${target}`),
  );
  assert.equal(broken, []);
  assert.ok(pages.flatMap(linksOf).length > 50);
});

test('every page of docs/ is linked from README.md', () => {
  const linked = linksOf('README.md').map(({ file }) => file);
  assert.equal(
    below('docs').filter(page => !linked.includes(page)),
    [],
  );
});

test('every frame of a page is a page, and every page has a frame or a script', () => {
  const frames = readdirSync(join(projectRoot, 'chart-templates/docs')).map(name => name.replace(/\.hbs$/, ''));
  // scripts/gates.ts writes it of what the tools said.
  assert.equal([...frames, 'gates.md'].sort(), readdirSync(join(projectRoot, 'docs')).sort());
});

test.run();
