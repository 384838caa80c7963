import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { put, run, runProgram } from '../cli/project.ts';
import { onPath } from '../support/program.ts';
import { project, rows, rowsIn } from './completion.ts';

const test = suite('tool: completion in other shells');

/** With SHELLS_REQUIRED=1, as in .ci/run, none may be missing. */
const has = (shell: string) => onPath(shell) !== undefined || process.env.SHELLS_REQUIRED === '1';
for (const shell of ['zsh', 'fish'])
  if (!has(shell)) process.stdout.write(`SKIPPED: no ${shell}, its completion is not run\n`);

if (has('fish')) {
  test('fish completes the same, with what each is, and files', async () => {
    const calls = rows.map(([words]) => `complete -C 'serverless-mesh ${words.join(' ')}'; echo END`);
    const script = `serverless-mesh completion fish | source; ${calls.join('\n')}
      complete -C 'serverless-mesh validate -f val'; echo END`;
    const seen = await rowsIn('fish', ['-N'], script);
    assert.equal(
      seen.map(lines => lines.map(line => line.replace(/\t.*/, ''))),
      [...rows.map(([, want]) => want), ['values.yaml']],
    );
    assert.equal(seen[0], ['validate\tcheck values files: what is wrong, where, and what to write instead']);
  });
}

const zshSetups = [
  ['sourced', 'autoload -Uz compinit; compinit -u -D; source <(serverless-mesh completion zsh)'],
  ['from a folder in fpath', 'fpath=($PWD/zfunc $fpath); autoload -Uz compinit; compinit -u -D'],
] as const;
if (has('zsh'))
  for (const [how, setup] of zshSetups) {
    test(`zsh completes what is typed, at a terminal, ${how}`, async () => {
      const { folder, env } = await project();
      put(folder, 'zfunc/_serverless-mesh', (await run(['completion', 'zsh'])).out);
      // Its own module makes the terminal. Each TAB completes the word that only one candidate starts like; ^T shows the line.
      const script = `zmodload zsh/zpty
        zpty z zsh -f -i
        zpty -w z '${setup}'
        zpty -w z 'show() { zle -I; print -r -- "<$BUFFER>" }; zle -N show; bindkey "^T" show; echo REA""DY'
        zpty -r z out '*READY*'
        zpty -w -n z $'serverless-mesh rend\\t--eng\\thel\\tpro\\t-f val\\t--output=js\\t\\x14'
        zpty -r z out '*<serverless-mesh*>*'
        print -r -- "$out"`;
      const terminal = { cwd: folder, env: { ...env, TERM: 'dumb' } };
      const { status, out, talk } = await runProgram('zsh', ['-f', '-c', script], terminal);
      assert.is(status, 0, talk);
      assert.match(out, '<serverless-mesh render --engine helm prod -f values.yaml --output=json >');
    });
  }

test.run();
