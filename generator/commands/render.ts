import { join } from 'node:path';
import { chartNamed } from '../charts.ts';
import { GeneratorError } from '../errors.ts';
import { findingText } from '../findings.ts';
import type { Io, Status } from '../io.ts';
import type { Chart } from '../model/chart.ts';
import { writeWhole } from '../output/replace.ts';
import { evaluateChart, type ReleaseInfo } from '../render/evaluate-chart.ts';
import { manifestsJson, manifestsYaml } from '../render/manifests.ts';
import { type Rendered, withoutTests } from '../render/order.ts';
import { fileText, type Printed, printAll } from '../render/print.ts';
import { type Environment, type EnvironmentOptions, readEnvironments } from '../values/environments.ts';
import { checkRelease } from './release.ts';

export interface RenderOptions extends EnvironmentOptions {
  /** Name of the chart; the main one without it. */
  readonly chart?: string | undefined;
  readonly engine: 'model' | 'helm';
  /** The name of the chart without it. */
  readonly releaseName?: string | undefined;
  readonly namespace: string;
  /** Without the objects of `helm test`. */
  readonly skipTests?: boolean | undefined;
  readonly output: 'yaml' | 'json';
  /** Write one file per environment here, instead of printing. */
  readonly outDir?: string | undefined;
}

/** Renders environments. An environment with findings is not rendered: its findings are printed, and nothing is written. */
export async function runRender(options: RenderOptions, io: Io): Promise<Status> {
  const chart = chartNamed(options.chart);
  const release = { name: options.releaseName ?? chart.name, namespace: options.namespace };
  checkOptions(options, release);
  const environments = new Map<string, Environment>();
  let findings = 0;
  for (const environment of readEnvironments(chart, options)) {
    for (const f of environment.findings) io.talk(`${findingText(f)}\n`);
    findings += environment.findings.length;
    if (environments.has(environment.name))
      throw new GeneratorError(
        `${environment.name}: two environments have this name; give their files different names.`,
        2,
      );
    environments.set(environment.name, environment);
  }
  if (findings > 0) return 1;
  const all = [...environments.values()];
  const engine = await engineOf(options.engine, chart, release, all);
  const textOf = (environment: Environment): string => {
    const items = options.skipTests ? withoutTests(engine(environment)) : engine(environment);
    return options.output === 'json' ? manifestsJson(environment.name, items) : manifestsYaml(items);
  };
  const printed = all.map((environment): Printed => ({ name: environment.name, text: () => textOf(environment) }));
  if (options.outDir === undefined) await printAll(printed, 'Environment', options.output, io);
  else write(printed, options.outDir, options.output, io);
  return 0;
}

function checkOptions(options: RenderOptions, { name, namespace }: ReleaseInfo): void {
  checkRelease({ releaseName: name, namespace });
  if (options.outDir === '') throw new GeneratorError('--out-dir is empty; name a folder.', 2);
}

/** The objects of an environment. Helm may fail, so with it all are rendered before the first is printed. */
async function engineOf(
  engine: RenderOptions['engine'],
  chart: Chart,
  release: ReleaseInfo,
  environments: readonly Environment[],
): Promise<(e: Environment) => readonly Rendered[]> {
  if (engine === 'model') return e => evaluateChart(chart, e.values, release);
  const { helmEngine } = await import('../render/helm.ts');
  const helm = helmEngine(chart, release);
  const rendered = new Map<Environment, readonly Rendered[]>();
  for (const environment of environments) rendered.set(environment, await helm(environment));
  return e => rendered.get(e)!;
}

function write(all: readonly Printed[], folder: string, output: string, io: Io): void {
  for (const { name, text } of all) {
    const data = fileText(text());
    const path = join(folder, `${name}.${output}`);
    // A Secret may hold a private key, which only its owner may read. The script that writes one holds none.
    writeWhole(path, data, { mode: /^kind: ['"]?Secret\b|"kind": ?"Secret"/m.test(data) ? 0o600 : 0o644 });
    io.talk(`wrote ${path}\n`);
  }
}
