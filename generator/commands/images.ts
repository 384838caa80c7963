import { grammar } from '../../values-schema/field.ts';
import { GeneratorError } from '../errors.ts';
import { findingText } from '../findings.ts';
import { chartPackages } from '../images/chart-packages.ts';
import { imageSetText } from '../images/imageset.ts';
import { mirrorSetsText, mirrorValuesText } from '../images/mirror.ts';
import { clashing, type Needs, needsOf, unmirrored } from '../images/needs.ts';
import { findingsFor, readOperators } from '../images/read-operators.ts';
import { mirrorPattern, whyNotMirrored } from '../images/reference.ts';
import { type About, needsJson, needsText } from '../images/text.ts';
import type { Io, Status } from '../io.ts';
import { redHatCatalogImage } from '../model/facts/operators.ts';
import { serverlessMesh } from '../model/serverless-mesh/index.ts';
import { readPublisher } from '../publisher/read.ts';
import { type Environment, type EnvironmentOptions, readEnvironments } from '../values/environments.ts';

export interface ImagesOptions extends EnvironmentOptions {
  readonly output: 'text' | 'json' | 'imageset' | 'values' | 'mirrorset';
  /** `host[:port][/path]`. */
  readonly mirror?: string | undefined;
  /** Image of the catalog that has the operators. */
  readonly catalog?: string | undefined;
  /** Values files of the chart serverless-mesh-operators. */
  readonly operators: readonly string[];
  /** Folder that package wrote. */
  readonly from: string;
  /** Address of the repository of the charts; that of the publisher without it. */
  readonly repository?: string | undefined;
  readonly publisher?: string | undefined;
}

/** Prints what environments need from outside, for a mirror. Looks at nothing but the model and files. */
export function runImages(options: ImagesOptions, io: Io): Status {
  checkOptions(options);
  const { mirror, catalog } = options;
  const repository = options.repository ?? readPublisher(options.publisher).repository;
  const about = { charts: chartPackages(options.from, repository), catalog, mirror };
  const own = readOperators(options.operators);
  const wrong = own.findings.map(findingText);
  const all: Needs[] = [];
  for (const environment of readEnvironments(serverlessMesh, options)) {
    const found = findingsIn(environment, own);
    if (found.length > 0) wrong.push(...found);
    else all.push(needsOf(environment, own.overrides));
  }
  if (wrong.length === 0) wrong.push(...clashing(all, mirror ?? 'mirror'));
  for (const line of wrong) io.talk(`${line}\n`);
  if (wrong.length > 0) return 1;
  io.out(print(all, about, options.output));
  return 0;
}

function findingsIn(environment: Environment, own: Environment): string[] {
  const found = [...environment.findings, ...own.findings];
  if (found.length > 0) return environment.findings.map(findingText);
  const ofOperators = findingsFor(environment, own);
  const needs =
    ofOperators.length > 0 ? [] : unmirrored(needsOf(environment, own.overrides), environment.placeOf, own.placeOf);
  return [...ofOperators, ...needs].map(findingText);
}

function print(all: readonly Needs[], about: About, output: ImagesOptions['output']): string {
  const { mirror = '', catalog = '', charts } = about;
  switch (output) {
    case 'json':
      return needsJson(all, about);
    case 'imageset':
      return imageSetText(all, { catalog, charts, mirror: about.mirror });
    case 'values':
      return mirrorValuesText(serverlessMesh, all[0]!, mirror);
    case 'mirrorset':
      return mirrorSetsText(all, mirror);
    default:
      return all.map(needs => needsText(needs, about)).join('\n');
  }
}

function checkOptions({ output, mirror, catalog, environments, from, repository }: ImagesOptions): void {
  const rows: readonly (readonly [boolean, string])[] = [
    [from === '', '--from is empty; name the folder that package wrote.'],
    [
      repository !== undefined && !/^(https?|oci):\/\/[^\s/@]+(\/\S*)?$/.test(repository),
      '--repository is no address of a repository; write for example https://charts.example.com, without a user in it.',
    ],
    [
      mirror !== undefined && !mirrorPattern.test(mirror),
      '--mirror is no registry; write host[:port][/path] in lower case, for example registry.example.com:5000/mirror.',
    ],
    [
      mirror === undefined && (output === 'values' || output === 'mirrorset'),
      `--output ${output} is about a mirror; add --mirror, for example --mirror registry.example.com:5000/mirror.`,
    ],
    [
      output === 'values' && environments.length > 1,
      '--output values is one values file, and there are several environments; name one of them.',
    ],
    [
      output === 'imageset' && catalog === undefined,
      `--output imageset needs the catalog of your OpenShift; add --catalog, for example --catalog ${redHatCatalogImage}:v4.18.`,
    ],
    [
      catalog !== undefined &&
        (!new RegExp(grammar.image.pattern).test(catalog) || whyNotMirrored(catalog) !== undefined),
      `--catalog is no image with registry and tag or digest; write for example ${redHatCatalogImage}:v4.18.`,
    ],
  ];
  const sentence = rows.find(([wrong]) => wrong)?.[1];
  if (sentence !== undefined) throw new GeneratorError(sentence, 2);
}
