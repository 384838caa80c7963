/** Handlebars frames: they lay out files, and never see or write a Go-template action. */
import Handlebars from 'handlebars';

/** Pages and pictures of a chart that are for people with a checkout: Helm would keep them in the Secret of each release. */
export const docsFolder = 'docs/';

/** A frame is compiled once, however many templates it lays out: compiling took a third of the time to build a chart. */
const compiled = new Map<string, Handlebars.TemplateDelegate>();

/** Fills a frame. A name that the data lacks is an error, and nothing is escaped: the output is no HTML. */
export function fill(frame: string, data: object): string {
  // Handlebars itself lets a missing list pass as an empty one.
  for (const [, name] of frame.matchAll(/\{\{#each (\w+)\}\}/g))
    if (!(name! in data)) throw new TypeError(`the frame asks for the list ${name}, which its data lacks`);
  const template =
    compiled.get(frame) ?? Handlebars.compile(frame, { strict: true, noEscape: true, knownHelpersOnly: true });
  compiled.set(frame, template);
  return template(data);
}

/** Fills a frame of HTML: every text is escaped but those in triple braces, and frames may use `parts` by their name. */
export function fillHtml(frame: string, parts: Readonly<Record<string, string>>, data: object): string {
  const own = Handlebars.create();
  const options = { strict: true, knownHelpersOnly: true, preventIndent: true };
  const compiled = Object.entries(parts).map(([name, text]) => [name, own.compile(text, options)] as const);
  return own.compile(frame, options)(data, { partials: Object.fromEntries(compiled) });
}
