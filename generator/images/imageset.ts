/**
 * What oc-mirror copies, as it is told: ImageSetConfiguration of mirror.openshift.io/v2alpha1.
 * Fields: github.com/openshift/oc-mirror internal/pkg/api/v2alpha1/type_config.go and type_config_include.go.
 */
import { serverlessPackage } from '../model/facts/operators.ts';
import { mapYaml } from '../render/manifests.ts';
import type { ChartPackage } from './chart-packages.ts';
import { type Needs, toMirror } from './needs.ts';
import type { OperatorPackage } from './operators.ts';
import { parseReference } from './reference.ts';

export interface ImageSetOptions {
  /** Image of the catalog that has the operators. */
  readonly catalog: string;
  readonly charts: readonly ChartPackage[];
  /** What is there already is not copied. */
  readonly mirror: string | undefined;
}

/** With comments on what to do with it. */
export const imageSetText = (all: readonly Needs[], options: ImageSetOptions): string =>
  `${comments(all, options)
    .map(line => `# ${line}\n`)
    .join('')}${mapYaml(imageSet(all, options))}`;

export function imageSet(all: readonly Needs[], { catalog, charts, mirror }: ImageSetOptions) {
  const images = toMirror(all, mirror);
  const packages = packagesOf(all);
  return {
    kind: 'ImageSetConfiguration',
    apiVersion: 'mirror.openshift.io/v2alpha1',
    mirror: {
      ...(packages.length === 0 ? {} : { operators: [{ catalog, packages }] }),
      ...(images.length === 0 ? {} : { additionalImages: images.map(name => ({ name })) }),
      helm: helmOf(charts.filter(c => c.rendersAlone)),
    },
  };
}

function packagesOf(all: readonly Needs[]) {
  const named = new Map<string, Map<string, OperatorPackage>>();
  for (const operator of all.flatMap(({ operators }) => operators)) {
    const channels = named.get(operator.name) ?? new Map<string, OperatorPackage>();
    const known = channels.get(operator.channel);
    channels.set(operator.channel, known === undefined ? operator : earlier(known, operator));
    named.set(operator.name, channels);
  }
  return [...named].map(([name, channels]) => includePackage(name, [...channels.values()]));
}

/** The one that needs more of the channel: an older first version, or only the newest. */
function earlier(a: OperatorPackage, b: OperatorPackage): OperatorPackage {
  if (a.minVersion === undefined) return b;
  if (b.minVersion === undefined) return a;
  return byVersion(a.minVersion, b.minVersion) <= 0 ? a : b;
}

/** A catalog must keep a default channel, and that of the original may be none of these. */
function includePackage(name: string, operators: readonly OperatorPackage[]) {
  const sorted = [...operators].sort((a, b) => byVersion(a.channel, b.channel));
  return {
    name,
    defaultChannel: sorted.at(-1)!.channel,
    channels: sorted.map(({ channel, minVersion }) => ({
      name: channel,
      ...(minVersion === undefined ? {} : { minVersion }),
    })),
  };
}

/** stable-1.9 before stable-1.10. */
const byVersion = new Intl.Collator('en', { numeric: true }).compare;

/** oc-mirror reads the index.yaml of a repository, which a registry has not: internal/pkg/helm/local_stored_collector.go. */
function helmOf(charts: readonly ChartPackage[]) {
  const url = charts[0]?.repository;
  if (url === undefined || url.startsWith('oci:'))
    return { local: charts.map(({ name, file }) => ({ name, path: file })) };
  return {
    repositories: [{ name: 'serverless-mesh', url, charts: charts.map(({ name, version }) => ({ name, version })) }],
  };
}

function comments(all: readonly Needs[], { catalog, charts }: ImageSetOptions): string[] {
  const others = charts.filter(c => !c.rendersAlone).map(c => c.name);
  return [
    `For oc-mirror --v2. Environments: ${all.map(({ environment }) => environment).join(', ')}.`,
    'oc-mirror makes a CatalogSource. Values of the chart serverless-mesh-operators for it:',
    `  catalogSource: ${catalogSourceName(catalog)}`,
    ...channelsOf(all),
    'Of the charts under helm, oc-mirror copies the images of the defaults. The packages of the charts go along by hand.',
    ...(others.length === 0
      ? []
      : [
          `Not under helm, for it needs values to render; the image of its helm test is among additionalImages: ${others.join(', ')}.`,
        ]),
  ];
}

/** What only these channels hold, the Subscriptions must name. Environments may differ. */
function channelsOf(all: readonly Needs[]): string[] {
  const lines = all.flatMap(({ operators }) =>
    operators
      .filter(({ subscription }) => subscription)
      .map(({ name, channel }) => `  ${name === serverlessPackage ? 'serverless' : 'mesh'}: {channel: ${channel}}`),
  );
  return [...new Set(lines)];
}

/** As oc-mirror names it: internal/pkg/clusterresources/clusterresources.go, generateCatalogSource. */
export function catalogSourceName(catalog: string): string {
  const { repository, tag, digest } = parseReference(catalog);
  const version = tag ?? digest?.replace('sha256:', '') ?? '0';
  return `cs-${repository.split('/').at(-1)}-${version.slice(0, 12).toLowerCase()}`.replace(/[^a-z0-9-]/g, '-');
}
