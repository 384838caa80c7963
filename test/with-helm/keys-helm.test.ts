import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { helmsFor } from '../chart/with-helm.ts';
import { certificate, good, leak, misplaced, privateKey } from '../cli/key-rows.ts';
import { each, installed, newFolder, put } from '../cli/project.ts';
import { helms, runHelm } from '../support/helm.ts';

const test = suite('cli: private keys and Helm');

const folder = newFolder();
const rows = misplaced.map(([name, values, leaking], index) => ({
  name,
  leaking,
  // Says the same as template, so some will do: rules, schema, YAML.
  linted: index % 8 < 2 && leaking === '',
  file: put(folder, `${name.replaceAll(' ', '-')}.yaml`, typeof values === 'string' ? values : JSON.stringify(values)),
}));
const goodFile = put(folder, 'good.yaml', JSON.stringify(good));
const withoutData = (text: string) =>
  [privateKey, certificate].reduce((rest, pem) => rest.replaceAll(Buffer.from(pem).toString('base64'), ''), text);

if (helms().length === 0) process.stdout.write('SKIPPED: no helm found\n');

for (const helm of helms()) {
  const number = helm.name.slice(-1);
  const own = rows.filter((_, index) => helmsFor(index).includes(helm));
  const both = each(own, async ({ file, linted }) => {
    const chart = join(await installed(), 'charts/serverless-mesh');
    const one = (args: string[]) => runHelm(helm, [...args, chart, '-f', file], { reject: false });
    return Promise.all([one(['template', '--debug']), ...(linted ? [one(['lint'])] : [])]);
  });
  for (const [index, { name, leaking }] of own.entries()) {
    const repeats = leaking.includes(number);
    test(`${helm.name} template --debug, lint: a key ${name} is ${repeats ? 'repeated by Helm itself' : 'not repeated'}`, async () => {
      const results = await both(index);
      assert.is(results[0]!.exitCode, 1);
      for (const { stdout, stderr } of results) {
        assert.is(leak(`${stdout}${stderr}`) !== undefined, repeats, stderr.slice(0, 80));
      }
    });
  }

  test(`${helm.name}: a key in its place is in the data of the Secret alone`, async () => {
    const chart = join(await installed(), 'charts/serverless-mesh');
    for (const args of [['template'], ['template', '--debug'], ['lint'], ['lint', '--strict', '--debug']]) {
      const { exitCode, stdout, stderr } = await runHelm(helm, [...args, chart, '-f', goodFile], { reject: false });
      assert.is(exitCode, 0, stderr);
      assert.is(leak(withoutData(`${stdout}${stderr}`)), undefined);
    }
  });
}

test.run();
