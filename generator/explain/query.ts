/** What a user asks about: an object, a field of it, or a value. */
import { valueAt } from '../diff/change.ts';
import { GeneratorError } from '../errors.ts';
import { count } from '../values/broken.ts';
import { nearest } from '../values/nearest.ts';
import { fieldPath, pathText, type ValuePath } from '../values/path.ts';
import { namedPaths, schemaAt, type ValuesSchema } from '../values/schema-path.ts';
import { alternatives } from '../values/show.ts';
import { type About, stepsOf } from './answers.ts';
import type { Explained } from './objects.ts';

/** `Gateway/knative-ingress-gateway`, `gateway/knative-serving/knative-ingress-gateway`, or a kind alone. */
const isObject = (query: string, { objects }: About) =>
  query.includes('/') || objects.some(o => kindOf(o).toLowerCase() === query.toLowerCase());

const kindOf = ({ traced }: Explained) => String(traced.object.kind);
const placeOf = ({ title }: Explained) => title.slice(title.indexOf(' ') + 1);

/** The objects of a query; undefined where it asks about a value. Throws a GeneratorError (1) where there is no such object. */
export function objectsFor(query: string, about: About): readonly Explained[] | undefined {
  if (query === '') throw new GeneratorError('the query is empty; write a value, or an object as KIND/NAME.', 2);
  if (!isObject(query, about)) return undefined;
  const [kind = '', ...place] = query.split('/');
  const name = place.join('/');
  const ofKind = about.objects.filter(o => kindOf(o).toLowerCase() === kind.toLowerCase());
  const found = ofKind.filter(o => name === '' || placeOf(o) === name || placeOf(o).endsWith(`/${name}`));
  if (found.length > 0) return found;
  throw new GeneratorError(
    `${query}: ${about.environment.name} renders no such object; ${instead(query, ofKind, about)}`,
    1,
  );
}

function instead(query: string, ofKind: readonly Explained[], { objects }: About): string {
  const queries = (ofKind.length > 0 ? ofKind : objects).map(o => `${kindOf(o)}/${placeOf(o)}`);
  const near = nearest(query, queries);
  if (near !== undefined) return `did you mean ${near}?`;
  return ofKind.length > 0 ? `write ${alternatives(queries)}.` : 'see serverless-mesh explain, which lists all.';
}

/** The paths of the fields of an object that a query means: one, or all below it. Throws a GeneratorError (1) for none. */
export function fieldsFor(query: string, { title, traced }: Explained): readonly string[] {
  if (query === '') throw new GeneratorError('the field is empty; write one as spec.servers, or leave it out.', 2);
  const all = [...traced.fields.map(f => fieldPath(f.path)), ...traced.absent.map(a => fieldPath(a.path))];
  const wanted = fieldPath(stepsOf(query));
  const found = all.filter(path => path === wanted || ['.', '['].some(end => path.startsWith(wanted + end)));
  if (found.length > 0) return [...new Set(found)];
  const depth = stepsOf(query).length;
  const near = nearest(wanted, [...new Set(all.map(path => fieldPath(stepsOf(path).slice(0, depth))))]);
  throw new GeneratorError(
    `${title}: has no field ${query}; ${near === undefined ? 'leave the field out to see all.' : `did you mean ${near}?`}`,
    1,
  );
}

/** The path of a value, or of a group of values. Throws a GeneratorError (1) for one that the chart does not have. */
export function valueFor(query: string, about: About) {
  const { chart } = about;
  const schema = chart.values as unknown as ValuesSchema;
  const path = stepsOf(query);
  if (path.length > 0 && schemaAt(schema, path) !== undefined) {
    checkItems(query, path, about);
    return path;
  }
  const named = namedPaths(schema).map(fieldPath);
  if (/^[A-Z][A-Za-z]+$/.test(query))
    throw new GeneratorError(
      `${query}: there is no object of this kind; see serverless-mesh explain, which lists all.`,
      1,
    );
  const near = nearest(query, named) ?? named.find(name => name.toLowerCase().endsWith(`.${query.toLowerCase()}`));
  throw new GeneratorError(
    `${query}: is no value of ${chart.name}; ${near === undefined ? `see its README, or write an object as KIND/NAME.` : `did you mean ${near}?`}`,
    1,
  );
}

/** The schema has any item of a list. */
function checkItems(query: string, path: ValuePath, { environment }: About): void {
  let here: unknown = environment.values;
  for (const [i, step] of path.entries()) {
    if (typeof step === 'number' && Array.isArray(here) && step >= here.length) {
      const list = pathText(path.slice(0, i));
      const items = here.length === 0 ? 'is empty' : `has ${count(here.length, 'item')}`;
      throw new GeneratorError(`${query}: ${list} of ${environment.name} ${items}; ask about ${list}.`, 1);
    }
    here = valueAt(here, [step]);
  }
}
