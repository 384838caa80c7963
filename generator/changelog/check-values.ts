/** Which differences between the values of two versions a release may not have, or not without a word about them. */
import { isDeepStrictEqual } from 'node:util';
import type { Deprecation } from '../../values-schema/field.ts';
import { type ValueDifference, type ValueRow, valueDifferences } from '../differences/values.ts';
import { alternatives } from '../values/show.ts';
import type { Change } from './history.ts';
import type { ChartRecord } from './record.ts';
import { mayBreak, minorOf, nextBreaking, nextMinor } from './semantic-version.ts';

/** A step from one version to the next. */
export interface Step {
  readonly current: ChartRecord;
  /** The published versions, newest first; at least one. */
  readonly published: readonly ChartRecord[];
  /** What people are told of the current version. */
  readonly changes: readonly Change[];
}

/** A value is deprecated in so many published minor versions before it may go. */
const MINORS = 2;

/** One sentence per value: its path, what is wrong, what to do instead. Sorted by path. */
export function valueProblems(step: Step): string[] {
  const before = step.published[0]!;
  const all = valueDifferences(before.values, step.current.values);
  const gone = new Set(all.filter(d => d.after === undefined).map(d => d.path));
  const inside = (path: string) => [...gone].some(other => path !== other && contains(other, path));
  return all
    .filter(d => d.after !== undefined || !inside(d.path))
    .flatMap(d => problemsOf(d, all, step).map(problem => `${d.path}: ${problem}`));
}

/** Whether a path is another one, or in it: `a` contains `a.b`, `a[]` and `a.*`. */
export const contains = (outer: string, path: string): boolean =>
  path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);

function problemsOf(d: ValueDifference, all: readonly ValueDifference[], step: Step): string[] {
  if (d.after === undefined) return removed(d, all, step);
  if (d.before === undefined) return added(d.after, d.path, step);
  return d.keywords.flatMap(keyword => changed(keyword, d.path, d.before!, d.after!, step));
}

function removed({ path, before }: ValueDifference, all: readonly ValueDifference[], step: Step): string[] {
  const version = step.current.version;
  const was = step.published[0]!.version;
  const minors = deprecatedIn(step, path);
  if (minors.length >= MINORS)
    return mayBreak(was, version)
      ? named('removed', path, step)
      : [`is gone; remove it in ${nextBreaking(was)}, not in ${version}`];
  const earliest = nextBreaking(minors.length === 0 ? version : `${minors.at(-1)}.0`, MINORS);
  const until = `for ${MINORS} minor versions, and remove it not before ${earliest}`;
  if (minors.length > 0)
    return [`is gone, but only ${alternatives(minors)} told that it is deprecated; keep it ${until}`];
  // The same limits and default, in the same group or under the same name.
  const twin = all.find(
    d =>
      d.before === undefined &&
      isDeepStrictEqual(d.after, before) &&
      places(d.path).some((p, i) => p === places(path)[i]),
  )?.path;
  const what =
    twin === undefined ? `was in ${was} and is gone` : `was in ${was} and is gone, renamed to ${twin} as it seems`;
  const instead = twin === undefined ? 'what to use' : twin;
  return [`${what}; keep it with deprecated: { since: '${version}', instead: '${instead}' } ${until}`];
}

/** The group of a value, and its name. */
const places = (path: string) => [
  path.slice(0, Math.max(0, path.lastIndexOf('.'))),
  path.slice(path.lastIndexOf('.') + 1),
];

/** The published minor versions that called the value, or this choice of it, deprecated; newest first. */
function deprecatedIn({ published }: Step, path: string, member?: unknown): string[] {
  const told = published.filter(({ values }) => {
    const deprecated = values[path]?.deprecated as Deprecation | undefined;
    if (deprecated === undefined) return false;
    return deprecated.members === undefined || deprecated.members.includes(member as string);
  });
  return [...new Set(told.map(({ version }) => minorOf(version)))];
}

