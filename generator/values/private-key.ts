/** What looks like a private key, wherever it stands: it is told nowhere. show.ts says what a message may repeat, which is less. */

/** What is known to be none: certificates, and digests of images. */
const harmless = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----|sha256:[0-9a-f]{64}/g;

/** A line of base64. Shorter than 64 characters it has a capital letter: without one it may be a name of DNS, which has up to 63. */
const keyLine = /(?=[a-z0-9+/=]{0,59}[A-Z])[A-Za-z0-9+/=]{60}|[A-Za-z0-9+/=]{64}/;

/** Whether a value may be told as it is. */
export function mayTell(value: unknown): boolean {
  if (typeof value === 'string') {
    const text = value.replace(harmless, '');
    return !/PRIVATE KEY/i.test(text) && !keyLine.test(text);
  }
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, x]) => mayTell(key) && mayTell(x));
}
