/** A rule in words. */
import { type Fail, isNode } from '../gotmpl/expr.ts';

/** What a rule says when it refuses; what depends on the values is shown as an ellipsis. */
export function ruleSentence(rule: unknown): string {
  if (!isNode(rule)) return '';
  if (rule.kind === 'fail') return (rule as Fail).message.text.join('…');
  return ruleSentence((rule as { body?: unknown }).body);
}
