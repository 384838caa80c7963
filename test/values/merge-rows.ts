import type { Values } from '../../generator/values/maps.ts';

/** Name, defaults of the chart, `-f` files in their order, and what the chart gets. as-helm.test.ts asks both Helms. */
export type MergeRow = readonly [string, Values, readonly Values[], Values];

export const mergeRows: readonly MergeRow[] = [
  ['maps merge deep', { a: { b: 1, c: { d: 2, e: 3 } } }, [{ a: { c: { d: 9 } } }], { a: { b: 1, c: { d: 9, e: 3 } } }],
  ['a list replaces', { a: [1, 2] }, [{ a: [3] }], { a: [3] }],
  ['an empty list replaces', { a: [1, 2] }, [{ a: [] }], { a: [] }],
  ['an empty map changes nothing', { a: { b: 1 } }, [{ a: {} }], { a: { b: 1 } }],
  ['an empty file changes nothing', { a: 1 }, [{}, {}], { a: 1 }],
  ['the later file wins', { a: 1 }, [{ a: 2 }, { a: 3 }], { a: 3 }],
  ['a new key is added', { a: { b: 1 } }, [{ a: { n: 2 }, m: 3 }], { a: { b: 1, n: 2 }, m: 3 }],
  ['a map replaces a scalar', { a: 1 }, [{ a: { b: 2 } }], { a: { b: 2 } }],
  ['a map replaces a list', { a: [1] }, [{ a: { b: 2 } }], { a: { b: 2 } }],
  ['a scalar replaces a map', { a: { b: 1 } }, [{ a: 2 }], { a: 2 }],
  ['a scalar replaces an inner map', { z: { a: { b: 1 } } }, [{ z: { a: 2 } }], { z: { a: 2 } }],
  ['a list replaces a map', { a: { b: 1 } }, [{ a: [2] }], { a: [2] }],
  ['null deletes a default', { a: 1, b: 2 }, [{ a: null }], { b: 2 }],
  ['null deletes a default that is a map', { a: { x: 1 }, b: 2 }, [{ a: null }], { b: 2 }],
  [
    'null deletes deep inside',
    { a: { b: { c: { d: 1, e: 2 } } } },
    [{ a: { b: { c: { d: null } } } }],
    { a: { b: { c: { e: 2 } } } },
  ],
  ['null for the last key leaves an empty map', { a: { b: 1 } }, [{ a: { b: null } }], { a: {} }],
  ['null, then a value', { a: { b: 1 } }, [{ a: { b: null } }, { a: { b: 5 } }], { a: { b: 5 } }],
  ['null, then nothing of it', { a: { b: 1 } }, [{ a: { b: null } }, { a: { x: 1 } }], { a: { x: 1 } }],
  [
    'null, then a map: the other defaults come back',
    { a: { b: 1, c: 2 }, d: 3 },
    [{ a: null }, { a: { b: 9 } }],
    { a: { b: 9, c: 2 }, d: 3 },
  ],
  ['null, then an empty map: the defaults come back', { a: { b: 1 } }, [{ a: null }, { a: {} }], { a: { b: 1 } }],
  ['a scalar, then a map: the defaults come back', { a: { b: 1 } }, [{ a: 3 }, { a: { c: 2 } }], { a: { b: 1, c: 2 } }],
  ['null inside, then another key', { a: { b: 1, c: 2 } }, [{ a: { b: null } }, { a: { c: 3 } }], { a: { c: 3 } }],
  ['a value, then null', { a: { b: 1 } }, [{ a: { b: 5 } }, { a: { b: null } }], { a: {} }],
  ['null without a default stays', { a: { b: 1 } }, [{ z: null, a: { z: null } }], { z: null, a: { b: 1, z: null } }],
  [
    'a new value, then null: null stays',
    { a: { b: 1 } },
    [{ a: { n: 5 } }, { a: { n: null } }],
    { a: { b: 1, n: null } },
  ],
  [
    'null in a new map stays',
    { a: {} },
    [{ z: { x: null }, a: { b: { c: null } } }],
    { z: { x: null }, a: { b: { c: null } } },
  ],
  ['null in a map over a scalar stays', { a: 1 }, [{ a: { b: null, c: 1 } }], { a: { b: null, c: 1 } }],
  ['null in a list stays', { a: [1] }, [{ a: [null, { b: null }] }], { a: [null, { b: null }] }],
];
