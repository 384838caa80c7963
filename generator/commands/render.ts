import { join } from 'node:path';
import { GeneratorError } from '../errors.ts';
import { findingText } from '../findings.ts';
import type { Io, Status } from '../io.ts';
import { serverlessMesh } from '../model/serverless-mesh/index.ts';
import { writeWhole } from '../output/replace.ts';
import { evaluateChart } from '../render/evaluate-chart.ts';
import { manifestsJson, manifestsYaml } from '../render/manifests.ts';
import type { Rendered } from '../render/order.ts';
import { type Environment, type EnvironmentOptions, readEnvironments } from '../values/environments.ts';
import { shortened } from '../values/show.ts';

export interface RenderOptions extends EnvironmentOptions {
  readonly engine: 'model' | 'helm';
  readonly releaseName: string;
  readonly namespace: string;
  readonly output: 'yaml' | 'json';
  /** Write one file per environment here, instead of printing. */
  readonly outDir?: string | undefined;
}

/** Renders environments. An environment with findings is not rendered: its findings are printed, and nothing is written. */
export async function runRender(options: RenderOptions, io: Io): Promise<Status> {
  checkRelease(options);
  const engine = await engineOf(options);
  const texts = new Map<string, string>();
  let findings = 0;
  for (const environment of readEnvironments(serverlessMesh, options)) {
    for (const f of environment.findings) io.talk(`${findingText(f)}\n`);
    findings += environment.findings.length;
    if (environment.findings.length > 0) continue;
    if (texts.has(environment.name))
      throw new GeneratorError(
        `${environment.name}: two environments have this name; give their files different names.`,
        2,
      );
    const items = await engine(environment);
    texts.set(
      environment.name,
      options.output === 'json' ? manifestsJson(environment.name, items) : manifestsYaml(items),
    );
  }
  if (findings > 0) return 1;
  if (options.outDir === undefined) print(texts, options, io);
  else write(texts, options.outDir, options.output, io);
  return 0;
}

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const releaseNames = new RegExp(`^${label}(\\.${label})*$`);
const namespaces = new RegExp(`^${label}$`);

/** Refuses what Helm, or Kubernetes behind it, would refuse. */
function checkRelease({ releaseName, namespace, outDir }: RenderOptions): void {
  const shown = (text: string) => shortened(JSON.stringify(text));
  if (!releaseNames.test(releaseName) || releaseName.length > 53)
    throw new GeneratorError(
      `--release-name ${shown(releaseName)} is no name that Helm accepts; write at most 53 lower-case letters, digits, '-' and '.', as serverless-mesh.`,
      2,
    );
  if (!namespaces.test(namespace) || namespace.length > 63)
    throw new GeneratorError(
      `--namespace ${shown(namespace)} is no name of a namespace; write at most 63 lower-case letters, digits and '-', as default.`,
      2,
    );
  if (outDir === '') throw new GeneratorError('--out-dir is empty; name a folder.', 2);
}

async function engineOf({
  engine,
  releaseName,
  namespace,
}: RenderOptions): Promise<(e: Environment) => Promise<Rendered[]> | Rendered[]> {
  if (engine === 'model') return e => evaluateChart(serverlessMesh, e.values, { name: releaseName, namespace });
  const { helmEngine } = await import('../render/helm.ts');
  return helmEngine(serverlessMesh, { name: releaseName, namespace });
}

function print(texts: ReadonlyMap<string, string>, { output }: RenderOptions, io: Io): void {
  if (output === 'json') {
    // Each by itself: as one text they would be in memory three times.
    let before = '[';
    for (const text of texts.values()) {
      io.out(before);
      io.out(text);
      before = ',\n';
    }
    io.out(']\n');
    return;
  }
  for (const [name, text] of texts) {
    if (texts.size > 1) io.out(`# Environment: ${name}\n`);
    io.out(text);
  }
}

function write(texts: ReadonlyMap<string, string>, folder: string, output: string, io: Io): void {
  for (const [name, text] of texts) {
    const path = join(folder, `${name}.${output}`);
    // A Secret may hold a private key, which only its owner may read.
    writeWhole(path, text.endsWith('\n') ? text : `${text}\n`, {
      mode: /"?kind"?: ?"?Secret\b/.test(text) ? 0o600 : 0o644,
    });
    io.talk(`wrote ${path}\n`);
  }
}
