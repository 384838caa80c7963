import type { Test } from 'uvu';
import * as assert from 'uvu/assert';
import { printDocuments } from '../../generator/gotmpl/print.ts';

/**
 * Rows of the printer: `prints(name, given)` and then the whole text that is wanted, as it is written here. A newline
 * at its beginning and at its end does not count.
 */
export const printsIn =
  (test: Test) =>
  (name: string, given: unknown, print: (given: never) => readonly string[] = printed) =>
  ({ raw }: TemplateStringsArray): void =>
    test(name, () => assert.is(print(given as never).join('\n'), raw[0]!.replace(/^\n|\n$/g, '')));

const printed = (given: unknown) => printDocuments(given, 'x.yaml');
