/** Whether a command says all that it can, and nothing of what is well. */
import * as assert from 'uvu/assert';
import type { Check } from '../../generator/checks/check.ts';
import type { Values } from '../../generator/values/maps.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import { planOf } from './healthy.ts';
import type { Row } from './rows.ts';
import type { Told } from './run.ts';

/** The checks that concern the values of some row, and that no row makes speak. */
export function silentChecks(checks: readonly Check[], rows: readonly Row[], values: Values): string[] {
  const given = new Set(rows.map(row => JSON.stringify(mergeValues(values, row.values ?? {}))));
  const plans = [...given].map(text => planOf(JSON.parse(text)));
  const concerned = checks.filter(({ concerns }) => plans.some(plan => concerns?.(plan) ?? true));
  const spoken = new Set(rows.filter(({ want }) => want.length > 0).map(({ check }) => check));
  return concerned.map(({ id }) => id).filter(id => !spoken.has(id));
}

/** Ids of the checks that concern values, in their order. */
export function concernedBy(checks: readonly Check[], values: Values): string[] {
  const plan = planOf(values);
  return checks.filter(({ concerns }) => concerns?.(plan) ?? true).map(({ id }) => id);
}

/** Holds that each check that concerns the values is ok, and that nothing was changed, or asked twice. */
export function assertAllOk(
  { status, checks: results, requests }: Told,
  checks: readonly Check[],
  values: Values,
): void {
  assert.is(status, 0, JSON.stringify(results.filter(c => c.state !== 'ok')));
  assert.equal(
    results.map(({ id, state }) => [id, state]),
    concernedBy(checks, values).map(id => [id, 'ok']),
  );
  assert.equal(
    requests.filter(r => !r.startsWith('GET ')),
    [],
  );
  assert.is(new Set(requests).size, requests.length, 'nothing is asked twice');
}
