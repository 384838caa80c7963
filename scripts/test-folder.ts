/** Runs the tests of one folder below test/ in a process of its own. */
import { execa } from 'execa';

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface FolderOptions {
  /** Print as the tests run, not when all have run. */
  readonly live?: boolean;
  readonly minutes?: number;
  /** Only these files, without `.test.ts`. */
  readonly files?: readonly string[];
}

const number = (text: string, what: string) => Number(new RegExp(`^\\s*${what}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);

/** `.` is test/ itself. A folder that crashed, or that ran nothing, has failed, whatever it counted. */
export async function testFolder(folder: string, options: FolderOptions = {}): Promise<Totals> {
  const { live = false, minutes = 20, files = [] } = options;
  const names = files.length === 0 ? '.*' : `(${files.join('|')})`;
  const pattern = folder === '.' ? '^[^/\\\\]+\\.test\\.ts$' : `^${folder}[/\\\\]${names}\\.test\\.ts$`;
  const started = performance.now();
  const program = execa('node', ['--import', 'tsx', 'node_modules/uvu/bin.js', '--no-color', 'test', pattern], {
    reject: false,
    all: true,
    timeout: minutes * 60_000,
  });
  if (live) program.all?.pipe(process.stdout, { end: false });
  const { exitCode, all: text } = await program;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(
    `\n== test/${[folder, files.join(', ')].filter(Boolean).join(': ')} (${seconds} s)\n${live ? '' : `${text}\n`}`,
  );
  const [total, passed, skipped] = [number(text, 'Total'), number(text, 'Passed'), number(text, 'Skipped')];
  const failed = Math.max(total - passed, exitCode === 0 && total + skipped > 0 ? 0 : 1);
  return { passed, failed, skipped };
}

/** Prints the sum as the last line, and sets the exit status. */
export function endWith(totals: readonly Totals[]): void {
  const sum = (key: keyof Totals) => totals.reduce((n, t) => n + t[key], 0);
  process.stdout.write(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped\n`);
  process.exitCode = sum('failed') === 0 ? 0 : 1;
}
