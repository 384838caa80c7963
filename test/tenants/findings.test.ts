import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { givenOf, meshRows, rows } from './rows.ts';
import { type Given, runOn } from './run.ts';

const test = suite('tenants: findings');

async function says(given: Given, want: readonly string[]): Promise<void> {
  const { status, out, talk } = await runOn(given);
  const notes = talk.split('\n').filter(line => line.startsWith('note: '));
  assert.equal([...out.split('\n').slice(0, -1), ...notes], want);
  const count = want.length - notes.length;
  assert.is(status, count === 0 ? 0 : 1);
  assert.match(
    talk,
    new RegExp(`^\\d+ tenants? with \\d+ namespaces?: ${count === 0 ? 'ok' : `${count} to correct`}\n$`, 'm'),
  );
}

for (const [name, tenants, want] of rows) test(name, () => says({ tenants }, want));
for (const row of meshRows) test(`beside the mesh: ${row[0]}`, () => says(givenOf(row), row[3]));

test.run();
