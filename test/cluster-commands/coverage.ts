/** Whether the rows of a command are complete. */
import type { Check } from '../../generator/checks/check.ts';
import type { Values } from '../../generator/values/maps.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import { planOf } from './healthy.ts';
import type { Row } from './rows.ts';

/** The checks that concern the values of some row, and that no row makes speak. */
export function silentChecks(checks: readonly Check[], rows: readonly Row[], values: Values): string[] {
  const given = new Set(rows.map(row => JSON.stringify(mergeValues(values, row.values ?? {}))));
  const plans = [...given].map(text => planOf(JSON.parse(text)));
  const concerned = checks.filter(({ concerns }) => plans.some(plan => concerns?.(plan) ?? true));
  const spoken = new Set(rows.filter(({ want }) => want.length > 0).map(({ check }) => check));
  return concerned.map(({ id }) => id).filter(id => !spoken.has(id));
}
