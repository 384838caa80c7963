/** A chart of the repository as its frame takes it. */
import { load } from 'js-yaml';
import { type Command, commandsOf, type Place } from './commands.ts';
import { fieldsOf } from './fields.ts';
import type { PageChart, PageVersion } from './page-data.ts';
import type { Row, Rows } from './rows.ts';
import { fragment, oneLine, packageAddress, plainText } from './safe.ts';

export interface VersionView {
  readonly version: string;
  readonly link: string;
  readonly provenance: string;
  readonly anchor: string;
  readonly appVersion: string;
  readonly kubeVersion: string;
  readonly date: string;
  readonly digest: string;
  readonly signed: boolean;
  readonly deprecated: boolean;
  readonly prerelease: boolean;
  readonly shown: boolean;
  readonly description: string;
  readonly changes: readonly string[];
  readonly list: number;
}

export interface ChartView {
  readonly name: string;
  readonly anchor: string;
  readonly shown: VersionView;
  readonly several: boolean;
  readonly versions: readonly VersionView[];
  readonly commands: readonly Command[];
  readonly values: readonly Row[];
}

/** Rows of the values of all charts go into `rows`. */
export function chartView(chart: PageChart, place: Place, rows: Rows): ChartView | undefined {
  const first = firstShown(chart.versions);
  if (first === undefined) return undefined;
  const name = oneLine(chart.name);
  const fields = memo((version: PageVersion) => fieldsOf(version.schema, version.values));
  const versions = chart.versions.map(version => ({
    ...versionView(name, version),
    shown: version === first,
    list: rows.listOf(fields(version)),
  }));
  const shown = versions.find(version => version.shown)!;
  return {
    name,
    anchor: fragment(name),
    shown,
    several: versions.length > 1,
    versions,
    commands: commandsOf(place, { ...shown, chart: name }),
    values: rows.tree(fields(first), name, shown.version),
  };
}

/** The newest that is neither a prerelease nor deprecated, or else the newest. */
const firstShown = (versions: readonly PageVersion[]): PageVersion | undefined =>
  versions.find(v => !isPrerelease(v) && v.deprecated !== true) ?? versions[0];

/** SemVer: a hyphen before the build's "+". */
const isPrerelease = ({ version, annotations }: PageVersion): boolean =>
  /^[^+]*-/.test(oneLine(version)) || annotations?.['artifacthub.io/prerelease'] === 'true';

function versionView(chart: string, given: PageVersion): Omit<VersionView, 'shown' | 'list'> {
  const version = oneLine(given.version);
  const link = packageAddress(given.file);
  return {
    version,
    link,
    provenance: given.signed && link.startsWith('./') ? `${link}.prov` : '',
    anchor: fragment(chart, version),
    appVersion: oneLine(given.appVersion),
    kubeVersion: oneLine(given.kubeVersion),
    date: /^\d{4}-\d\d-\d\d/.exec(given.created ?? '')?.[0] ?? '',
    digest: oneLine(given.digest),
    signed: given.signed === true,
    deprecated: given.deprecated === true,
    prerelease: isPrerelease(given),
    description: plainText(given.description),
    changes: changesOf(given.annotations?.['artifacthub.io/changes']),
  };
}

/** The annotation is YAML: a list of texts, or of maps with a description. Anything else is left out. */
function changesOf(text: string | undefined): string[] {
  try {
    const list = load(text ?? '') as unknown;
    if (!Array.isArray(list)) return [];
    return list.map(x => oneLine(typeof x === 'string' ? x : x?.description)).filter(Boolean);
  } catch {
    return [];
  }
}

/** Versions of one chart often share a schema; reading it once is enough, and what is read twice is the same. */
function memo<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return key => {
    if (!known.has(key)) known.set(key, make(key));
    return known.get(key) as V;
  };
}
