/** What an unquoted scalar means. Infinity and NaN are possible; Helm refuses a file that holds one. */
export type ScalarValue = string | number | boolean | null;

const helmTrue = new Set(['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON']);
const helmFalse = new Set(['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF']);
const coreTrue = new Set(['true', 'True', 'TRUE']);
const coreFalse = new Set(['false', 'False', 'FALSE']);
const nulls = new Set(['', '~', 'null', 'Null', 'NULL']);

const decimal = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const infinity = /^([-+]?)\.(inf|Inf|INF)$/;
const notANumber = /^\.(nan|NaN|NAN)$/;
const goInteger = /^([-+]?)(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|0[0-7]*|[1-9][0-9]*)$/;

/** What YAML 1.2 (core schema) reads in an unquoted scalar. */
export function coreScalar(text: string): ScalarValue {
  if (nulls.has(text)) return null;
  if (coreTrue.has(text)) return true;
  if (coreFalse.has(text)) return false;
  if (decimal.test(text) || /^0(o[0-7]+|x[0-9a-fA-F]+)$/.test(text)) return Number(text) + 0;
  return special(text) ?? text;
}

/**
 * What Helm 3 and 4 read in an unquoted scalar: sigs.k8s.io/yaml on go-yaml v2 (`resolve.go`), a mixture of YAML 1.1
 * and 1.2. Numbers pass through JSON, so integers beyond 2^53 lose digits there as here.
 */
export function helmScalar(text: string): ScalarValue {
  if (nulls.has(text)) return null;
  if (helmTrue.has(text)) return true;
  if (helmFalse.has(text)) return false;
  return special(text) ?? helmNumber(text) ?? text;
}

function helmNumber(text: string): number | undefined {
  // A leading dot goes to Go's ParseFloat, which wants its underscores between digits; elsewhere go-yaml drops them all.
  if (!/^([-+0-9]|\.[0-9]+(_[0-9]+)*([eE]|$))/.test(text)) return undefined;
  const plain = text.replaceAll('_', '');
  const integer = goParseInteger(plain);
  if (integer !== undefined) return integer;
  const float = decimal.test(plain) ? Number(plain) + 0 : Number.NaN;
  return Number.isFinite(float) ? float : undefined;
}

/** Go's `strconv.ParseInt(text, 0, 64)`, then `ParseUint`: a leading 0 means octal; undefined when out of range. */
function goParseInteger(text: string): number | undefined {
  // go-yaml itself takes a sign behind 0b, too.
  const [, sign, digits] = goInteger.exec(text.replace(/^0b([-+])/, (_, behind) => `${behind}0b`)) ?? [];
  if (digits === undefined) return undefined;
  const size = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits}` : digits);
  const most = sign === '-' ? 2n ** 63n : sign === '+' ? 2n ** 63n - 1n : 2n ** 64n - 1n;
  return size > most ? undefined : Number(sign === '-' ? -size : size);
}

function special(text: string): number | undefined {
  const sign = infinity.exec(text)?.[1];
  if (sign !== undefined) return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return notANumber.test(text) ? Number.NaN : undefined;
}
