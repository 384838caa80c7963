/** Where the project's own files are, and reading its frames. Everything else that touches the disk is in output/. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Frames } from './build.ts';
import { benchResults } from './emit/bench-table.ts';

/** The root of the checkout or the installed package: the folder above this file's, in source and in the bundle. */
export const projectRoot = fileURLToPath(new URL('..', import.meta.url));

/** Frame of the README of a checkout; the npm package, which has no charts/ of its own, is without it. */
const checkoutFrame = 'README.md.hbs';

/** Whether the frames are those of a checkout, where charts/ is part of the project; else of the installed npm package. */
export const areOfCheckout = (frames: Frames): boolean => frames.has(checkoutFrame);

/**
 * All frames and static files below chart-templates/, by path with forward slashes; the measured figures and the records
 * in releases/, if any, by their path from the root.
 */
export function readFrames(): Frames {
  const texts = textsBelow(join(projectRoot, 'chart-templates'));
  const releases = join(projectRoot, 'releases');
  if (existsSync(releases)) for (const [path, text] of textsBelow(releases)) texts.set(`releases/${path}`, text);
  const measured = join(projectRoot, benchResults);
  if (existsSync(measured)) texts.set(benchResults, readFileSync(measured, 'utf8'));
  return texts;
}

function textsBelow(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(e => e.isFile());
  const paths = entries.map(e => join(e.parentPath ?? e.path, e.name));
  return new Map(paths.map(path => [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8')]));
}
