import { chartNamed } from '../charts.ts';
import { oneLine } from '../cluster/secrets.ts';
import { withApi } from '../cluster/with-api.ts';
import { knownOf, tracesOf, valueChanges } from '../diff/causes.ts';
import { comparable, compareObjects } from '../diff/compare.ts';
import { compareInstalled } from '../diff/installed.ts';
import { reportLines } from '../diff/lines.ts';
import { otherVersion } from '../diff/other-version.ts';
import { reportPage } from '../diff/page.ts';
import { type Report, reportJson, reportOf, statusOf, summary } from '../diff/report.ts';
import { GeneratorError } from '../errors.ts';
import { findingText } from '../findings.ts';
import { readFolder } from '../installation/folder.ts';
import { fromCluster } from '../installation/from-cluster.ts';
import type { Installation } from '../installation/installation.ts';
import type { Io, Status } from '../io.ts';
import type { Chart } from '../model/chart.ts';
import { evaluateChart, type ReleaseInfo } from '../render/evaluate-chart.ts';
import { type Environment, type EnvironmentOptions, readEnvironments } from '../values/environments.ts';
import { checkSeconds } from './cluster-command.ts';
import { checkRelease } from './release.ts';

export interface DiffOptions extends EnvironmentOptions {
  readonly chart?: string | undefined;
  /** Another version of the chart: a package, the folder of a chart, or a published version. */
  readonly against?: string | undefined;
  /** A folder of manifests. */
  readonly from?: string | undefined;
  readonly cluster?: boolean | undefined;
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  /** In seconds. */
  readonly requestTimeout: number;
  readonly releaseName?: string | undefined;
  readonly namespace: string;
  readonly output: 'text' | 'json';
  /** On a terminal only; without it, true. */
  readonly color?: boolean | undefined;
}

interface Subject {
  readonly chart: Chart;
  readonly release: ReleaseInfo;
  readonly environment: Environment;
}

/** Compares, and says what the change from one side to the other will do. Exit status as of the program diff. Changes nothing. */
export async function runDiff(options: DiffOptions, io: Io): Promise<Status> {
  checkMode(options);
  const chart = chartNamed(options.chart);
  const release = { name: options.releaseName ?? chart.name, namespace: options.namespace };
  checkRelease({ releaseName: release.name, namespace: release.namespace });
  checkSeconds('--request-timeout', options.requestTimeout, 1);
  const environments = [...readEnvironments(chart, options)];
  const findings = environments.flatMap(e => e.findings);
  for (const f of findings) io.talk(`${findingText(f)}\n`);
  if (findings.length > 0) return 2;
  const [environment, other] = environments;
  if (environment === undefined) throw new Error('no environment');
  const subject = { chart, release, environment };
  if (options.cluster) return ofCluster(options, subject, io);
  return tell(await reportFor(options, subject, other), options, io);
}

async function reportFor(options: DiffOptions, subject: Subject, other?: Environment): Promise<Report> {
  if (options.from !== undefined) return ofInstallation(readFolder(options.from), options.from, 'folder', subject);
  return other === undefined ? ofVersions(options.against!, subject) : ofEnvironments(subject, other);
}

function checkMode({ environments, against, from, cluster, kubeconfig, context }: DiffOptions): void {
  const usage = (text: string) => new GeneratorError(text, 2);
  const named = [
    ...(against === undefined ? [] : ['--against']),
    ...(from === undefined ? [] : ['--from']),
    ...(cluster ? ['--cluster'] : []),
  ];
  if (named.length > 1) throw usage(`${named.join(' and ')} are two questions; write one of them.`);
  if (!cluster && (kubeconfig !== undefined || context !== undefined))
    throw usage(
      `--${kubeconfig === undefined ? 'context' : 'kubeconfig'} is of no use without --cluster; add --cluster.`,
    );
  for (const [option, value] of Object.entries({ '--against': against, '--from': from }))
    if (value === '') throw usage(`${option} is empty; name what to compare with.`);
  if (named.length === 1 && environments.length > 1)
    throw usage(`${environments[1]} is one environment too many for ${named[0]}; name one.`);
  if (named.length === 0 && environments.length !== 2)
    throw usage(
      `diff compares two sides; name two environments, or one with --against CHART, --cluster or --from FOLDER.`,
    );
}

const objectsOf = ({ chart, release }: Subject, { values }: Environment) =>
  evaluateChart(chart, values, release).map(({ object }) => object);

function ofEnvironments(subject: Subject, other: Environment): Report {
  const { chart, environment, release } = subject;
  const values = valueChanges(chart, environment, other);
  const traces = [environment, other].map(e => tracesOf(chart, e, release));
  const known = knownOf(
    chart,
    traces,
    values.map(v => v.path),
  );
  const [before, after] = [environment, other].map(e => comparable(objectsOf(subject, e)));
  const objects = compareObjects(before!, after!, known);
  return reportOf(chart, { mode: 'environments', before: environment.name, after: other.name, values, objects });
}

async function ofVersions(against: string, subject: Subject): Promise<Report> {
  const { chart, release, environment } = subject;
  const before = await otherVersion(against, subject);
  const known = knownOf(chart, [tracesOf(chart, environment, release)]);
  const objects = compareObjects(before.objects, comparable(objectsOf(subject, environment)), {
    ...known,
    causesOf: () => [],
  });
  return reportOf(chart, { mode: 'chart', before: before.name, after: `${chart.name} ${chart.version}`, objects });
}

async function ofInstallation(
  installation: Installation,
  name: string,
  mode: 'cluster' | 'folder',
  subject: Subject,
): Promise<Report> {
  const { chart, release, environment } = subject;
  const known = knownOf(chart, [tracesOf(chart, environment, release)]);
  const found = await compareInstalled(installation, objectsOf(subject, environment), { chart, release, known });
  const { changes: objects, unlooked, notes } = found;
  const { problems } = installation;
  return reportOf(chart, { mode, before: name, after: environment.name, objects, unlooked, notes, problems });
}

async function ofCluster(options: DiffOptions, subject: Subject, io: Io): Promise<Status> {
  return withApi(options, io, async api => {
    const name = `${oneLine(api.context)} (${api.server})`;
    const report = await ofInstallation(fromCluster(api), name, 'cluster', subject);
    return tell(report, options, { ...io, out: text => io.out(api.hide(text)), talk: text => io.talk(api.hide(text)) });
  });
}

function tell(report: Report, { output, color = true }: DiffOptions, io: Io): Status {
  if (output === 'json') io.out(reportJson(report));
  else io.out(io.columns === undefined ? reportLines(report) : reportPage(report, io.columns, color));
  io.talk(`${report.before} -> ${report.after}: ${summary(report)}\n`);
  return statusOf(report);
}
