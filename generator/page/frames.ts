/**
 * The frames of the page, from chart-templates/page/. The build puts their texts in the place of this file
 * (scripts/build.ts), because an installed package has no chart-templates/.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../files.ts';
import { type PageFrames, readPageFrames } from './read-frames.ts';

let read: PageFrames | undefined;

export function pageFrames(): PageFrames {
  read ??= readPageFrames(path => readFileSync(join(projectRoot, 'chart-templates/page', path), 'utf8'));
  return read;
}
