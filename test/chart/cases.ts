import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../generator/files.ts';
import type { Finding } from '../../generator/findings.ts';
import type { Chart } from '../../generator/model/chart.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { serverlessMeshOperators } from '../../generator/model/serverless-mesh-operators/index.ts';
import { serverlessMeshTenant } from '../../generator/model/serverless-mesh-tenant/index.ts';
import { readEnvironments } from '../../generator/values/environments.ts';
import type { Values } from '../../generator/values/maps.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import type { Values as MeshValues } from '../../values-schema/index.ts';
import { flat, type Manifest, parseManifests } from '../support/render.ts';

/** A realistic user: a values file of test/cases, or one of our example environments. */
export interface Case {
  readonly chart: Chart;
  readonly name: string;
  /** The values file. */
  readonly file: string;
  /** Values on top of it, as `--set` takes them. */
  readonly set?: readonly string[];
  /** Merged with the chart's defaults. */
  readonly values: Values;
  /** What the command `validate` finds; nothing, if all is well. */
  readonly findings: readonly Finding[];
  /** Text that Helm gives, by scripts/render-cases.ts. */
  readonly goldenFile: string;
}

export const chartFolderOf = ({ name }: Chart) => join(projectRoot, 'charts', name);
/** Of the main chart. */
export const chartFolder = chartFolderOf(serverlessMesh);
const goldenFolder = join(projectRoot, 'test/golden');
/** No name of a chart, a namespace or an object of ours, so that none of them can stand where another belongs. */
export const release = { name: 'knative-mesh', namespace: 'platform' } as const;
/** `helm template`, or `helm install`, of a case. */
export const caseArgs = (
  command: 'template' | 'install',
  { file, set = [], chart = serverlessMesh }: Pick<Case, 'file' | 'set'> & Partial<Pick<Case, 'chart'>>,
): string[] => [
  ...[command, release.name, chartFolderOf(chart), '--namespace', release.namespace, '-f', file],
  ...set.flatMap(assignment => ['--set-string', assignment]),
];

/** The cases of a chart in these folders, by name; their goldens are below test/golden. Throws where two have one name. */
function casesOf(chart: Chart, folders: readonly string[], goldens: string): readonly Case[] {
  const files = folders
    .map(folder => join(projectRoot, folder))
    .flatMap(folder => readdirSync(folder).map(name => join(folder, name)))
    .filter(file => file.endsWith('.yaml'));
  const found = [...readEnvironments(chart, { environments: files, files: [] })]
    .map(({ name, values, findings }, index) => ({
      chart,
      name,
      file: files[index]!,
      values,
      findings,
      goldenFile: join(goldenFolder, goldens, `${name}.yaml`),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  if (new Set(found.map(c => c.name)).size < found.length) throw new Error('two cases have one name; rename a file');
  return found;
}

/** All cases of the main chart. */
export const cases = casesOf(serverlessMesh, ['test/cases', 'environments'], '');
/** Each case with the other generation of Service Mesh, and what must change with it: only Kourier has none. */
export const twins: readonly Case[] = cases.flatMap(twinOf);
/** Those of another chart, in a folder of its name. */
const casesBelow = (chart: Chart) => casesOf(chart, [`test/cases/${chart.name}`], chart.name);
export const operatorCases = casesBelow(serverlessMeshOperators);
export const tenantCases = casesBelow(serverlessMeshTenant);
/** All cases of each chart. */
export const casesByChart: ReadonlyMap<Chart, readonly Case[]> = new Map([
  [serverlessMesh, cases],
  [serverlessMeshOperators, operatorCases],
  [serverlessMeshTenant, tenantCases],
]);
export const allCases: readonly Case[] = [...casesByChart.values()].flat();
/** All that has a golden file. */
export const rendered: readonly Case[] = [...allCases, ...twins];
/** The name of a case, with its chart where that is not the main one. */
export const titleOf = ({ chart, name }: Case) => (chart === serverlessMesh ? name : `${chart.name}, ${name}`);

function twinOf(c: Case): Case[] {
  const { mesh, serverless, serving } = c.values as unknown as MeshValues;
  if (serving.ingress === 'kourier') return [];
  const generation = mesh.generation === 'v2' ? 'v3' : 'v2';
  const changes: Record<string, string> = {
    'mesh.generation': generation,
    ...(mesh.controlPlane.version === '' ? {} : { 'mesh.controlPlane.version': '' }),
    ...(generation === 'v3' && serverless.release < 'v1.37' ? { 'serverless.release': 'v1.37' } : {}),
  };
  const values = Object.entries(changes).reduce<Values>((all, [path, text]) => {
    const change = path.split('.').reduceRight<unknown>((below, key) => ({ [key]: below }), text);
    return mergeValues(all, change as Values);
  }, c.values);
  return [
    {
      ...c,
      name: `${c.name} on ${generation}`,
      set: Object.entries(changes).map(([path, text]) => `${path}=${text}`),
      values,
      goldenFile: join(goldenFolder, `on-${generation}`, `${c.name}.yaml`),
    },
  ];
}

/** The case of this name. */
export function caseNamed(name: string, among: readonly Case[] = cases): Case {
  const found = among.find(c => c.name === name);
  if (found === undefined) throw new Error(`no case ${name}; there are ${among.map(c => c.name).join(', ')}`);
  return found;
}

/** Service Mesh 2 or 3, whose real definitions and istiod are others. */
export const generationOf = ({ values }: Case): 'v2' | 'v3' => (values as unknown as MeshValues).mesh.generation;

export const goldenText = ({ goldenFile }: Case): string => readFileSync(goldenFile, 'utf8');
const parsed = new Map<string, Manifest[]>();
/** The objects of a golden file, as the API server gets them. Parsed once, so for reading only. */
export function goldenManifests(c: Case): Manifest[] {
  const known = parsed.get(c.goldenFile);
  if (known !== undefined) return known;
  const manifests = parseManifests(goldenText(c));
  parsed.set(c.goldenFile, manifests);
  return manifests;
}
/** The same, with the items of each List for themselves. */
export const goldenObjects = (c: Case): Manifest[] => flat(goldenManifests(c));
/** Golden files that no case has. */
export const strayGoldens = (): string[] =>
  readdirSync(goldenFolder, { recursive: true, encoding: 'utf8' })
    .map(name => join(goldenFolder, name))
    .filter(path => path.endsWith('.yaml') && !rendered.some(c => c.goldenFile === path));
