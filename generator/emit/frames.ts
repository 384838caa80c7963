/** Handlebars frames: they lay out files, and never see or write a Go-template action. */
import Handlebars from 'handlebars';

/** Pages and pictures of a chart that are for people with a checkout: Helm would keep them in the Secret of each release. */
export const docsFolder = 'docs/';

/** Fills a frame. A name that the data lacks is an error, and nothing is escaped: the output is no HTML. */
export function fill(frame: string, data: object): string {
  // Handlebars itself lets a missing list pass as an empty one.
  for (const [, name] of frame.matchAll(/\{\{#each (\w+)\}\}/g))
    if (!(name! in data)) throw new TypeError(`the frame asks for the list ${name}, which its data lacks`);
  return Handlebars.compile(frame, { strict: true, noEscape: true, knownHelpersOnly: true })(data);
}

/** Fills a frame of HTML: every text is escaped but those in triple braces, and frames may use `parts` by their name. */
export function fillHtml(frame: string, parts: Readonly<Record<string, string>>, data: object): string {
  const own = Handlebars.create();
  const options = { strict: true, knownHelpersOnly: true, preventIndent: true };
  const compiled = Object.entries(parts).map(([name, text]) => [name, own.compile(text, options)] as const);
  return own.compile(frame, options)(data, { partials: Object.fromEntries(compiled) });
}
