/** What rules are written with. */
import { matches, not } from '../../../gotmpl/functions.ts';
import type { Expr, Path } from '../../../gotmpl/index.ts';
import type { Rule, RuleBody } from '../../chart.ts';

export const rule = (path: Expr<unknown>, refuse: RuleBody): Rule => ({ path: path as Path, refuse });
export const empty = (e: Expr<unknown>): Expr<boolean> => not(e);
/** Helm 3 reads no values with control characters beyond ASCII, and then names no value. */
export const isPem = (e: Expr<string>, what: string) =>
  matches(e, `^[ \\t\\r\\n]*-----BEGIN ${what}-----[ \\t\\r\\n][^\\x7f-\\x9f]*$`);
