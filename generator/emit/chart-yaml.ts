/** Chart.yaml: what the model says of a chart, and when it is packed, what its publisher says. */
import { dump } from 'js-yaml';
import type { changesOf } from '../changelog/changes.ts';
import { scalarText } from '../gotmpl/yaml.ts';
import type { Chart } from '../model/chart.ts';
import type { Publisher } from '../publisher/publisher.ts';
import { fill } from './frames.ts';
import { imagesOf } from './images.ts';

/** What is only known when a chart is packed. */
export interface Packing {
  readonly publisher: Publisher;
  readonly changes: ReturnType<typeof changesOf>;
  /** Names of the publisher's other charts. */
  readonly others: readonly string[];
  /** Of the key that signs the package, in upper-case hexadecimal; absent for one that is not signed. */
  readonly fingerprint?: string | undefined;
}

const unpacked: Packing = { publisher: {}, changes: [], others: [] };

/** The text of Chart.yaml from its frame. */
export function chartYaml(chart: Chart, frame: string, packing: Packing = unpacked): string {
  const { home, sources = [], icon, maintainers = [] } = packing.publisher;
  const scalar = (text: string | undefined) => text && scalarText(text);
  const person = ({ name, email, url }: (typeof maintainers)[number]) => ({
    name: scalarText(name),
    email: scalar(email) ?? '',
    url: scalar(url) ?? '',
  });
  return fill(frame, {
    ...chart,
    source: `generator/model/${chart.name}/index.ts`,
    description: scalarText(chart.description),
    home: scalar(home) ?? '',
    icon: scalar(icon) ?? '',
    sources: sources.map(scalarText),
    maintainers: maintainers.map(person),
    annotations: annotations(chart, packing),
  });
}

/** Key -> text of the value. Artifact Hub's are strings, in which lists are YAML again (its docs/helm_annotations.md). */
function annotations(chart: Chart, packing: Packing): Record<string, string> {
  const { provider, support, license } = packing.publisher;
  const isConsole = ([key]: readonly [string, unknown]) => key.startsWith('charts.openshift.io/');
  const own = Object.entries(chart.annotations);
  const texts: [string, string | undefined][] = [
    ...own.filter(isConsole),
    ['charts.openshift.io/provider', provider],
    ['charts.openshift.io/supportURL', support],
    ...own.filter(annotation => !isConsole(annotation)),
    ['artifacthub.io/license', license],
  ];
  const lists: [string, readonly object[]][] = [
    ['artifacthub.io/links', support === undefined ? [] : [{ name: 'support', url: support }]],
    ['artifacthub.io/images', imagesOf(chart).map(image => ({ ...image, whitelisted: false }))],
    ['artifacthub.io/changes', packing.changes.map(({ kind, description }) => ({ kind, description }))],
    ...publishersLists(chart, packing),
  ];
  const given = (text: string | undefined): text is string => text !== undefined;
  return Object.fromEntries([
    ...texts.flatMap(([key, text]) => (given(text) ? [[key, scalarText(text)]] : [])),
    // SemVer 2.0.0, item 4: with major version 0, anything may change at any time.
    ...(/^0\.|-/.test(chart.version) ? [['artifacthub.io/prerelease', '"true"']] : []),
    ...lists.flatMap(([key, items]) => (items.length > 0 ? [[key, block(items)]] : [])),
    ...signKey(packing),
  ]);
}

function publishersLists(chart: Chart, { publisher, others }: Packing): [string, readonly object[]][] {
  const { maintainers = [], screenshots = [], artifactHub } = publisher;
  const renamed = maintainers.filter(({ displayName }) => displayName !== undefined);
  const packages = `https://artifacthub.io/packages/helm/${artifactHub?.name}`;
  return [
    ['artifacthub.io/maintainers', renamed.map(({ displayName, email }) => ({ name: displayName, email }))],
    [
      'artifacthub.io/recommendations',
      artifactHub?.name === undefined
        ? []
        : others.filter(name => name !== chart.name).map(name => ({ url: `${packages}/${name}` })),
    ],
    ['artifacthub.io/screenshots', screenshots.map(({ title, url }) => ({ title, url }))],
  ];
}

/** Only for a signed package: the annotation says by which key. */
function signKey({ publisher, fingerprint }: Packing): [string, string][] {
  if (publisher.signKey === undefined || fingerprint === undefined) return [];
  return [['artifacthub.io/signKey', block({ fingerprint, url: publisher.signKey.url })]];
}

const block = (data: unknown): string =>
  ['|', ...dump(data, { lineWidth: -1, noRefs: true }).trimEnd().split('\n')].join('\n    ');
