import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { projectRoot } from '../../generator/files.ts';
import type { Finding } from '../../generator/findings.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { readEnvironments } from '../../generator/values/environments.ts';
import type { Values } from '../../generator/values/maps.ts';
import type { Values as MeshValues } from '../../values-schema/index.ts';
import { type Manifest, parseManifests } from '../support/render.ts';

/** A realistic user: a values file of test/cases, or one of our example environments. */
export interface Case {
  readonly name: string;
  /** The values file. */
  readonly file: string;
  /** Merged with the chart's defaults. */
  readonly values: Values;
  /** What the command `validate` finds; nothing, if all is well. */
  readonly findings: readonly Finding[];
  /** Text that Helm gives, by scripts/render-cases.ts. */
  readonly goldenFile: string;
}

export const chartFolder = join(projectRoot, 'charts', serverlessMesh.name);
export const goldenFolder = join(projectRoot, 'test/golden');
/** No name of a chart, a namespace or an object of ours, so that none of them can stand where another belongs. */
export const release = { name: 'knative-mesh', namespace: 'platform' } as const;
/** `helm template`, or `helm install`, of a case. */
export const caseArgs = (command: 'template' | 'install', { file }: Pick<Case, 'file'>): string[] => [
  command,
  release.name,
  chartFolder,
  '--namespace',
  release.namespace,
  '-f',
  file,
];

const folders = ['test/cases', 'environments'].map(folder => join(projectRoot, folder));
const files = folders.flatMap(folder => readdirSync(folder).map(name => join(folder, name)));

/** All cases, by name. Throws where two have one name. */
export const cases: readonly Case[] = [...readEnvironments(serverlessMesh, { environments: files, files: [] })]
  .map(({ name, values, findings }, index) => ({
    name,
    file: files[index]!,
    values,
    findings,
    goldenFile: join(goldenFolder, `${name}.yaml`),
  }))
  .sort((a, b) => (a.name < b.name ? -1 : 1));
if (new Set(cases.map(c => c.name)).size < cases.length) throw new Error('two cases have one name; rename a file');

/** The case of this name. */
export function caseNamed(name: string): Case {
  const found = cases.find(c => c.name === name);
  if (found === undefined) throw new Error(`no case ${name}; there are ${cases.map(c => c.name).join(', ')}`);
  return found;
}

/** Service Mesh 2 or 3, whose real definitions and istiod are others. */
export const generationOf = ({ values }: Case): 'v2' | 'v3' => (values as unknown as MeshValues).mesh.generation;

export const goldenText = ({ goldenFile }: Case): string => readFileSync(goldenFile, 'utf8');
/** The objects of a golden file, as the API server gets them. */
export const goldenManifests = (c: Case): Manifest[] => parseManifests(goldenText(c));
/** Golden files that no case has. */
export const strayGoldens = (): string[] =>
  readdirSync(goldenFolder).filter(name => !cases.some(c => basename(c.goldenFile) === name));
