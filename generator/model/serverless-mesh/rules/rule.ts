/** What rules are written with. */
import { matches } from '../../../gotmpl/functions.ts';
import type { Expr } from '../../../gotmpl/index.ts';

export { empty, rule } from '../../rules.ts';

/** Helm 3 reads no values with control characters beyond ASCII, and then names no value. */
export const isPem = (e: Expr<string>, what: string) =>
  matches(e, `^[ \\t\\r\\n]*-----BEGIN ${what}-----[ \\t\\r\\n][^\\x7f-\\x9f]*$`);
