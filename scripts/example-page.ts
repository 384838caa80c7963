/**
 * Usage: node --import tsx scripts/example-page.ts [FILE]
 * Writes the page of an example repository with the charts of charts/, to look at (default dist/example-page.html), and
 * prints how large the page of many versions is.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type PageData, repositoryPage } from '../generator/page/index.ts';
import { examplePage } from '../test/page/example.ts';
import { manyVersions } from '../test/page/many.ts';

const [file = 'dist/example-page.html'] = process.argv.slice(2);
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, repositoryPage(examplePage()));
process.stdout.write(`wrote ${file}\n`);

const cases: readonly [name: string, data: PageData][] = [
  ['1 version of each chart', manyVersions(1, 1)],
  ['100 versions of each chart, each changes one value', manyVersions(100, 1)],
  ['100 versions of each chart, no two share a value', manyVersions(100, Number.POSITIVE_INFINITY)],
];
for (const [name, data] of cases) {
  const page = Buffer.from(repositoryPage(data));
  const kilobytes = (bytes: number) => `${Math.round(bytes / 1000)} kB`;
  process.stdout.write(`${name}: ${kilobytes(page.length)}, ${kilobytes(gzipSync(page).length)} compressed\n`);
}
