import { coreScalar, helmScalar, type ScalarValue } from './scalars.ts';
import { alternatives, quoted, shortened } from './show.ts';

/** What the schema wants at a path; undefined where it says nothing. */
export type Expected = 'string' | 'boolean' | 'integer' | undefined;

export interface PlainReading {
  /** What the user most likely meant, so that the schema does not report the same mistake again. */
  readonly value: ScalarValue;
  /** One sentence, when the scalar does not mean the same to everyone who reads it. */
  readonly message?: string;
}

/**
 * The meaning of an unquoted scalar. It is a trap when Helm reads something else in it than YAML 1.2 does, and when the
 * schema wants a text where it is a number that would not print the same again (`1.20` becomes 1.2).
 * A value of the wrong type alone is no trap: that is the schema's to say.
 */
export function plainReading(text: string, expected: Expected): PlainReading {
  const helm = helmScalar(text);
  const core = coreScalar(text);
  if (typeof helm === 'number' && !Number.isFinite(helm)) {
    return { value: text, message: `Helm refuses ${text}; write a number, or ${quoted(text)} in quotes` };
  }
  if (helm === core && expected === 'string' && core !== null && String(core) !== text) {
    return { value: text, message: `is the ${typeof core} ${core}; write ${quoted(text)} in quotes` };
  }
  return helm === core ? { value: core } : trap(text, helm, core, expected);
}

/** The same for a key: Helm turns every key into a text, but after it has read `on` as true and `012` as 10. */
export function keyTrap(text: string): string | undefined {
  const helm = helmScalar(text);
  if (helm === null) return 'Helm refuses an empty key; write a name, or quote it';
  if (String(helm) === text) return undefined;
  return `Helm reads the key ${shortened(text)} as ${String(helm)}; write ${quoted(text)} in quotes`;
}

function trap(text: string, helm: ScalarValue, core: ScalarValue, expected: Expected): PlainReading {
  const readAs = `Helm reads ${shortened(text)} as ${typeof helm === 'string' ? 'a text' : helm}`;
  const inQuotes = `${quoted(text)} in quotes`;
  if (expected === 'string') return { value: text, message: `${readAs}; write ${inQuotes}` };
  if (expected === 'boolean' && typeof helm !== 'boolean') return { value: helm };
  if (expected === 'integer' && typeof helm === 'boolean') return { value: helm };
  // Without quotes, whoever wrote 0o17 or 012 may have meant either number.
  const readings = [helm, core].filter(value => typeof value !== 'string' && value !== null);
  const meant = readings.filter(value => typeof value !== 'number' || Number.isFinite(value)).map(String);
  if (expected === undefined) meant.push(inQuotes);
  return { value: helm, message: `${readAs}; write ${meant.length > 0 ? alternatives(meant) : 'a smaller number'}` };
}
