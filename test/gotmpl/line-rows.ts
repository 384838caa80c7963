/** Rows (agree.ts) of lines of text and of rules. */

import type { Expr, Path } from '../../generator/gotmpl/index.ts';
import { evaluateLines, evaluateRule, printLines, printRule } from '../../generator/gotmpl/lines.ts';
import type { RuleBody, TextLine } from '../../generator/model/chart.ts';
import { helpersOf, type Made, type Row } from './agree.ts';
import type { Sample, V } from './sample.ts';

/** Lines of text; newlines at both ends do not count, as Helm trims NOTES. */
export function lines(
  name: string,
  given: (v: V) => readonly TextLine[],
  want: string,
  values: Partial<Sample> = {},
): Row {
  const make = (v: V): Made => {
    const node = given(v);
    const define = `text of ${(v as Expr<unknown> as Path).keys.join('.')}`;
    const template = [
      `{{- define "${define}" }}`,
      ...printLines(node, 'x.txt'),
      '{{ end }}',
      'kind: Row',
      `text: {{ include "${define}" . | trimAll "\\n" | quote }}`,
    ].join('\n');
    const text = (all: readonly string[]) => all.join('\n').replace(/^\n+|\n+$/g, '');
    const evaluated: Made['evaluated'] = scope => [{ kind: 'Row', text: text(evaluateLines(node, scope)) }];
    return { template, helpers: helpersOf(node), evaluated };
  };
  return { name, values, make, want: [{ kind: 'Row', text: want }] };
}

/** What the rule for `path` refuses: in place of `fail` stands an item of a list, so that one render shows all. */
export function rule(
  name: string,
  path: Expr<unknown>,
  given: (v: V) => RuleBody,
  want: readonly string[],
  values: Partial<Sample> = {},
): Row {
  const make = (v: V): Made => {
    const node = given(v);
    const guards = printRule(path as Path, node, '_rules.tpl');
    const items = guards.map(line => line.replace(/^\{\{- fail (.*) \}\}$/, '  {{ $1 | toJson }},'));
    const refused = (place: readonly (string | number)[], message: string) =>
      `${(path as Path).keys.join('.')}${place.map(part => `[${JSON.stringify(part)}]`).join('')}: ${message}`;
    return {
      helpers: helpersOf(node),
      template: ['kind: Row', 'refused: [', ...items, '  ]'].join('\n'),
      evaluated: scope => [
        { kind: 'Row', refused: evaluateRule(node, scope).map(({ place, message }) => refused(place, message)) },
      ],
    };
  };
  return { name, values, make, want: [{ kind: 'Row', refused: want }] };
}
