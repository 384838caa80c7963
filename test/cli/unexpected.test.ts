import { mkdtempSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { unexpectedText } from '../../generator/unexpected.ts';
import { leak, lines, privateKey } from './key-rows.ts';

const test = suite('cli: unexpected errors');

function thrown(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return assert.unreachable('nothing was thrown');
}

test('a refusal of the system is one sentence', () => {
  const error = thrown(() => mkdtempSync('/no/folder/x-'));
  assert.is(
    unexpectedText(error),
    '/no/folder/x-XXXXXX: mkdtemp failed (ENOENT); check the path, permissions and free space.',
  );
});

test('a bug: its message and where it happened, without a source line', () => {
  const text = unexpectedText(new TypeError('x is no function'));
  const [first, ...frames] = text.split('\n');
  assert.is(first, 'Unexpected TypeError: x is no function; please report it with these lines:');
  assert.ok(frames.length > 2);
  for (const frame of frames) assert.match(frame, /^ {4}at .*:\d+:\d+\)?$/);
});

for (const message of [privateKey, lines.join(''), `near "${lines[0]}"`, `line 1\n${lines[6]}`]) {
  test(`a message that may hold a key is left out: ${message.slice(0, 12)}`, () => {
    const text = unexpectedText(new Error(message));
    assert.is(leak(text), undefined);
    assert.match(text, /^Unexpected Error; please report it with these lines:\n {4}at /);
  });
}

test('what is no error at all', () => {
  assert.is(unexpectedText(privateKey), 'Unexpected failure; please report it.');
});

test.run();
