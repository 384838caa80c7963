/** Where long work has got to. */
import type { Io } from './io.ts';

/** Shown on a terminal only, in one line that the next one replaces; the empty text clears it. */
export type Progress = (text: string) => void;

/** `clean` is for text that comes from elsewhere. */
export function progressOn(io: Io, clean = (text: string) => text): Progress {
  if (!io.interactive) return () => undefined;
  return text => io.talk(`\r\u001b[K${text === '' ? '' : clean(text)}`);
}

/** For work on many things: `3 %: checking`. Told once for each percent, so that it costs nothing. */
export function percentOn(progress: Progress, what: string): (done: number, all: number) => void {
  let shown = -1;
  return (done, all) => {
    const percent = Math.floor((done * 100) / all);
    if (percent === shown) return;
    shown = percent;
    progress(`${percent} %: ${what}`);
  };
}
