/** What the pages below docs/ take from the model. */
import { production } from '../model/facts/production.ts';
import { serverlessMesh } from '../model/serverless-mesh/index.ts';
import { publisherForm } from '../publisher/schema.ts';
import type { ValuesSchema } from '../values/schema-path.ts';
import { doctorTables } from './doctor-tables.ts';
import { table } from './markdown.ts';

export const pageData = () => ({
  version: serverlessMesh.version,
  publisherTable: publisherTable(),
  productionTable: productionTable(),
  ...doctorTables(),
});

function productionTable(): string {
  const rows = production.map(({ value, fields: [v2, v3], why, source }) => [
    `\`${value}\``,
    v3 === undefined ? v2 : `v2: ${v2}; v3: ${v3}`,
    why,
    source,
  ]);
  return table(['Value', 'Sets', 'Why', 'Source'], rows);
}

function publisherTable(): string {
  return table(['Field', '', 'Write'], rowsOf(publisherForm, ''));
}

type Described = ValuesSchema & { readonly description?: string };

/** One row for each text, lists as `sources[]`. */
function rowsOf(schema: Described, path: string): string[][] {
  if (schema.items !== undefined) return rowsOf(schema.items, `${path}[]`);
  if (schema.properties === undefined) return [[`\`${path}\``, schema.description ?? '', schema.hint ?? '']];
  return Object.entries(schema.properties).flatMap(([key, child]) =>
    rowsOf(child, path === '' ? key : `${path}.${key}`),
  );
}
