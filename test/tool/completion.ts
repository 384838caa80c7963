/** What a shell completes. */
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { installed, newFolder, once, put, runProgram } from '../cli/project.ts';

/** A folder with environments, and the program on PATH under its own name. */
export const project = once(async () => {
  const folder = newFolder();
  for (const name of ['dev', 'prod', 'my prod', 'serverless-mesh-operators/ops'])
    put(folder, `environments/${name}.yaml`, '');
  put(folder, 'environments/README.md', '');
  put(folder, 'values.yaml', '');
  const program = `#!/bin/sh\nexec '${process.execPath}' '${join(await installed(), 'bin/serverless-mesh.js')}' "$@"\n`;
  put(folder, 'bin/serverless-mesh', program, 0o755);
  const env = { PATH: `${join(folder, 'bin')}:${process.env.PATH}`, HOME: folder };
  return { folder, env };
});

/** What is offered for the words, of which the last one is at the cursor. */
export const rows: readonly [words: readonly string[], want: readonly string[]][] = [
  [['val'], ['validate']],
  [
    ['validate', 'dev', ''],
    ['dev', 'my prod', 'prod'],
  ],
  [
    ['certificates', ''],
    ['check', 'renew'],
  ],
  [['certificates', '--a'], ['--apps-domain']],
  [['certificates', 'renew', '--b'], ['--bits']],
  [['render', '-o', 'j'], ['json']],
  [['validate', '--chart', 'serverless-mesh-o'], ['serverless-mesh-operators']],
  [['validate', '--chart', 'serverless-mesh-operators', ''], ['ops']],
  [['package', 'serverless-mesh-t'], ['serverless-mesh-tenant']],
  [['verify', '--create'], ['--create-test-service']],
  [
    ['completion', ''],
    ['bash', 'fish', 'zsh'],
  ],
  [['--ver'], ['--version']],
];

export const quoted = (words: readonly string[]) => words.map(word => `'${word}'`).join(' ');

/** The words that each row gets, in one process of the shell; the line END ends a row. */
export async function rowsIn(shell: string, args: readonly string[], script: string): Promise<string[][]> {
  const { folder, env } = await project();
  const { status, out, talk } = await runProgram(shell, [...args, '-c', script], { cwd: folder, env });
  assert.equal([status, talk], [0, '']);
  return out
    .split('END\n')
    .slice(0, -1)
    .map(text => text.split('\n').filter(Boolean).sort());
}
