import type { Erratum } from '../../generator/errata.ts';
import { corrected } from './corrected.ts';
import { differencesOf, lineOf } from './differences.ts';
import { fill, idOf, type KubernetesObject, type Placeholders } from './parse.ts';

/** One thing that the document and we both make. */
export interface Pair {
  readonly id: string;
  readonly document: unknown;
  readonly ours: unknown;
}
export interface Comparison {
  /** What is different and not listed, or listed and not different. */
  readonly problems: readonly string[];
  /** Rows of the list that were needed. */
  readonly used: ReadonlySet<Erratum>;
  /** How many fields and whole objects differ, all of them as listed where there are no problems. */
  readonly count: number;
}

const everyObject = 'every object';
const wholeObject = 'whole object';

/** The list with one object in each row, so that each of them must occur. */
export const oneObjectEach = (errata: readonly Erratum[]): Erratum[] =>
  errata.flatMap(row => row.object.split(', ').map(object => ({ ...row, object })));

/** Compares pairs field by field, with one object in each row; `words` stand for the placeholders of the list. */
export function comparePairs(pairs: readonly Pair[], errata: readonly Erratum[], words: Placeholders): Comparison {
  const used = new Set<Erratum>();
  const rows = errata.filter(row => row.path !== wholeObject);
  const compared = pairs.map(({ id, document, ours }) => {
    const expected = rows
      .filter(row => isAbout(row, id, words))
      .reduce((object, row) => {
        const next = corrected(object, { ...row, document: fill(row.document, words), ours: fill(row.ours, words) });
        if (next !== undefined) used.add(row);
        return next ?? object;
      }, document);
    const actual = differencesOf(document, ours).map(lineOf);
    return {
      id,
      actual,
      listed: differencesOf(document, expected).map(lineOf),
      rest: differencesOf(expected, ours).map(lineOf),
    };
  });
  const problems = compared.flatMap(({ id, actual, listed, rest }) => [
    ...actual.filter(line => !listed.includes(line)).map(line => `${id}: not listed: ${line}`),
    ...listed.filter(line => !actual.includes(line)).map(line => `${id}: listed, but not so: ${line}`),
    ...(actual.join() === listed.join() ? rest.map(line => `${id}: not as listed: ${line}`) : []),
  ]);
  return { problems, used, count: compared.flatMap(({ actual }) => actual).length };
}

/** Compares the objects of the document with ours: those that only one of the two has, and the fields of the others. */
export function compareObjects(
  document: readonly KubernetesObject[],
  ours: readonly KubernetesObject[],
  errata: readonly Erratum[],
  words: Placeholders,
): Comparison {
  const pairs = document.map(object => ({ object, ours: ours.filter(other => isSame(object, other)) }));
  const extra = ours.filter(object => !pairs.some(pair => pair.ours.includes(object))).map(idOf);
  const rowOf = (id: string) => errata.find(row => row.path === wholeObject && isAbout(row, id, words));
  const compared = comparePairs(
    pairs.flatMap(pair =>
      pair.ours.length === 1 ? { id: idOf(pair.ours[0]!), document: pair.object, ours: pair.ours[0] } : [],
    ),
    errata,
    words,
  );
  return {
    problems: [
      ...pairs.flatMap(pair =>
        pair.ours.length === 1 ? [] : `${idOf(pair.object)}: we have ${pair.ours.length} of it`,
      ),
      ...extra.filter(id => rowOf(id) === undefined).map(id => `${id}: not in the document, and not listed`),
      ...compared.problems,
    ],
    used: new Set([...compared.used, ...extra.flatMap(id => rowOf(id) ?? [])]),
    count: compared.count + extra.length,
  };
}

const isAbout = ({ object }: Erratum, id: string, words: Placeholders): boolean =>
  object === everyObject ? !id.startsWith('file ') : fill(object, words) === id;

/** Same kind and name, in any version of the API, and same namespace where the document names one. */
const isSame = (document: KubernetesObject, ours: KubernetesObject): boolean =>
  document.kind === ours.kind &&
  groupOf(document) === groupOf(ours) &&
  document.metadata.name === ours.metadata.name &&
  [undefined, ours.metadata.namespace].includes(document.metadata.namespace);
const groupOf = ({ apiVersion }: KubernetesObject) => (apiVersion.includes('/') ? apiVersion.split('/')[0] : '');
