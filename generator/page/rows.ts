/** Fields of all versions, each distinct one once: versions differ in few values, and a page holds many versions. */
import type { Field } from './fields.ts';
import { fragment } from './safe.ts';

/** A field as the frame value.html.hbs takes it. */
export interface Row extends Omit<Field, 'children'> {
  readonly id: number;
  readonly depth: number;
  readonly section: boolean;
  readonly inner: boolean;
  readonly children: readonly Row[];
  /** Id of the element and its link; '' for a row that no version shows at first. */
  readonly anchor: string;
}

export class Rows {
  readonly #ids = new Map<string, number>();
  readonly #rows: Row[] = [];
  readonly #lists = new Map<string, number>();
  readonly #shown = new Set<number>();

  /** The number of the list of rows of these fields. */
  listOf(fields: readonly Field[]): number {
    const key = JSON.stringify(this.#idsOf(fields, 0));
    const known = this.#lists.get(key);
    if (known !== undefined) return known;
    this.#lists.set(key, this.#lists.size);
    return this.#lists.size - 1;
  }

  /** The fields as rows with links to them, for the version of a chart that is shown at first. */
  tree(fields: readonly Field[], chart: string, version: string, depth = 0): Row[] {
    return fields.map(field => {
      const { children, ...own } = field;
      const id = this.#idOf(field, depth);
      this.#shown.add(id);
      const anchor = `${fragment(chart, version, field.path)}`;
      return {
        ...rowOf(own, id, depth, children.length > 0),
        anchor,
        children: this.tree(children, chart, version, depth + 1),
      };
    });
  }

  /** Rows that only other versions have. */
  rest(): Row[] {
    return this.#rows.filter(({ id }) => !this.#shown.has(id));
  }

  /** Row numbers of each list, in the order of the page. */
  lists(): number[][] {
    return [...this.#lists.keys()].map(key => JSON.parse(key) as number[]);
  }

  #idsOf(fields: readonly Field[], depth: number): number[] {
    return fields.flatMap(field => [this.#idOf(field, depth), ...this.#idsOf(field.children, depth + 1)]);
  }

  #idOf({ children, ...own }: Field, depth: number): number {
    const inner = children.length > 0;
    const key = JSON.stringify([own, depth, inner]);
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#rows.length;
    this.#ids.set(key, id);
    this.#rows.push(rowOf(own, id, depth, inner));
    return id;
  }
}

const rowOf = (own: Omit<Field, 'children'>, id: number, depth: number, inner: boolean): Row => ({
  ...own,
  id,
  depth,
  inner,
  section: own.kind === 'section',
  children: [],
  anchor: '',
});
