import { escaped, mayShow, quoted } from './show.ts';

/** Where in the values: keys of maps and, from 0, numbers of list items. */
export type ValuePath = readonly (string | number)[];

/**
 * `['kafka', 'bootstrapServers', 0]` as `kafka.bootstrapServers[0]`; a key that is no plain identifier as
 * `commonLabels["my/key"]`; the whole document as the empty text. A key that may be a secret is not repeated.
 */
export function pathText(path: ValuePath): string {
  return path.map((step, i) => stepText(step, i, true)).join('');
}

/** The same for a field of an object, whose keys stay whole: `serverless.openshift.io/disable-...` is longer than 60 characters. */
export function fieldPath(path: ValuePath): string {
  return path.map((step, i) => stepText(step, i, false)).join('');
}

/** What `find` knows of the path itself, or else of the nearest that contains it, down to one of `shortest` steps. */
export function nearest<T>(path: ValuePath, find: (path: ValuePath) => T | undefined, shortest = 1): T | undefined {
  for (let length = path.length; length >= shortest; length -= 1) {
    const found = find(path.slice(0, length));
    if (found !== undefined) return found;
  }
  return undefined;
}

function stepText(step: string | number, index: number, short: boolean): string {
  if (typeof step === 'number') return `[${step}]`;
  if (!mayShow(step)) return '["(not shown)"]';
  if (!/^[A-Za-z_]\w*$/.test(step) || (short && step.length > 60))
    return `[${short ? quoted(step) : escaped(JSON.stringify(step))}]`;
  return index === 0 ? step : `.${step}`;
}
