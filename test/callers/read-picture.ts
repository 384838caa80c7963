/** Reads a picture of callers back, as somebody would who looks at it: cells, and what their words mean. */
import type { Tenant } from '../../generator/callers/example.ts';
import type { Call } from '../authorization/evaluator.ts';

/** A text with the box that it takes, by a wide estimate of its letters. */
export interface Box {
  readonly words: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Words in the cells, by row and column. */
  readonly cells: readonly (readonly string[])[];
  /** What the numbers in the cells mean. */
  readonly legend: ReadonlyMap<string, string>;
  readonly boxes: readonly Box[];
}

const letter = 7;
const unescaped = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
const number = (tag: string, name: string) => Number(new RegExp(` ${name}="([-0-9.]+)"`).exec(tag)?.[1]);

export function readPicture(svg: string): Picture {
  const rows = new Map<number, string[]>();
  let cell: { readonly row: string[]; readonly at: number } | undefined;
  for (const [tag, rect, , words] of svg.matchAll(
    /<(rect) class="(?:none|some|all|open)"[^>]*>|<(text) [^>]*>([^<]*)</g,
  )) {
    if (rect !== undefined) {
      const y = number(tag, 'y');
      const row = rows.get(y) ?? [];
      rows.set(y, row);
      row.push('');
      cell = { row, at: row.length - 1 };
    } else if (tag.includes('text-anchor="middle"') && cell) {
      cell.row[cell.at] = `${cell.row[cell.at]} ${unescaped(words!)}`.trim();
    }
  }
  const texts = [...svg.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)];
  return {
    width: number(svg, 'width'),
    height: number(svg, 'height'),
    cells: [...rows.values()],
    legend: new Map(
      texts.flatMap(([, , words]) => {
        const [, key, meaning] = /^(\d+): (.+)$/.exec(unescaped(words!)) ?? [];
        return key === undefined ? [] : [[key, meaning!] as const];
      }),
    ),
    boxes: texts.map(([, tag, words]) => boxOf(` ${tag}`, unescaped(words!))),
  };
}

function boxOf(tag: string, words: string): Box {
  const [x, y, long] = [number(tag, 'x'), number(tag, 'y'), words.length * letter];
  if (tag.includes('rotate(-90 ')) return { words, left: x - 10, right: x + 3, top: y - long, bottom: y };
  const left = tag.includes('"middle"') ? x - long / 2 : x;
  return { words, left, right: left + long, top: y - 10, bottom: y + 3 };
}

/** Do the words in a cell allow the call? */
export function allows({ legend }: Picture, cell: string, tenants: readonly Tenant[], call: Call): boolean {
  if (cell === '') return false;
  return cell.split(' ').some(word => {
    if (word === 'all' || word === 'open') return true;
    const [, key, name] = /^(\d+)([a-z]*)$/.exec(word)!;
    const namespaces = tenants.find(tenant => tenant.name === name)?.namespaces ?? [];
    return holds(legend.get(key!)!, namespaces, call);
  });
}

/** `(path /N/*, or host *.N, *.N.svc) and header H: N`. */
function holds(words: string, namespaces: readonly string[], call: Call): boolean {
  const [first = '', ...headers] = ` and ${words}`.split(/ and header /);
  const operations = first.replace(/^ and /, '').replaceAll(/[()]/g, '');
  const is = (values: string, value: string) =>
    values
      .split(', ')
      .some(one =>
        (one.includes('N') ? namespaces.map(namespace => one.replace('N', namespace)) : [one]).some(wanted =>
          new RegExp(`^${wanted.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(value),
        ),
      );
  const asked = { host: call.host.toLowerCase(), path: call.path, port: String(call.port), method: call.method };
  const isTo = (operation: string) =>
    operation.split(' and ').every(field => {
      const [, name, values] = /^(host|path|port|method) (.+)$/.exec(field)!;
      return is(values!, asked[name as keyof typeof asked]);
    });
  return (
    (operations === '' || operations.split(', or ').some(isTo)) &&
    headers.every(header => {
      const [name, values] = header.split(': ');
      const given = call.headers[name!];
      return given !== undefined && is(values!, given);
    })
  );
}
