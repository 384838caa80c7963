import { setTimeout as sleep } from 'node:timers/promises';

export interface WaitOptions {
  /** Seconds until it counts as failed; 60 if not set. */
  readonly seconds?: number;
  /** Seconds between two tries; 0.1 if not set. */
  readonly every?: number;
  /** Called before each try; throws when waiting has become pointless. */
  readonly check?: () => void;
}

/**
 * Tries until the answer is neither undefined nor false, and returns it. An error of a try counts as "not yet". Throws
 * after the given time, saying what was awaited and how the last try failed.
 */
export async function waitFor<T>(
  what: string,
  attempt: () => T | undefined | false | Promise<T | undefined | false>,
  { seconds = 60, every = 0.1, check = () => {} }: WaitOptions = {},
): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  let last = '';
  for (;;) {
    check();
    try {
      const result = await attempt();
      if (result !== undefined && result !== false) return result;
      last = '';
    } catch (error) {
      last = `; last error: ${error instanceof Error ? error.message : error}`;
    }
    if (performance.now() > deadline) throw new Error(`${what}: not within ${seconds} s${last}`);
    await sleep(every * 1000);
  }
}
