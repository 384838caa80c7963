import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { helms, parallel, runHelm } from './helm.ts';

const test = suite('support/helm');

test('every Helm has the name of its generation', () => {
  if (helms().length === 0) return console.log('SKIPPED: no helm');
  for (const { name, version } of helms()) assert.is(version.split('.')[0], name.replace('helm', 'v'));
});

test('on Linux x64 there are a Helm 3 and a Helm 4', () => {
  if (process.platform !== 'linux' || process.arch !== 'x64') return console.log('SKIPPED: not Linux x64');
  assert.equal(
    helms().map(helm => helm.name),
    ['helm3', 'helm4'],
  );
});

test("none of the user's settings reaches Helm", async () => {
  process.env.HELM_NAMESPACE = 'mine';
  for (const helm of helms()) {
    const { stdout } = await runHelm(helm, ['env'], { env: { HELM_MAX_HISTORY: '7' } });
    assert.match(stdout, 'HELM_NAMESPACE="default"');
    assert.match(stdout, 'HELM_MAX_HISTORY="7"');
    assert.match(stdout, /HELM_PLUGINS=".*helm-home-/);
  }
  delete process.env.HELM_NAMESPACE;
});

test('a failing Helm rejects, or tells its status when asked to', async () => {
  for (const helm of helms()) {
    const result = await runHelm(helm, ['template', '/nowhere'], { reject: false });
    assert.is(result.exitCode, 1);
    assert.match(result.stderr, '/nowhere');
    assert.match(await runHelm(helm, ['template', '/nowhere']).then(() => 'no error', String), '/nowhere');
  }
});

test('parallel keeps the order and the limit', async () => {
  let running = 0;
  let most = 0;
  const results = await parallel([3, 1, 2, 0], 2, async (delay, index) => {
    most = Math.max(most, ++running);
    await new Promise(resolve => setTimeout(resolve, delay * 5));
    running--;
    return `${index}:${delay}`;
  });
  assert.equal(results, ['0:3', '1:1', '2:2', '3:0']);
  assert.is(most, 2);
});

test.run();
