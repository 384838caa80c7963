/** Tenants of many namespaces: time, memory, manifests and release of our chart, and of the chart that it succeeds. */
import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { mostByList, mostByPrefix } from '../../generator/model/serverless-mesh-tenant/rules.ts';
import { startClusterApi } from '../../test/support/cluster-api.ts';
import type { Helm } from '../../test/support/helm.ts';
import { median } from './measure.ts';
import { checkout } from './project.ts';
import { figure, type Row, yes } from './rows.ts';

export interface TenantSetting {
  readonly folder: string;
  readonly helms: readonly Helm[];
  readonly rounds: number;
  readonly counts: readonly number[];
  /** Folder of redhat-knative-istio-authz. */
  readonly reference: string | undefined;
}

/** What one chart needs for one tenant. */
interface Figures {
  readonly milliseconds: readonly number[];
  /** MiB at the fullest moment of any run; undefined where the system does not say. */
  readonly memory: number | undefined;
  readonly manifestBytes: number;
  /** Bytes of the data of the Secret: JSON in gzip in base64. */
  readonly releaseBytes: number;
}
interface Subject {
  readonly chart: string;
  readonly values: string;
}

const ours = join(checkout, 'charts/serverless-mesh-tenant');
const SECRET = 2 ** 20;
/** More of the other chart than this would fill the memory of most machines: 2,000 namespaces need 2 GiB. */
const MOST_OF_REFERENCE = 2000;
const LONG = 1000;

export async function tenantRows(setting: TenantSetting): Promise<Row[]> {
  const rows: Row[] = [];
  for (const helm of setting.helms)
    for (const count of setting.counts) {
      process.stderr.write(`measuring ${count} namespaces with ${helm.name}...\n`);
      rows.push(...(await rowsOf(helm, count, setting)));
    }
  for (const helm of setting.helms) rows.push(...(await largest(helm, setting)));
  return rows;
}

async function rowsOf(helm: Helm, count: number, setting: TenantSetting): Promise<Row[]> {
  const { folder, reference } = setting;
  const names = namesOf(count, 20);
  const subjects: Record<string, Subject> = { prefix: { chart: ours, values: valuesFile(folder, names, true) } };
  if (count <= mostByList(20)) subjects.list = { chart: ours, values: valuesFile(folder, names, false) };
  if (reference !== undefined && count <= MOST_OF_REFERENCE)
    subjects.theirs = { chart: reference, values: referenceFile(folder, names) };
  const measured = await inTurns(helm, subjects, { ...setting, rounds: count > LONG ? 1 : setting.rounds });
  const { list, prefix, theirs } = measured;
  const title = (by: string) => `${count} namespaces by ${by}, ${helm.name}`;
  return [
    ...(list === undefined ? [] : rowsBeside(title('list'), list, theirs, count === 500 ? 3 : undefined)),
    ...rowsBeside(title('namespacePrefix'), prefix!, theirs, undefined),
    ...(count === 5000 ? [goals(title('namespacePrefix'), prefix!)] : []),
  ];
}

function rowsBeside(name: string, mine: Figures, theirs: Figures | undefined, times: number | undefined): Row[] {
  const want = (ratio: number) => (times === undefined ? '' : `at least ${times}: ${yes(ratio >= times)}`);
  const row = (what: string, of: (figures: Figures) => number, said: (value: number) => string): Row => {
    const ratio = theirs === undefined ? undefined : of(theirs) / of(mine);
    return {
      name: `${name}: ${what}`,
      ours: said(of(mine)),
      theirs: theirs === undefined ? '' : said(of(theirs)),
      ratio: ratio === undefined ? '' : `${ratio.toFixed(1)} times`,
      want: ratio === undefined ? '' : want(ratio),
    };
  };
  return [
    row('time', f => median(f.milliseconds), seconds),
    row('manifests', f => f.manifestBytes, megabytes),
    { ...row('release', f => f.releaseBytes, ofSecret), want: `under 1024 KiB: ${yes(mine.releaseBytes < SECRET)}` },
    ...(mine.memory === undefined ? [] : [{ ...row('memory', f => f.memory ?? 0, mebibytes), want: '' }]),
  ];
}

function goals(name: string, { milliseconds, memory }: Figures): Row {
  const time = median(milliseconds);
  const said = [
    `under 3 s: ${yes(time < 3000)}`,
    ...(memory === undefined ? [] : [`under 300 MiB: ${yes(memory < 300)}`]),
  ];
  return figure(
    `${name}: limits`,
    `${seconds(time)}${memory === undefined ? '' : `, ${mebibytes(memory)}`}`,
    said.join(', '),
  );
}

/** The largest tenants that the rules accept, with names of random letters: the worst there are. */
async function largest(helm: Helm, setting: TenantSetting): Promise<Row[]> {
  const rows: Row[] = [];
  for (const length of [12, 20, 63]) {
    const count = mostByList(length);
    const file = valuesFile(setting.folder, namesOf(count, length), false);
    rows.push(
      await largestRow(`${count} namespaces by list, names of ${length}, ${helm.name}: release`, helm, file, setting),
    );
  }
  const count = mostByPrefix(63);
  const file = valuesFile(setting.folder, namesOf(count, 63), true);
  const name = `${count} namespaces by namespacePrefix, names of 63, ${helm.name}: release`;
  return [...rows, await largestRow(name, helm, file, setting)];
}

