/** A message repeats at most so many characters of what the user wrote. */
const longest = 60;

/**
 * Whether a message may repeat this text of the user's. Private keys end up in wrong places, and messages in CI logs:
 * so nothing that looks like a key, has several lines, or is long base64 (one line of a key) is ever repeated.
 */
export function mayShow(text: string): boolean {
  return !/PRIVATE KEY|[\r\n]|[A-Za-z0-9+/=]{40}/i.test(text);
}

/** The text as JSON would write it, shortened, without characters that a terminal would act on. */
export function quoted(text: string): string {
  return shortened(JSON.stringify(text));
}

/** At most 60 characters, escaped. */
export function shortened(text: string): string {
  const characters = [...text];
  return escaped(characters.length <= longest ? text : `${characters.slice(0, longest - 1).join('')}…`);
}

/** Control characters and those that turn the writing direction become `\u` escapes. */
export function escaped(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, character => {
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
  });
}

/** `a`, `a or b`, `a, b or c`. */
export function alternatives(texts: readonly string[]): string {
  const last = texts.at(-1) ?? '';
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')} or ${last}`;
}
