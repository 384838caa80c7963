/** Small choices from one seed, so that a repaired or mutated value set is the same again for the same seed. */
export interface Dice {
  /** A whole number from 0 to n - 1. */
  readonly below: (n: number) => number;
  /** True once in n throws. */
  readonly oneIn: (n: number) => boolean;
  readonly pick: <T>(list: readonly T[]) => T;
}

/** mulberry32: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
export function dice(seed: number): Dice {
  let state = seed | 0;
  const below = (n: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * n);
  };
  return { below, oneIn: n => below(n) === 0, pick: list => list[below(list.length)]! };
}
