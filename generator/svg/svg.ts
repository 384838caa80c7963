/** Parts that every picture of ours is made of: a ground of its own, text as text, and words for those who cannot see it. */

export const margin = 16;
/** From one line of text to the next. */
export const line = 16;

/** Colours of text and ground in both themes, so that a picture can be read on any page. */
const light = `
text { font: 12px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328 }
.name { font-weight: 600 } .title { font-size: 15px; font-weight: 600 } .detail { fill: #59636e }
.ground { fill: #ffffff }`;
const dark = 'text { fill: #f0f6fc } .detail { fill: #aab4bf } .ground { fill: #0d1117 }';

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
/** A text; `more` is further attributes, each with a space before it. */
export const text = (x: number, y: number, words: string, more = '') =>
  `<text x="${x}" y="${y}"${more}>${escaped(words)}</text>`;
/** What a screen reader says, and a browser shows beside the pointer. */
export const titled = (words: string) => `<title>${escaped(words)}</title>`;

/** Words in lines of fewer than `width` characters, parted at the separators between them. A longer word has a line. */
export function lines(words: readonly string[], separator: string, width: number): string[] {
  const wrapped: string[] = [];
  for (const word of words) {
    const last = wrapped.at(-1);
    if (last !== undefined && last.length + word.length + separator.length < width)
      wrapped[wrapped.length - 1] = `${last}${separator}${word}`;
    else wrapped.push(word);
  }
  return wrapped;
}

export interface Drawing {
  readonly title: string;
  /** What the picture shows, and where the same stands in words. */
  readonly description: string;
  /** Where the picture comes from. */
  readonly origin: string;
  readonly width: number;
  readonly height: number;
  /** Rules on top of those for text and ground, for a light and for a dark page. */
  readonly style: { readonly light: string; readonly dark: string };
  readonly parts: readonly string[];
}

/** An SVG that needs nothing from elsewhere: no script, no font, no link. It is dark where the reader wants it dark. */
export function drawing({ title, description, origin, width, height, style, parts }: Drawing): string {
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="desc">${escaped(description)}</desc>`,
    `<!-- ${origin} -->`,
    `<style>${light} ${style.light}`,
    `@media (prefers-color-scheme: dark) {\n${dark} ${style.dark}\n}\n</style>`,
    `<rect class="ground" width="${width}" height="${height}" rx="6"/>`,
    text(margin, margin + line, title, ' class="title"'),
    ...parts,
    '</svg>',
  ].join('\n')}\n`;
}
