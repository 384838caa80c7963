/** A repository of many versions. */

import { charts } from '../../generator/charts.ts';
import type { PageData } from '../../generator/page/index.ts';
import { versionOf } from './example.ts';

type Rule = { description?: string; properties?: Record<string, Rule> };

/** Adds words to the first `left.count` descriptions of a schema. */
function changed(rule: Rule, words: string, left: { count: number }): Rule {
  const { properties, ...own } = rule;
  if (properties === undefined && left.count-- <= 0) return rule;
  const below = Object.entries(properties ?? {}).map(([key, child]) => [key, changed(child, words, left)] as const);
  if (properties === undefined) return { ...own, description: `${own.description} ${words}` };
  return { ...own, properties: Object.fromEntries(below) };
}

/** Each of the project's charts in `count` versions, 1.0.1 the oldest, of which each changes `values` values. */
export function manyVersions(count: number, values: number): PageData {
  return {
    title: 'Many versions',
    charts: charts.map(({ name }) => {
      const base = versionOf(name, { version: '1.0.0' });
      return {
        name,
        versions: Array.from({ length: count }, (_, i) => {
          const version = `1.0.${count - i}`;
          const schema = changed(base.schema as Rule, `Of ${version}.`, { count: values });
          return { ...base, version, file: `${name}-${version}.tgz`, schema };
        }),
      };
    }),
  };
}
