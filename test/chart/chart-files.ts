import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Chart } from '../../generator/model/chart.ts';
import { chartFolderOf } from './cases.ts';

/** The files of a chart, as they are in charts/. */
export function chartFiles(chart: Chart) {
  const folder = chartFolderOf(chart);
  /** Paths of the files, with forward slashes. */
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry =>
      relative(folder, join(entry.parentPath ?? entry.path, entry.name))
        .split(sep)
        .join('/'),
    )
    .sort();
  const text = new Map(paths.map(path => [path, readFileSync(join(folder, path), 'utf8')]));
  /** Text of a file; empty where there is none. */
  const textOf = (path: string) => text.get(path) ?? '';
  return { paths, textOf };
}
