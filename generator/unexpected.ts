/** What to print of an error that nobody foresaw. */
import { mayShow } from './values/show.ts';

/**
 * For a refusal of the system (no space, no permission) one sentence. For anything else, where it happened: frames, and
 * the message only where it cannot hold a private key. Never the source line that Node would print.
 */
export function unexpectedText(error: unknown): string {
  if (!(error instanceof Error)) return 'Unexpected failure; please report it.';
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (syscall !== undefined)
    return `${path ?? syscall}: ${syscall} failed (${code}); check the path, permissions and free space.`;
  const frames = (error.stack ?? '').split('\n').filter(line => /^ {4}at /.test(line));
  const message = mayShow(error.message) ? `: ${error.message}` : '';
  return [`Unexpected ${error.name}${message}; please report it with these lines:`, ...frames].join('\n');
}
