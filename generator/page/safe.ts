/** Texts and addresses of other publishers, before they go onto a page. Escaping for HTML is the frame's. */

/**
 * Control characters, and those that turn the direction of writing or are not seen: a command could look other than it is.
 * Tab and line feed stay.
 */
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The text with a replacement character for each that is not seen; what is no string gives ''. */
export const plainText = (text: unknown): string =>
  typeof text === 'string' ? text.replace(/\r\n/g, '\n').replace(unseen, '\ufffd') : '';

/** The text on one line: a line feed in a command would run it. */
export const oneLine = (text: unknown): string => plainText(text).replace(/[\t\n]+/g, ' ');

/** An address on the web, or '' for anything else: no javascript:, data: or file:. */
export function webAddress(text: unknown): string {
  const address = oneLine(text).trim();
  return /^https?:\/\/[^\s/]/i.test(address) && URL.canParse(address) ? new URL(address).href : '';
}

/** The address of a package: on the web, or a path below the page. '' for anything else. */
export function packageAddress(text: unknown): string {
  const address = oneLine(text).trim();
  if (webAddress(address) !== '') return webAddress(address);
  if (!/^[^:?#\\/][^:?#\\]*$/.test(address) || address.split('/').includes('..')) return '';
  return `./${address.split('/').map(encodePart).join('/')}`;
}

/** A link within the page: chart, version and path of a value; the same text is the id of the element. */
export const fragment = (...parts: readonly string[]): string => parts.map(encodePart).join('/');

const encodePart = (part: string) => encodeURIComponent(part).replace(/%(2B|5B|5D)/g, decodeURIComponent);
