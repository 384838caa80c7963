/** A folder of manifests, asked as if it were a cluster. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster, ListOptions } from '../cluster/cluster.ts';
import { type KubeObject, kindOf, mapAt, nameOf, namespaceOf, titleOf } from '../cluster/fields.ts';
import { Unseen } from '../cluster/unseen.ts';
import { GeneratorError } from '../errors.ts';
import type { Installation } from './installation.ts';
import { selects } from './labels.ts';
import { type Placed, readManifests } from './manifests.ts';

/**
 * All objects in the .yaml, .yml and .json files below a folder, or in one file, in the order of their paths. What stands
 * twice counts once, as `oc apply` leaves it: the last. Throws a usage error where there is no such folder or no such file in it.
 */
export function readFolder(path: string): Installation {
  const files = filesBelow(path);
  if (files.length === 0)
    throw new GeneratorError(`${path}: holds no .yaml, .yml or .json file; name a folder of manifests.`, 2);
  const read = files.map(file => readManifests(textOf(file), file));
  const known = new Map<string, Placed>();
  const problems = read.flatMap(r => r.problems);
  for (const placed of read.flatMap(r => r.objects)) {
    const id = idOf(kindOf(placed.object), nameOf(placed.object), namespaceOf(placed.object));
    const before = known.get(id);
    if (before !== undefined)
      problems.push(
        `${placeOf(placed)}: ${titleOf(placed.object)} stands in ${placeOf(before)}, too; leave it in one of the two.`,
      );
    known.set(id, placed);
  }
  const places = new Map([...known.values()].map(placed => [placed.object, placeOf(placed)]));
  return {
    from: 'folder',
    cluster: clusterOf([...known.values()].map(p => p.object)),
    placeOf: object => places.get(object as KubeObject),
    problems,
  };
}

const placeOf = ({ file, line }: Placed) => `${file}:${line}`;
/** Versions of one API are one kind: the API server converts them. */
const idOf = (kind: string, name: string, namespace = '') => [groupKind(kind), namespace, name].join(' ');

function groupKind(kind: string): string {
  const parts = kind.split('/');
  return parts.length === 3 ? `${parts[0]}/${parts[2]}` : (parts.at(-1) ?? '');
}

/** The objects as a cluster. Whatever asks for the version, for logs or for paths of the API is told that nobody knows. */
export function clusterOf(objects: readonly KubeObject[]): Cluster {
  const of = (kind: string) => objects.filter(o => groupKind(kindOf(o)) === groupKind(kind));
  const get = async (kind: string, name: string, namespace?: string) =>
    of(kind).find(o => nameOf(o) === name && (namespace === undefined || namespaceOf(o) === namespace));
  const unseen = async (): Promise<never> => {
    throw new Unseen('files do not say', 'look at the cluster: leave the folder out');
  };
  return {
    version: unseen,
    log: unseen,
    pathOf: unseen,
    serves: async kind => of(kind).length > 0,
    get,
    has: async (...asked) => (await get(...asked)) !== undefined,
    list: async (kind: string, { namespace, labels = '' }: ListOptions = {}) =>
      of(kind).filter(
        o =>
          (namespace === undefined || namespaceOf(o) === namespace) && selects(labels, mapAt(o, 'metadata', 'labels')),
      ),
  };
}

function filesBelow(path: string): string[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new GeneratorError(`${path}: there is no such folder; name a folder of manifests.`, 2);
  if (!stat.isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.(ya?ml|json)$/.test(name) && !/(^|[/\\])(\.git|node_modules)[/\\]/.test(name))
    .map(name => join(path, name))
    .filter(file => statSync(file, { throwIfNoEntry: false })?.isFile() === true)
    .sort();
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new GeneratorError(
      `${file}: cannot be read (${(error as NodeJS.ErrnoException).code}); make it readable, or move it away.`,
      2,
    );
  }
}
