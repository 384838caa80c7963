/**
 * Path and values of the first place where an object that came back is not as it was sent; undefined when all that was
 * sent is there. What the server adds does not count, nor does `stringData`, which it moves.
 */
export function changed(sent: unknown, got: unknown, path = ''): string | undefined {
  if (typeof sent !== 'object' || sent === null) {
    return sent === got ? undefined : `${path} was ${JSON.stringify(sent)} and became ${JSON.stringify(got)}`;
  }
  for (const [key, value] of Object.entries(sent)) {
    if (key === 'stringData') continue;
    const at = path === '' ? key : `${path}.${key}`;
    const difference = changed(value, (got as Record<string, unknown> | undefined)?.[key], at);
    if (difference !== undefined) return difference;
  }
  return undefined;
}
