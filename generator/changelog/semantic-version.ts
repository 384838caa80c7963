/** What a version may change after another one: semantic versions, https://semver.org. */
import { parse } from 'semver';

const numbers = (version: string) => parse(version) ?? { major: 0, minor: 0 };
/** `0.2` of `0.2.1`. */
export const minorOf = (version: string) => `${numbers(version).major}.${numbers(version).minor}`;

/** Below 1.0 a minor version may break what was, from then on only a major one (items 4 and 8). */
export function mayBreak(before: string, after: string): boolean {
  const [a, b] = [numbers(before), numbers(after)];
  return a.major !== b.major || (a.major === 0 && a.minor !== b.minor);
}

/** The first version that may break what `version` has. */
export function nextBreaking(version: string, minors = 1): string {
  const { major, minor } = numbers(version);
  return major === 0 ? `0.${minor + minors}.0` : `${major + 1}.0.0`;
}

/** The first version that may add to what `version` has. */
export const nextMinor = (version: string) => `${numbers(version).major}.${numbers(version).minor + 1}.0`;
