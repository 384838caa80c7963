import { existsSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { GeneratorError } from '../errors.ts';
import type { Publisher } from './publisher.ts';

/** What publisher.yaml says; {} where there is none. A named file must exist. */
export function readPublisher(path?: string): Publisher {
  const file = path ?? 'publisher.yaml';
  if (path !== undefined && !existsSync(file)) throw new GeneratorError(`${file}: is missing; name a file.`, 2);
  return existsSync(file) ? ((load(readFileSync(file, 'utf8')) ?? {}) as Publisher) : {};
}
