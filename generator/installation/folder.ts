/** A folder of manifests, asked as if it were a cluster. */
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
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
 * twice counts once, as `oc apply` leaves it: the last. What cannot be read is a problem. Throws a usage error where there is no
 * such folder, or nothing in it that can be read.
 */
export function readFolder(path: string): Installation {
  const problems: string[] = [];
  const files = filesBelow(path, problems);
  const read = files.flatMap(file => reading(file, problems, () => readManifests(textOf(file), file)) ?? []);
  if (read.length === 0) {
    const nothing = `${path}: holds no .yaml, .yml or .json file; name a folder of manifests.`;
    throw new GeneratorError(problems[0] ?? nothing, 2);
  }
  const known = new Map<string, Placed>();
  problems.push(...read.flatMap(r => r.problems));
  for (const placed of read.flatMap(r => r.objects)) {
    // The API server gives each of those with generateName a name of its own.
    const name = nameOf(placed.object) || placeOf(placed);
    const id = idOf(kindOf(placed.object), name, namespaceOf(placed.object));
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

/** In the order of their paths, each file once, whichever links lead to it. */
function filesBelow(path: string, problems: string[]): string[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new GeneratorError(`${path}: there is no such folder; name a folder of manifests.`, 2);
  if (!stat.isDirectory()) return [path];
  const found = new Map<string, string>();
  const visited = new Set<string>();
  const visit = (below: string, isNamed: boolean): void => {
    // A link to nothing is no business of ours, unless it is called a manifest.
    const stat = statSync(below, { throwIfNoEntry: isNamed });
    if (stat === undefined) return;
    const real = realpathSync(below);
    if (stat.isDirectory()) {
      if (visited.has(real)) return;
      visited.add(real);
      for (const name of readdirSync(below)
        .filter(n => n !== '.git' && n !== 'node_modules')
        .sort())
        reading(join(below, name), problems, file => visit(file, manifest.test(name)));
    } else if (isNamed && stat.isFile() && !found.has(real)) found.set(real, below);
  };
  reading(path, problems, root => visit(root, false));
  return [...found.values()].sort();
}
const manifest = /\.(ya?ml|json)$/;

/** What `read` makes of a path; a problem, and undefined, where the file system refuses it. */
function reading<T>(path: string, problems: string[], read: (path: string) => T): T | undefined {
  try {
    return read(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    problems.push(`${path}: cannot be read (${code}); make it readable, or move it away.`);
    return undefined;
  }
}

/** A redirection of PowerShell writes UTF-16, which YAML may be in. */
function textOf(file: string): string {
  const bytes = readFileSync(file);
  const mark = bytes.subarray(0, 2).toString('hex');
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
