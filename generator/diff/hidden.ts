/** What is never shown: data of Secrets, values that the schema calls secret, and whatever looks like a private key. */
import { mayTell } from '../values/private-key.ts';
import { kindOfId } from './change.ts';

/** Whether a difference at this place of an object may be told with what stands there. */
export function mustHide(
  object: string,
  steps: readonly (string | number)[],
  before: unknown,
  after: unknown,
): boolean {
  const secret = kindOfId(object) === 'Secret' && (steps.length === 0 || isData(steps[0]));
  return secret || !mayTell(before) || !mayTell(after);
}

const isData = (step: unknown) => step === 'data' || step === 'stringData';

export const notShown = 'not shown';
