import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { candidates, type Known, type Values } from '../../generator/completion/candidates.ts';

const test = suite('completion: candidates');

const option = { about: '', takesValue: true, repeats: false, choices: [] };
const known: Known = {
  commands: [
    { word: 'renew', about: 'new ones' },
    { word: 'check', about: 'look' },
  ],
  options: [
    { ...option, names: ['output', 'o'], choices: ['text', 'json'] },
    { ...option, names: ['file', 'f'], repeats: true },
    { ...option, names: ['chart'] },
    { ...option, names: ['help', 'h'], takesValue: false },
  ],
  positionals: [
    { name: 'environment', repeats: false, choices: [] },
    { name: 'shells', repeats: true, choices: ['bash', 'zsh'] },
  ],
};
const values: Values = name => ({ environment: ['dev', 'my prod'], chart: ['one', 'two'] })[name] ?? [];

const rows: readonly [name: string, before: string, current: string, want: readonly string[]][] = [
  ['commands and values of the first place', '', '', ['renew', 'check', 'dev', 'my prod']],
  ['only what starts so', '', 'd', ['dev']],
  ['the second place, and no command there', 'dev', '', ['bash', 'zsh']],
  ['the last place again, where it repeats', 'dev bash', 'z', ['zsh']],
  ['options in their long form', '', '-', ['--output', '--file', '--chart', '--help']],
  ['no option twice, by whatever name', '-o json --chart=one', '--', ['--file', '--help']],
  ['one that repeats', '-f a.yaml', '--f', ['--file']],
  ['choices behind an option', '--output', '', ['text', 'json']],
  ['choices behind its alias', '-o', 'j', ['json']],
  ['choices in the same word', '', '--output=t', ['--output=text']],
  ['values of an option', 'dev --chart', '', ['one', 'two']],
  ['nothing where a file is meant', '--file', '', []],
  ['nothing in the same word', '', '--file=', []],
  ['the value of an option is no place', '--file a.yaml', 'm', ['my prod']],
  ['a switch has no value', '--help', 'd', ['dev']],
  ['an unknown option is left to the parser', '--other', 'd', ['dev']],
];
for (const [name, before, current, want] of rows) {
  test(name, () => {
    const line = { before: before.split(' ').filter(Boolean), current };
    assert.equal(
      candidates(line, known, values).map(({ word }) => word),
      want,
    );
  });
}

test('says what a command and an option is', () => {
  assert.equal(candidates({ before: [], current: 'r' }, known, values), [{ word: 'renew', about: 'new ones' }]);
});

test.run();
