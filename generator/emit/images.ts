/** The images that a chart runs unless its values name others. */
import { grammar, optional } from '../../values-schema/field.ts';
import type { Schema } from '../gotmpl/expr.ts';
import type { Chart } from '../model/chart.ts';
import { type Field, fields } from './fields.ts';

export interface Image {
  /** Where in the values it is named, with `-` between the words: `jobs-image`. */
  readonly name: string;
  readonly image: string;
}

const patterns: readonly (string | undefined)[] = [grammar.image.pattern, optional(grammar.image).pattern];

/** The values that name an image, or may. */
export const imageFields = (chart: Chart): readonly Field[] =>
  fields(chart.values as Schema).filter(({ schema }) => patterns.includes(schema.pattern));

/** By path in the values; one that stands for another value by being empty is none of its own. */
export const imagesOf = (chart: Chart): readonly Image[] =>
  imageFields(chart)
    .filter(({ schema }) => (schema.default ?? '') !== '')
    .map(({ path, schema }) => ({ name: wordsOf(path), image: String(schema.default) }));

const wordsOf = (path: string) => path.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`).replaceAll('.', '-');