function added(row: ValueRow, path: string, step: Step): string[] {
  const was = step.published[0]!.version;
  if (minorOf(was) === minorOf(step.current.version))
    return [`is new; raise the version to ${nextMinor(was)}, a patch adds no values`];
  // In the items of a list that users have written already.
  return row.required === true ? narrowed('must be written now', path, step) : [];
}

/** Keywords that a greater number narrows, and those that a smaller one does. */
const LEAST = ['minimum', 'minLength', 'minItems', 'minProperties'];
const MOST = ['maximum', 'maxLength', 'maxItems'];

function changed(keyword: string, path: string, before: ValueRow, after: ValueRow, step: Step): string[] {
  const [a, b] = [before[keyword], after[keyword]];
  const was = step.published[0]!.version;
  if (keyword === 'type') {
    if (a === 'integer' && b === 'number') return [];
    return [`was of type ${a} in ${was} and is of type ${b}; give the new value another name, and deprecate this one`];
  }
  if (keyword === 'enum' && Array.isArray(a)) return choices(a, b, path, step);
  if (keyword === 'default') return changedDefault(a, b, path, step);
  if (keyword === 'deprecated') return deprecated(b, path, step);
  const tighter =
    (LEAST.includes(keyword) && b !== undefined && (a === undefined || Number(b) > Number(a))) ||
    (MOST.includes(keyword) && b !== undefined && (a === undefined || Number(b) < Number(a))) ||
    (['pattern', 'enum', 'required', 'uniqueItems'].includes(keyword) && b !== undefined && b !== false) ||
    (keyword === 'additionalProperties' && b === false);
  if (!tighter) return [];
  const from = a === undefined ? 'has a new' : 'has another';
  const limit = typeof b === 'number' ? ` (${a === undefined ? '' : `${a}, now `}${b})` : '';
  return narrowed(`${from} ${keyword}${limit}, which may refuse what ${was} took`, path, step);
}

function choices(before: readonly unknown[], after: unknown, path: string, step: Step): string[] {
  const { version } = step.current;
  const kept = Array.isArray(after) ? after : before;
  const gone = before.filter(member => !kept.includes(member));
  const early = gone.filter(member => deprecatedIn(step, path, member).length < MINORS);
  if (early.length > 0) {
    const members = early.map(m => `'${m}'`).join(', ');
    const words = early.map(String).join(', ');
    return [
      `no longer takes ${words}; keep it with deprecated: { since: '${version}', instead: 'what to use', members: [${members}] } for ${MINORS} minor versions`,
    ];
  }
  return gone.length > 0 ? narrowed(`no longer takes ${gone.map(String).join(', ')}`, path, step) : [];
}

function changedDefault(a: unknown, b: unknown, path: string, step: Step): string[] {
  const was = step.published[0]!.version;
  if (minorOf(was) === minorOf(step.current.version))
    return [`has another default; raise the version to ${nextMinor(was)}, a patch changes no defaults`];
  return named(`has the default ${JSON.stringify(b)} where ${was} had ${JSON.stringify(a)}`, path, step);
}

function deprecated(now: unknown, path: string, step: Step): string[] {
  if (now === undefined) return [];
  const { version } = step.current;
  const { since } = now as Deprecation;
  const isOld = step.published.some(p => p.values[path]?.deprecated !== undefined);
  if (!isOld && since !== version)
    return [`is deprecated since ${since}, which no published version says; write since: '${version}'`];
  return named('is deprecated', path, step);
}

/** What may break users: only where the version says so, and never without a word. */
function narrowed(what: string, path: string, step: Step): string[] {
  const was = step.published[0]!.version;
  if (!mayBreak(was, step.current.version))
    return [`${what}; raise the version to ${nextBreaking(was)}, or take it back`];
  return named(what, path, step);
}

/** Nothing, where the history has a sentence about the value. */
function named(what: string, path: string, { current, changes }: Step): string[] {
  if (changes.some(c => c.values?.some(v => contains(v, path)))) return [];
  return [
    `${what}, and no entry of ${current.version} names it; add one with values: ['${path}'] to generator/changelog/history.ts`,
  ];
}
