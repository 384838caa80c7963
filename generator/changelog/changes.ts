/** What people are told of a version of a chart. */
import { type Change, type History, history, type Kind } from './history.ts';

/** The entries of a version with all that is known of them; none for a version that nobody has written of. */
export const entriesOf = (chart: string, version: string, from: History = history): readonly Change[] =>
  (Object.hasOwn(from, chart) ? from[chart] : undefined)?.find(v => v.version === version)?.changes ?? [];

/** For the annotation artifacthub.io/changes of a package: kind and description, in the order of the history. */
export const changesOf = (
  chart: string,
  version: string,
  from: History = history,
): readonly { readonly kind: Kind; readonly description: string }[] =>
  entriesOf(chart, version, from).map(({ kind, description }) => ({ kind, description }));
