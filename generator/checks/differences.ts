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
  return want === have ? [] : [{ path, want, have }];
}

type Fields = Readonly<Record<string, unknown>>;
