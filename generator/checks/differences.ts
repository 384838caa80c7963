/** Where an object in the cluster lacks what the release put there. What the cluster adds to it is no difference. */

export interface Difference {
  /** As `spec.servers[0].port`. */
  readonly path: string;
  readonly want: unknown;
  readonly have: unknown;
}

export function differences(want: unknown, have: unknown, path = ''): Difference[] {
  if (Array.isArray(want)) {
    if (want.length === 0 && have === undefined) return [];
    if (!Array.isArray(have) || have.length < want.length) return [{ path, want, have }];
    return want.flatMap((item, i) => differences(item, have[i], `${path}[${i}]`));
  }
  if (typeof want === 'object' && want !== null) {
    const keys = Object.keys(want);
    // The API server drops what is empty.
    if (have === undefined) return keys.length === 0 ? [] : [{ path, want, have }];
    if (typeof have !== 'object' || have === null || Array.isArray(have)) return [{ path, want, have }];
    return keys.flatMap(key =>
      differences((want as Fields)[key], (have as Fields)[key], path === '' ? key : `${path}.${key}`),
    );
  }
  return want === have || isSameQuantity(want, have, path) ? [] : [{ path, want, have }];
}

const units: Readonly<Record<string, number>> = {
  ...{ n: 1e-9, u: 1e-6, m: 1e-3, '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60 },
};

/** The API server writes resources in its own way: 1000m of a CPU as 1. */
export function isSameQuantity(want: unknown, have: unknown, path: string): boolean {
  if (!/[.]resources[.](requests|limits)[.]/.test(path)) return false;
  const [a, b] = [want, have].map(text => {
    const [, number, unit] = /^([\d.]+(?:[eE][+-]?\d+)?)([a-zA-Z]*)$/.exec(String(text)) ?? [];
    return Number(number) * (units[unit ?? ''] ?? Number.NaN);
  });
  return a !== undefined && b !== undefined && Math.abs(a - b) <= 1e-9 * Math.abs(a);
}

type Fields = Readonly<Record<string, unknown>>;
