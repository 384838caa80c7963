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

/** A line of base64, which has capital letters: the name of a host may be as long, and has none. */
const keyLine = /(?=[a-z0-9+/=]{0,59}[A-Z])[A-Za-z0-9+/=]{60}/;

function holdsKey(value: unknown): boolean {
  if (typeof value === 'string') {
    const text = value.replace(harmless, '');
    return /PRIVATE KEY/i.test(text) || keyLine.test(text);
  }
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, x]) => holdsKey(key) || holdsKey(x));
}

/** Whether a value may be told as it is. */
export const mayTell = (value: unknown): boolean => !holdsKey(value);

export const notShown = 'not shown';
