import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { chartFolder } from './cases.ts';

/** Paths of the files of the chart, with forward slashes. */
export const paths = readdirSync(chartFolder, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile())
  .map(entry =>
    relative(chartFolder, join(entry.parentPath ?? entry.path, entry.name))
      .split(sep)
      .join('/'),
  )
  .sort();
const text = new Map(paths.map(path => [path, readFileSync(join(chartFolder, path), 'utf8')]));
/** Text of a file; empty where there is none. */
export const textOf = (path: string) => text.get(path) ?? '';
/** `path:line: text` of the lines that break a rule. */
export const linesThat = (files: readonly string[], breaks: (line: string) => boolean): string[] =>
  files.flatMap(path =>
    textOf(path)
      .split('\n')
      .flatMap((line, index) => (breaks(line) ? [`${path}:${index + 1}: ${line}`] : [])),
  );
