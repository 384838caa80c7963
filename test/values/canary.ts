/** Looks like a private key, and is none. The last line is short, as in a real one. */
export const canary = `-----BEGIN PRIVATE KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCanaryCanary01
q7ZcanaryLooksLikeAKeyButIsNotOneAtAllAndIsNeverShownToAnybody02
LastLineCanary==
-----END PRIVATE KEY-----`;

/** Those of the texts that hold six characters in a row of the key itself. */
export function leaks(texts: readonly string[]): string[] {
  const lines = canary.split('\n').slice(1, -1);
  const parts = lines.flatMap(line =>
    Array.from({ length: line.length - 5 }, (_, start) => line.slice(start, start + 6)),
  );
  return texts.filter(text => parts.some(part => text.includes(part)));
}
