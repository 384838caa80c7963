/** Rows of refusals: what is given, and the whole message: where, what, what to do. */
import type { Test } from 'uvu';
import * as assert from 'uvu/assert';
import { GeneratorError } from '../../generator/errors.ts';
import type { Path } from '../../generator/gotmpl/index.ts';
import { printLines, printRule } from '../../generator/gotmpl/lines.ts';
import { printDocuments } from '../../generator/gotmpl/print.ts';
import { sampleRefs } from './sample.ts';

export function refusalsIn(test: Test) {
  const refused = (name: string, print: () => unknown, want: string): void =>
    test(name, () => {
      try {
        print();
      } catch (error) {
        assert.instance(error, GeneratorError);
        assert.is((error as Error).message, want);
        return;
      }
      assert.unreachable('not refused');
    });
  return {
    refused,
    /** A manifest, in the template x.yaml. */
    manifest: (name: string, given: unknown, want: string) =>
      refused(name, () => printDocuments(given, 'x.yaml'), `x.yaml: ${want}`),
    /** Lines of NOTES.txt. */
    text: (name: string, given: readonly unknown[], want: string) =>
      refused(name, () => printLines(given, 'NOTES.txt'), `NOTES.txt: ${want}`),
    /** A rule for the value `name`. */
    rule: (name: string, given: unknown, want: string) =>
      refused(name, () => printRule(sampleRefs().name as Path, given, '_rules.tpl'), `_rules.tpl: ${want}`),
  };
}
