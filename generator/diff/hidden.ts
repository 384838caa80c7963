/** What is never shown: data of Secrets, values that the schema calls secret, and whatever looks like a private key. */
import { kindOfId } from './change.ts';

/** Whether a difference at this place of an object may be told with what stands there. */
export function mustHide(
  object: string,
  steps: readonly (string | number)[],
  before: unknown,
  after: unknown,
): boolean {
  const secret = kindOfId(object) === 'Secret' && (steps.length === 0 || isData(steps[0]));
  return secret || holdsKey(before) || holdsKey(after);
}

const isData = (step: unknown) => step === 'data' || step === 'stringData';

/** What is known to be none: certificates, and digests of images. */
const harmless = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----|sha256:[0-9a-f]{64}/g;

function holdsKey(value: unknown): boolean {
  if (typeof value === 'string') return /PRIVATE KEY|[A-Za-z0-9+/=]{60}/i.test(value.replace(harmless, ''));
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, x]) => holdsKey(key) || holdsKey(x));
}

/** Whether a value may be told as it is. */
export const mayTell = (value: unknown): boolean => !holdsKey(value);

export const notShown = 'not shown';
