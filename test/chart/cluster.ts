import { allCases, goldenObjects } from './cases.ts';

const kindOf = ({ object }: { readonly object: Readonly<Record<string, unknown>> }) =>
  `${object.apiVersion}/${object.kind}`;

/** Every kind that some case of a chart renders: the fake API must serve them for an install, or a render with `lookupFlags`. */
export const renderedKinds: readonly string[] = [...new Set(allCases.flatMap(goldenObjects).map(kindOf))].sort();
