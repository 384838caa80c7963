/**
 * Values for which the chart renders what is there: from the defaults and what was recognised, always to the nearer ones.
 * Nothing here knows a value or an object by name: the trace of the model says which values could matter.
 */
import { isDeepStrictEqual } from 'node:util';
import { type Explained, explainChart } from '../explain/objects.ts';
import { serverlessMesh } from '../model/serverless-mesh/index.ts';
import { validatorOf } from '../values/compiled.ts';
import type { Values } from '../values/maps.ts';
import { idOf } from './compare.ts';
import { type Distance, differenceTitle, distanceOf, release, type There } from './distance.ts';
import { withImplied } from './implied.ts';
import { forHidden, type Proposal, proposals } from './proposals.ts';
import { defaultValues, settings, valueAt, withValue } from './setting.ts';
import { comparable } from './templates.ts';

export interface Start {
  readonly values: Values;
  /** Where each recognised value was read, by path: these stay. */
  readonly from: ReadonlyMap<string, string>;
}

export interface FoundValues {
  readonly values: Values;
  readonly distance: Distance;
  /** Where each value was read, by path. */
  readonly from: ReadonlyMap<string, string>;
  /** Why the chart refuses the value that a field would need, by differenceTitle. */
  readonly refused: ReadonlyMap<string, string>;
}

interface State {
  values: Values;
  distance: Distance;
  /** What was tried from these values: many fields propose the same. Undefined where the schema refuses it. */
  readonly tried: Map<string, { readonly values: Values; readonly distance: Distance } | undefined>;
  readonly from: Map<string, string>;
  readonly refused: Map<string, string>;
}

const isValid = (values: Values): boolean => validatorOf(serverlessMesh.name)(values);

/** Each round accepts something, and what is accepted is nearer: so it ends. */
export function search(start: Start, there: There): FoundValues {
  const distance = distanceOf(start.values, there);
  const state: State = {
    values: start.values,
    distance,
    tried: new Map(),
    from: new Map(start.from),
    refused: new Map(),
  };
  while (round(state, start, there));
  forget(state, start, there);
  return state;
}

/** One value at a time; where that leads nowhere, two at once, as both values of kafka.authSecret. */
function round(state: State, start: Start, there: There): boolean {
  const { objects } = explainChart(comparable, state.values, release);
  const halves: Proposal[] = [];
  const others: Proposal[] = [];
  let better = false;
  for (const proposal of proposals(state.values, state.distance, objects, there)) {
    if (start.from.has(proposal.path)) continue;
    const result = accept(state, [proposal], there);
    if (result === 'nearer') better = true;
    else if (result === 'half') halves.push(proposal);
    if (result === 'no' || result === 'half') others.push(proposal);
  }
  return (
    better ||
    pairs(state, distinct(halves), there) ||
    pairsOfOne(state, [...others, ...hidden(state, start, objects)], there)
  );
}

const most = 24;
function pairs(state: State, proposed: readonly Proposal[], there: There): boolean {
  const tried = proposed.slice(0, most);
  return tried.some((one, i) =>
    tried.slice(i + 1).some(two => one.path !== two.path && accept(state, [one, two], there) === 'nearer'),
  );
}

const hidden = (state: State, start: Start, objects: readonly Explained[]): Proposal[] =>
  [...forHidden(state.values, state.distance.fields, objects)].filter(p => !start.from.has(p.path));

/** Two values on which one field, or one object, depends. */
function pairsOfOne(state: State, proposed: readonly Proposal[], there: There): boolean {
  const subjects = new Map<unknown, Proposal[]>();
  for (const p of proposed) {
    const subject = p.about ?? p.whole;
    subjects.set(subject, [...(subjects.get(subject) ?? []), p]);
  }
  return [...subjects.values()].some(all => pairs(state, all, there));
}

const distinct = (all: readonly Proposal[]) =>
  all.filter((p, i) => all.findIndex(o => o.path === p.path && isDeepStrictEqual(o.value, p.value)) === i);

/** `half`: it would bring some field nearer, but the chart refuses it as it is. */
function accept(state: State, changes: readonly Proposal[], there: There): 'nearer' | 'half' | 'no' | 'invalid' {
  if (changes.every(p => isDeepStrictEqual(valueAt(state.values, p.path), p.value))) return 'invalid';
  // What was accepted before may have settled it.
  if (changes.some(p => isSettled(p, state.distance))) return 'invalid';
  const result = tryOut(state, changes, there);
  if (result === undefined) return 'invalid';
  const { values, distance } = result;
  if (distance.cost < state.distance.cost && changes.every(c => isSettled(c, distance))) {
    state.values = values;
    state.distance = distance;
    state.tried.clear();
    for (const { path, from } of changes) state.from.set(path, from);
    return 'nearer';
  }
  const [finding] = distance.findings.filter(f => !state.distance.findings.some(g => g.message === f.message));
  if (finding === undefined || distance.fields.length >= state.distance.fields.length) return 'no';
  for (const { about } of changes)
    if (about !== undefined) state.refused.set(differenceTitle(about), `${finding.path.join('.')} ${finding.message}`);
  return 'half';
}

function tryOut(state: State, changes: readonly Proposal[], there: There) {
  const key = JSON.stringify(changes.map(({ path, value }) => [path, value]));
  if (!state.tried.has(key)) {
    const values = changes.reduce(
      (all, { path, value }) => withImplied(withValue(all, path, value), path),
      state.values,
    );
    state.tried.set(key, isValid(values) ? { values, distance: distanceOf(values, there) } : undefined);
  }
  return state.tried.get(key);
}

/** A value that only happens to move other fields is none: what it was read off must be right with it. */
function isSettled({ about, whole }: Proposal, { fields, added, missing }: Distance): boolean {
  if (whole !== undefined) return ![...added, ...missing].some(o => idOf(o) === idOf(whole));
  return !fields.some(f => f.title === about?.title && isDeepStrictEqual(f, about));
}

/** What is no nearer than the default goes back to it; so does each item of a list that adds nothing. */
function forget(state: State, start: Start, there: There): void {
  const simpler = (path: string, value: unknown) => {
    const values = withValue(state.values, path, value);
    const distance = isValid(values) ? distanceOf(values, there) : undefined;
    if (distance === undefined || distance.cost > state.distance.cost) return false;
    state.values = values;
    state.distance = distance;
    return true;
  };
  for (const path of settings.keys()) {
    const usual = valueAt(defaultValues, path);
    if (start.from.has(path) || isDeepStrictEqual(valueAt(state.values, path), usual)) continue;
    if (simpler(path, usual)) state.from.delete(path);
    else for (const item of itemsOf(valueAt(state.values, path))) simpler(path, without(state.values, path, item));
  }
}

/** A longer list is left as it was read: each item is a render. */
const mostItems = 50;
const itemsOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) && value.length > 1 && value.length <= mostItems ? value : [];
const without = (values: Values, path: string, item: unknown) =>
  (valueAt(values, path) as readonly unknown[]).filter(x => x !== item);
