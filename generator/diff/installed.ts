/** What the values want against what is there: a cluster, or a folder of manifests. Reads only. */
import { ownerOf } from '../checks/preflight/existing.ts';
import { type KubeObject, kindOf, nameOf, namespaceOf, titleOf } from '../cluster/fields.ts';
import { oneLine } from '../cluster/secrets.ts';
import { Unseen } from '../cluster/unseen.ts';
import { idOf, type ObjectSet } from '../differences/objects.ts';
import type { Manifest } from '../gotmpl/evaluate.ts';
import type { Installation } from '../installation/installation.ts';
import type { Chart } from '../model/chart.ts';
import type { ReleaseInfo } from '../render/evaluate-chart.ts';
import { asWanted, inOrder } from './as-wanted.ts';
import type { ObjectChange, Unlooked } from './change.ts';
import { changesOf, comparable, type Known } from './compare.ts';
import { kindsOf } from './kinds.ts';

export interface Installed {
  readonly changes: readonly ObjectChange[];
  readonly unlooked: readonly Unlooked[];
  /** What an upgrade leaves as it is, a sentence each. */
  readonly notes: readonly string[];
}

/** Hooks go when they have run, and a Job that has run is no difference. */
const stays = (object: Manifest): boolean => {
  const annotations = (object.metadata as { readonly annotations?: object }).annotations ?? {};
  return object.kind !== 'Job' && !Object.hasOwn(annotations, 'helm.sh/hook');
};

interface Subject {
  readonly chart: Chart;
  readonly release: ReleaseInfo;
  readonly known: Known;
}
interface Look extends Subject {
  readonly installation: Installation;
  readonly want: ObjectSet;
  readonly changes: ObjectChange[];
  readonly unlooked: Unlooked[];
  readonly notes: string[];
}

export async function compareInstalled(
  installation: Installation,
  wanted: readonly Manifest[],
  subject: Subject,
): Promise<Installed> {
  const want = comparable(wanted.filter(stays));
  const look: Look = { ...subject, installation, want, changes: [], unlooked: [], notes: [] };
  await Promise.all([
    ...[...want].map(([object, after]) => seeing(look, object, () => compareOne(look, object, after))),
    ...kindsOf(subject.chart).map(kind => seeing(look, `objects of ${kind}`, () => findOthers(look, kind))),
  ]);
  const byObject = <T extends { readonly object: string }>(all: T[]) =>
    all.sort((a, b) => (a.object < b.object ? -1 : 1));
  return { changes: byObject(look.changes), unlooked: byObject(look.unlooked), notes: look.notes.map(oneLine).sort() };
}

async function seeing({ unlooked }: Look, object: string, ask: () => Promise<void>): Promise<void> {
  try {
    await ask();
  } catch (error) {
    if (!(error instanceof Unseen)) throw error;
    unlooked.push({ object, why: error.message, remedy: error.remedy });
  }
}

async function compareOne(look: Look, object: string, after: Manifest): Promise<void> {
  const { installation, release, known, changes, notes } = look;
  const { cluster, from, placeOf } = installation;
  const found = await cluster.get(kindOf(after), nameOf(after), namespaceOf(after) || undefined);
  if (found === undefined) {
    changes.push({ object, change: 'added', after, fields: [], values: known.causesOf(object, []) });
    return;
  }
  const others = foreign(found, release);
  // The chart leaves a namespace alone that somebody else made: chart-templates/serverless-mesh/_cluster.tpl.
  if (others !== undefined && object.startsWith('Namespace ')) return;
  const owner = from === 'cluster' ? others : undefined;
  if (owner !== undefined)
    notes.push(`${titleOf(after)} belongs to ${owner}: Helm refuses to change it; preflight says how to adopt it.`);
  const [there] = comparable([found as Manifest]).values();
  const before = inOrder(after, asWanted(after, there) as Manifest);
  const fields = changesOf(object, before, after, known);
  const more = { ...placed(placeOf(found)), ...(owner === undefined ? {} : { owner }) };
  if (fields.length > 0) changes.push({ object, change: 'changed', before, after, fields, values: [], ...more });
}

/** Objects of the release that the values make no more. In a folder, what is not the release's is told of, too. */
async function findOthers({ installation, release, want, changes, notes }: Look, kind: string): Promise<void> {
  const { cluster, from, placeOf } = installation;
  if (!(await cluster.serves(kind))) return;
  const labels = `app.kubernetes.io/managed-by=Helm,app.kubernetes.io/instance=${release.name}`;
  const all = (await cluster.list(kind, from === 'cluster' ? { labels } : {})) as readonly Manifest[];
  for (const before of all) {
    const object = idOf(before);
    if (want.has(object) || !stays(before)) continue;
    if (foreign(before, release) === undefined)
      changes.push({ object, change: 'removed', before, fields: [], values: [], ...placed(placeOf(before)) });
    else if (from === 'folder')
      notes.push(`${placeOf(before)}: ${titleOf(before)} is none of these values, and stays as it is.`);
  }
}

const placed = (place: string | undefined) => (place === undefined ? {} : { place });

/** Whose an object is, where it is not the release's. */
function foreign(object: KubeObject, { name, namespace }: ReleaseInfo): string | undefined {
  const { release, words } = ownerOf(object);
  return release?.name === name && release.namespace === namespace ? undefined : words;
}
