import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { run } from '../cli/project.ts';
import { quoted, rows, rowsIn } from './completion.ts';

const test = suite('tool: completion');

test('bash completes commands, options and values', async () => {
  const calls = rows.map(
    ([words]) => `COMP_WORDS=(serverless-mesh ${quoted(words)}); COMP_CWORD=${words.length}
      _serverless_mesh serverless-mesh; printf '%s\\n' "\${COMPREPLY[@]//\\\\/}" END`,
  );
  const script = `source <(serverless-mesh completion bash); ${calls.join('\n')}`;
  assert.equal(
    await rowsIn('bash', ['--norc'], script),
    rows.map(([, want]) => want),
  );
});

test('bash splits at =, quotes spaces, and has the files where nothing is offered', async () => {
  const script = `source <(serverless-mesh completion bash)
    COMP_WORDS=(serverless-mesh render --output = j); COMP_CWORD=4
    _serverless_mesh serverless-mesh; printf '%s\\n' "\${COMPREPLY[@]}" END
    COMP_WORDS=(serverless-mesh render --output =); COMP_CWORD=3
    _serverless_mesh serverless-mesh; printf '%s\\n' "\${COMPREPLY[@]}" END
    COMP_WORDS=(serverless-mesh render m); COMP_CWORD=2
    _serverless_mesh serverless-mesh; printf '%s\\n' "\${COMPREPLY[@]}" END
    COMP_WORDS=(serverless-mesh render -f v); COMP_CWORD=3
    _serverless_mesh serverless-mesh; printf '%s\\n' "\${COMPREPLY[@]}" END
    complete -p serverless-mesh; echo END`;
  const complete = 'complete -o bashdefault -o default -F _serverless_mesh serverless-mesh';
  assert.equal(await rowsIn('bash', ['--norc'], script), [['json'], ['json', 'yaml'], ['my\\ prod'], [], [complete]]);
});

test('a shell that is not there', async () => {
  const { status, out, talk } = await run(['completion', 'tcsh']);
  assert.equal([status, out], [2, '']);
  assert.match(talk, /^shell is "tcsh"; write bash, zsh or fish\.\n$/);
});

test('nothing is offered, and nothing said, for what is no command line', async () => {
  for (const words of [['__complete'], ['__complete', 'nothing', ''], ['__complete', 'validate', '--', '']])
    assert.is((await run(words)).talk, '', words.join(' '));
  assert.is((await run(['__complete', 'nothing', 'x'])).out, '');
});

test.run();
