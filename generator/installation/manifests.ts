/** The objects in files of manifests, as kubectl reads them. */
import { type KubeObject, listAt, nameOf, textAt } from '../cluster/fields.ts';
import { isMap } from '../values/maps.ts';
import { parseValues } from '../values/parse.ts';
import type { ValuePath } from '../values/path.ts';
import { twice } from '../values/read.ts';

export interface Placed {
  readonly object: KubeObject;
  readonly file: string;
  /** Where its document, or its item of a List, begins, from 1. */
  readonly line: number;
}
export interface ReadManifests {
  readonly objects: readonly Placed[];
  /** One sentence for each document that could not be read, or is no object. */
  readonly problems: readonly string[];
}

/** All that `oc get -o yaml` of a large namespace gives. */
const mostValues = 2_000_000;

/**
 * The objects of one file: of each document, and the items of a List. Never throws, and no sentence repeats what a file
 * says, for it may hold a private key.
 */
export function readManifests(text: string, file: string): ReadManifests {
  const objects: Placed[] = [];
  const problems: string[] = [];
  for (const { body, line } of documentsOf(text)) {
    const { values, findings, lineOf } = parseValues(body, file, { mostValues });
    const placeOf = (at = 1) => `${file}:${line + at - 1}`;
    const [first] = findings;
    // Of two keys kubectl takes the last without a word, so that what the first says is never applied.
    for (const { path, line: at } of findings.filter(f => f.message.startsWith(twice)))
      problems.push(`${placeOf(at)}: ${path} stands twice, and the last of them counts; keep one of the two.`);
    if (Object.keys(values).length === 0 && first !== undefined && !/^holds /.test(first.message))
      problems.push(unreadable(placeOf(first.line), body, first.message));
    else if (Object.keys(values).length > 0 || first !== undefined)
      for (const { item, path } of itemsOf(values, [])) {
        const at = path.length === 0 ? 1 : lineOf(path);
        const why = whyNot(item);
        if (why === undefined) objects.push({ object: item as KubeObject, file, line: line + (at ?? 1) - 1 });
        else problems.push(`${placeOf(at)}: ${why}`);
      }
  }
  return { objects, problems };
}

/** Why it is no object that a cluster could have. */
function whyNot(item: unknown): string | undefined {
  const [apiVersion, kind] = [textAt(item, 'apiVersion'), textAt(item, 'kind')];
  if (apiVersion === '' || kind === '')
    return 'is no object of Kubernetes, for it has no apiVersion and kind, and was passed over.';
  if (apiVersion.startsWith('kustomize.config.k8s.io/'))
    return 'is for kustomize, which was not run; name a folder with what oc kustomize prints.';
  if (nameOf(item) !== '' || textAt(item, 'metadata', 'generateName') !== '') return undefined;
  return `is ${shown(kind)} without a name, which the API server refuses, and was passed over; write metadata.name.`;
}
const shown = (kind: string) => (/^[A-Za-z]{1,60}$/.test(kind) ? `a ${kind}` : 'an object');

/**
 * The items of a List, and of Lists in it. Those of a list of one kind, as `oc get --raw` gives it, have no kind of their
 * own: k8s.io/apimachinery pkg/apis/meta/v1/unstructured (decodeToList) gives them that of the list.
 */
function itemsOf(object: unknown, path: ValuePath): readonly { item: unknown; path: ValuePath }[] {
  const [, kind] = /^(.*)List$/.exec(textAt(object, 'kind')) ?? [];
  if (kind === undefined || !isMap(object) || !Array.isArray(object.items)) return [{ item: object, path }];
  const { apiVersion } = object;
  return listAt(object, 'items').flatMap((item, i) =>
    itemsOf(isMap(item) && kind !== '' && textAt(item, 'kind') === '' ? { ...item, apiVersion, kind } : item, [
      ...path,
      'items',
      i,
    ]),
  );
}

function unreadable(place: string, body: string, message: string): string {
  if (/\{\{/.test(body)) return `${place}: is a template; render it, as with helm template, and name what comes out.`;
  return `${place}: ${message}.`;
}

/** The documents of a file. `---` stands at the left edge only between two. */
function documentsOf(text: string): { body: string; line: number }[] {
  const documents: { body: string[]; line: number }[] = [{ body: [], line: 1 }];
  for (const [i, line] of text.split(/\r?\n/).entries())
    if (/^---(\s|$)/.test(line)) documents.push({ body: [line.slice(3)], line: i + 1 });
    else if (/^\.\.\.\s*$/.test(line)) documents.push({ body: [], line: i + 2 });
    else documents.at(-1)!.body.push(line);
  const last = documents.length - 1;
  return documents
    .map(({ body, line }, i) => ({
      // The line before --- ends, too: without its end, a text that a | writes would be another.
      body: `${body.join('\n')}${i === last ? '' : '\n'}`,
      line,
    }))
    .filter(({ body }) => body.split('\n').some(l => l.trim() !== '' && !l.trim().startsWith('#')));
}
