/** kubeconform -strict, built from its pinned Go module, on every golden render. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { execa } from 'execa';
import { casesByChart, generationOf, goldenObjects, rendered } from '../chart/cases.ts';
import { builtPath, goVersion, isBuilt } from '../cluster/cache.ts';
import { goModules, kubernetesVersions, openApiFile } from '../cluster/modules.ts';
import { crdFolders } from '../support/crd-files.ts';
import { type Kind, schemaFile, writeSchemas } from './kubeconform-schemas.ts';
import type { ToolGate, ToolRun } from './tool.ts';

const module = goModules.find(({ name }) => name === 'kubeconform')!;

interface Output {
  readonly resources?: readonly {
    readonly filename: string;
    readonly name: string;
    readonly kind: string;
    readonly status: string;
    readonly msg: string;
  }[];
  readonly summary: {
    readonly valid: number;
    readonly invalid: number;
    readonly errors: number;
    readonly skipped: number;
  };
}
export interface Conformed {
  readonly valid: number;
  /** `file: Kind name: what`. */
  readonly found: readonly string[];
}

/** Kinds in all renders of a generation. */
export function kindsOf(generation: 'v2' | 'v3'): Kind[] {
  const objects = rendered.filter(c => generationOf(c) === generation).flatMap(goldenObjects);
  const kinds = objects.map(({ object }) => ({ apiVersion: String(object.apiVersion), kind: String(object.kind) }));
  return [...new Map(kinds.map(kind => [`${kind.apiVersion} ${kind.kind}`, kind])).values()];
}

const folders = new Map<string, string>();
/** Folder of the schemas of a generation: made once, gone with the process. */
function schemasOf(generation: 'v2' | 'v3'): string {
  const known = folders.get(generation);
  if (known !== undefined) return known;
  const folder = mkdtempSync(join(tmpdir(), 'schemas-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  // A kind without one is an error of kubeconform's.
  writeSchemas(folder, generation, kindsOf(generation), builtPath('kubeconform', openApiFile));
  folders.set(generation, folder);
  return folder;
}

/** Checks files, or `input`, against the definitions of one generation of the mesh. No file is fetched, no kind left out. */
export async function conform(generation: 'v2' | 'v3', files: readonly string[], input = ''): Promise<Conformed> {
  const location = join(schemasOf(generation), schemaFile);
  const args = ['-strict', '-output', 'json', '-summary', '-n', '2', '-schema-location', location, ...files];
  const { stdout, stderr } = await execa(builtPath('kubeconform', 'kubeconform'), args, { input, reject: false });
  if (stdout === '') throw new Error(`kubeconform says nothing but: ${stderr}`);
  const { resources = [], summary } = JSON.parse(stdout) as Output;
  if (summary.skipped > 0) throw new Error(`kubeconform skipped ${summary.skipped} objects`);
  const found = resources.map(({ filename, kind, name, msg }) => `${basename(filename)}: ${kind} ${name}: ${msg}`);
  return { valid: summary.valid, found };
}

async function run(): Promise<ToolRun> {
  const found = new Map<string, string[]>();
  let valid = 0;
  for (const chart of casesByChart.keys()) {
    const own = rendered.filter(c => c.chart === chart);
    const results = [];
    for (const generation of ['v2', 'v3'] as const) {
      const files = own.filter(c => generationOf(c) === generation).map(c => c.goldenFile);
      if (files.length > 0) results.push(await conform(generation, files));
    }
    found.set(
      chart.name,
      results.flatMap(result => result.found),
    );
    valid += results.reduce((sum, result) => sum + result.valid, 0);
  }
  const { stdout } = await execa(builtPath('kubeconform', 'kubeconform'), ['-v']);
  return {
    tool: `kubeconform ${stdout}`,
    ran: `\`kubeconform -strict -summary\` on ${rendered.length} golden renders: ${valid} objects valid, none skipped.`,
    found,
  };
}

function missing(): string | undefined {
  if (crdFolders().length === 0) return 'there are no real definitions of kinds in ../shared/crds';
  if (goVersion() === undefined) return 'there is no Go to build it with';
  return isBuilt(module) ? undefined : 'it is not built; run node --import tsx test/cluster/build.ts kubeconform';
}

export const kubeconform: ToolGate = {
  id: 'kubeconform',
  title: 'kubeconform',
  source: 'https://github.com/yannh/kubeconform',
  looked: `Every object against a closed schema, so that an unknown field is an error: the real definitions of the operators' kinds, and the OpenAPI of
Kubernetes ${kubernetesVersions[0]} for its own. A kind without a schema is an error, \`-ignore-missing-schemas\` is not used. Rules in CEL are run by the API server
of \`npm run test:cluster\`.`,
  missing,
  run,
};
