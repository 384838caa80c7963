/** The licences of what a bundle holds of other packages, which demand that their texts go with it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

interface Described {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name: string };
}

/**
 * Name, version, licence and its text of each package of which some bytes are in the outputs, sorted by name. A folder of
 * a package is named in the metafile relative to `root`. Throws for a package that names no licence: it may not be bundled.
 */
export function thirdPartyLicences({ outputs }: Metafile, root = '.'): string {
  const inputs = Object.values(outputs).flatMap(output => Object.entries(output.inputs));
  const folders = inputs
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([path]) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path) ?? []);
  const parts = [...new Set(folders)].map(folder => licenceOf(join(root, folder)));
  return `${head}\n${[...new Set(parts)].sort().join('\n')}`;
}

const head = 'serverless-mesh holds parts of these packages, each under its own licence.\n';

function licenceOf(folder: string): string {
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Described;
  if (about.license === undefined) throw new Error(`${folder}: names no licence; do not bundle it`);
  const files = readdirSync(folder)
    .filter(name => /^(licen[cs]e|copying|notice)/i.test(name))
    .sort();
  const texts = files.map(name => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim());
  const said = texts.length > 0 ? texts : [withoutText(about)];
  return `${'-'.repeat(80)}\n${about.name} ${about.version} (${about.license})\n\n${said.join('\n\n')}\n`;
}

function withoutText({ author, license }: Described): string {
  const name = typeof author === 'object' ? author.name : author;
  return `This package has no text of its licence. Its package.json says: ${license}${name ? `, by ${name}` : ''}.`;
}
