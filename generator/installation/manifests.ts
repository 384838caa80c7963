/** The objects in files of manifests, as kubectl reads them. */
import { type KubeObject, listAt, textAt } from '../cluster/fields.ts';
import { parseValues } from '../values/parse.ts';

export interface Placed {
  readonly object: KubeObject;
  readonly file: string;
  /** Where its document begins, from 1. */
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
    const { values, findings } = parseValues(body, file, { mostValues });
    if (Object.keys(values).length === 0) {
      const [first] = findings;
      if (first !== undefined) problems.push(unreadable(file, line + (first.line ?? 1) - 1, body, first.message));
      continue;
    }
    if (textAt(values, 'kind') === '' || textAt(values, 'apiVersion') === '')
      problems.push(
        `${file}:${line}: is no object of Kubernetes, for it has no apiVersion and kind, and was passed over.`,
      );
    else for (const object of itemsOf(values as KubeObject)) objects.push({ object, file, line });
  }
  return { objects, problems };
}

const itemsOf = (object: KubeObject): readonly KubeObject[] =>
  /List$/.test(textAt(object, 'kind')) && Array.isArray(object.items)
    ? listAt(object, 'items').map(item => item as KubeObject)
    : [object];

function unreadable(file: string, line: number, body: string, message: string): string {
  if (/\{\{/.test(body))
    return `${file}:${line}: is a template; render it, as with helm template, and name what comes out.`;
  return `${file}:${line}: ${message}.`;
}

/** The documents of a file. `---` stands at the left edge only between two. */
function documentsOf(text: string): { body: string; line: number }[] {
  const documents: { body: string[]; line: number }[] = [{ body: [], line: 1 }];
  for (const [i, line] of text.split(/\r?\n/).entries())
    if (/^---(\s|$)/.test(line)) documents.push({ body: [line.slice(3)], line: i + 1 });
    else if (/^\.\.\.\s*$/.test(line)) documents.push({ body: [], line: i + 2 });
    else documents.at(-1)!.body.push(line);
  return documents
    .map(({ body, line }) => ({ body: body.join('\n'), line }))
    .filter(({ body }) => body.split('\n').some(l => l.trim() !== '' && !l.trim().startsWith('#')));
}
