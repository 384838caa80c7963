/** values.schema.json: the values schema without our own keywords, draft-07, with a banner. */
import { described } from '../deprecations.ts';
import type { Schema } from '../gotmpl/expr.ts';

const OWN = new Set(['hint', 'secret', 'deprecated']);

/** A copy of a JSON schema without our own keywords. Maps of properties keep every name. */
export function publicSchema(schema: unknown, names = false): unknown {
  if (Array.isArray(schema)) return schema.map(x => publicSchema(x));
  if (typeof schema !== 'object' || schema === null) return schema;
  const kept = Object.entries(schema).filter(([key]) => names || !OWN.has(key));
  return Object.fromEntries(
    kept.map(([key, x]) => {
      // A default is data of the user's, not a schema.
      if (!names && key === 'default') return [key, x];
      if (!names && key === 'description') return [key, described(schema as Schema)];
      return [key, publicSchema(x, !names && key === 'properties')];
    }),
  );
}

/** Characters that not every editor shows are written as JSON escapes. */
const escaped = (c: string) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** The text of values.schema.json. */
export function schemaJson(values: object, source: string): string {
  const head = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $comment: `Generated from ${source} by "serverless-mesh generate"; do not edit.`,
  };
  const json = JSON.stringify({ ...head, ...(publicSchema(values) as object) }, null, 2);
  return `${json.replace(/[\u007f-\uffff]/g, escaped)}\n`;
}
