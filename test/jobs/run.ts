/** Runs the scripts of the Jobs, as rendered for some values, against a kubectl that answers as a test says. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { defaults } from '../../generator/emit/fields.ts';
import type { Schema } from '../../generator/gotmpl/expr.ts';
import type { Chart } from '../../generator/model/chart.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { evaluateChart } from '../../generator/render/evaluate-chart.ts';
import type { Values } from '../../generator/values/maps.ts';
import { mergeValues } from '../../generator/values/merge.ts';

/** A call of kubectl, and what it answers: one after the other, the last one for ever. `error: ...` fails. */
export interface Rule {
  readonly call: string;
  readonly answers: readonly string[];
}
export interface Outcome {
  readonly exitCode: number | undefined;
  /** Lines without their time. */
  readonly said: readonly string[];
  /** Calls of kubectl, without where they ask for. */
  readonly calls: readonly string[];
}
export type KubernetesObject = Readonly<Record<string, unknown>> & {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
};

export const everything: Values = {
  cluster: { appsDomain: 'apps.example.com' },
  mesh: { members: ['shop'] },
  kafka: { enabled: true, bootstrapServers: ['my-cluster-kafka-bootstrap.kafka:9092'] },
};
/** With domain mappings, which need Serving. */
export const mapped: Values = {
  ...everything,
  domainMappings: [
    { host: 'shop.example.com', namespace: 'shop', service: 'storefront', secretName: 'shop-tls' },
    { host: 'www.example.com', namespace: 'shop', service: 'storefront', secretName: 'shop-tls' },
  ],
};

export function objectsOf(values: Values, chart: Chart = serverlessMesh): KubernetesObject[] {
  const merged = mergeValues(defaults(chart.values as Schema) as Values, values);
  return evaluateChart(chart, merged, { name: 'mine', namespace: 'here' }).map(
    ({ object }) => object as KubernetesObject,
  );
}

/** The data of all ConfigMaps that a Job mounts or takes its environment from. */
function dataOf(objects: readonly KubernetesObject[], names: readonly string[]): Record<string, string> {
  const maps = objects.filter(o => o.kind === 'ConfigMap' && names.includes(o.metadata.name));
  return Object.assign({}, ...maps.map(o => o.data)) as Record<string, string>;
}

interface PodSpec {
  readonly containers: readonly [
    {
      readonly command: string[];
      readonly env: { readonly name: string; readonly value: string }[];
      readonly envFrom?: { readonly configMapRef: { readonly name: string } }[];
    },
  ];
  readonly volumes: readonly {
    readonly projected?: { readonly sources: { readonly configMap: { name: string } }[] };
  }[];
}

const fake = fileURLToPath(new URL('fake-kubectl.js', import.meta.url));

/** Runs what the Job would run. `TIMEOUT` is short: the script gives up after a second, and never sleeps long. */
export async function runJob(
  name: string,
  values: Values,
  rules: readonly Rule[],
  {
    shell = 'sh',
    timeout = '2',
    chart = serverlessMesh,
  }: { readonly shell?: string; readonly timeout?: string; readonly chart?: Chart } = {},
): Promise<Outcome> {
  const objects = objectsOf(values, chart);
  const job = objects.find(o => o.kind === 'Job' && o.metadata.name === name);
  if (job === undefined) throw new Error(`no Job ${name} for these values`);
  const pod = (job.spec as { template: { spec: PodSpec } }).template.spec;
  const [container] = pod.containers;
  const mounted = pod.volumes.flatMap(v => v.projected?.sources ?? []).map(s => s.configMap.name);
  const maps = (container.envFrom ?? []).map(e => e.configMapRef.name);
  const env = {
    ...dataOf(objects, maps),
    ...Object.fromEntries(container.env.map(({ name, value }) => [name, value])),
  };

  const folder = mkdtempSync(join(tmpdir(), 'jobs-'));
  try {
    for (const [file, text] of Object.entries(dataOf(objects, mounted))) writeFileSync(join(folder, file), text);
    mkdirSync(join(folder, 'bin'));
    symlinkSync(fake, join(folder, 'bin/kubectl'));
    writeFileSync(join(folder, 'bin/sleep'), '#!/bin/sh\nexec /bin/sleep 0.02\n');
    chmodSync(join(folder, 'bin/sleep'), 0o755);
    writeFileSync(join(folder, 'rules.json'), JSON.stringify(rules));
    writeFileSync(join(folder, 'calls'), '');
    const script = join(folder, container.command[1]!.replace(/^\/scripts\//, ''));
    const { exitCode, all } = await execa(shell, [script], {
      reject: false,
      all: true,
      extendEnv: false,
      timeout: 60_000,
      env: {
        ...env,
        TIMEOUT: timeout,
        PATH: `${folder}/bin:${process.env.PATH}`,
        TMPDIR: folder,
        HOME: folder,
        FAKE: folder,
      },
    });
    return {
      exitCode,
      said: (all ?? '').split('\n').map(line => line.replace(/^\d\d:\d\d:\d\d /, '')),
      calls: readFileSync(join(folder, 'calls'), 'utf8').trimEnd().split('\n'),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