async function largestRow(name: string, helm: Helm, values: string, { folder }: TenantSetting): Promise<Row> {
  const bytes = await releaseBytes(helm, { chart: ours, values }, folder);
  return figure(name, ofSecret(bytes), `under 1024 KiB: ${yes(bytes < SECRET)}`);
}

/** Names that begin alike and go on with random letters, always the same ones. */
export function namesOf(count: number, length: number): string[] {
  let state = 1;
  const letter = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return ((state >>> 16) % 36).toString(36);
  };
  return Array.from({ length: count }, () => `o-${Array.from({ length: length - 2 }, letter).join('')}`);
}

const yamlList = (names: readonly string[]) => `namespaces:\n${names.map(name => `  - ${name}\n`).join('')}`;

export function valuesFile(folder: string, names: readonly string[], byPrefix: boolean): string {
  const file = join(folder, `${names.length}-${byPrefix ? 'prefix' : 'list'}.yaml`);
  const rest = `name: orders\nkafka:\n  enabled: true\npreflight:\n  enabled: false\n${byPrefix ? 'namespacePrefix: o-\n' : ''}`;
  writeFileSync(file, rest + yamlList(names));
  return file;
}

/** The same tenant for the other chart, whose other values are as it declares them. */
function referenceFile(folder: string, names: readonly string[]): string {
  const file = join(folder, `${names.length}-reference.yaml`);
  writeFileSync(file, `name: orders\n${yamlList(names)}`);
  return file;
}

async function inTurns(
  helm: Helm,
  subjects: Readonly<Record<string, Subject>>,
  { folder, rounds }: TenantSetting,
): Promise<Record<string, Figures | undefined>> {
  const runs: Record<string, Run[]> = {};
  for (let round = 0; round <= rounds; round += 1)
    for (const [name, { chart, values }] of Object.entries(subjects)) {
      const run = await timed(helm, ['template', 'orders', chart, '-f', values], folder);
      rmSync(run.output);
      if (round > 0) runs[name] = [...(runs[name] ?? []), run];
    }
  const figures = Object.entries(subjects).map(async ([name, subject]): Promise<[string, Figures]> => {
    const of = runs[name]!;
    const memory = of.every(run => run.memory !== undefined) ? Math.max(...of.map(run => run.memory!)) : undefined;
    return [
      name,
      {
        milliseconds: of.map(run => run.milliseconds),
        memory,
        manifestBytes: of[0]!.bytes,
        releaseBytes: await releaseBytes(helm, subject, folder),
      },
    ];
  });
  const done: [string, Figures][] = [];
  for (const one of figures) done.push(await one);
  return Object.fromEntries(done);
}

interface Run {
  readonly milliseconds: number;
  readonly memory: number | undefined;
  readonly output: string;
  readonly bytes: number;
}
let started = 0;

/** Runs Helm to its end, without the settings of the user and without a cluster unless `env` says one. */
async function timed(helm: Helm, args: readonly string[], folder: string, env: object = {}): Promise<Run> {
  started += 1;
  const output = join(folder, `output-${started}`);
  const home = { HELM_CACHE_HOME: folder, HELM_CONFIG_HOME: folder, HELM_DATA_HOME: folder };
  const from = performance.now();
  const child = spawn(helm.path, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...home, KUBECONFIG: join(folder, 'no-cluster'), ...env },
  });
  const file = createWriteStream(output);
  child.stdout.pipe(file);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', text => {
    said += text;
  });
  let memory: number | undefined;
  const watch = setInterval(() => {
    memory = peakOf(child.pid) ?? memory;
  }, 10);
  const status = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('exit', resolve));
  const milliseconds = performance.now() - from;
  clearInterval(watch);
  await new Promise<void>(resolve => (file.writableFinished ? resolve() : file.on('finish', () => resolve())));
  if (status !== 0)
    throw new Error(`${helm.name} ${args.slice(0, 3).join(' ')}: exit status ${status}\n${said.slice(0, 2000)}`);
  return { milliseconds, memory, output, bytes: statSync(output).size };
}

/** MiB at the fullest moment so far, as Linux counts them. */
function peakOf(pid: number | undefined): number | undefined {
  try {
    const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
  } catch {
    return undefined;
  }
}

/**
 * Helm prints the release as the JSON that it stores; gzip at its best level and base64 are what it does with that
 * (https://github.com/helm/helm/blob/v3.17.2/pkg/storage/driver/util.go, encodeRelease).
 */
export async function releaseBytes(helm: Helm, { chart, values }: Subject, folder: string): Promise<number> {
  const api = await startClusterApi({ kinds: ['security.istio.io/v1beta1/AuthorizationPolicy'] });
  try {
    const flags = ['--dry-run=client', '--disable-openapi-validation', '-o', 'json'];
    const { output } = await timed(helm, ['install', 'orders', chart, '-f', values, ...flags], folder, api.env);
    return Math.ceil(gzipSync(readFileSync(output), { level: 9 }).length / 3) * 4;
  } finally {
    await api.stop();
  }
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`;
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`;
const ofSecret = (bytes: number) => `${Math.round(bytes / 1024)} KiB`;
const mebibytes = (value: number) => `${Math.round(value)} MiB`;
