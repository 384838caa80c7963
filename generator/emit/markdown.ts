/** Tables for the READMEs. */
import { described } from '../deprecations.ts';
import type { Schema } from '../gotmpl/expr.ts';
import { fields, typeWords } from './fields.ts';

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A Markdown table. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map(row => `| ${row.map(cell).join(' | ')} |`).join('\n');

/** The values, one row each: path, type, default, meaning. */
export function valuesTable(values: Schema): string {
  const rows = fields(values).map(({ path, schema }) => [
    `\`${path}\``,
    typeWords(schema),
    `\`${JSON.stringify(schema.default)}\``,
    described(schema),
  ]);
  return table(['Value', 'Type', 'Default', 'Meaning'], rows);
}
