import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runTenants } from '../../generator/commands/tenants.ts';
import { projectRoot } from '../../generator/files.ts';
import { inProcess, newFolder, put, run } from '../cli/project.ts';

const test = suite('tenants: examples');

const inProject = (path: string) => join(projectRoot, path);

test('docs/tenants.md shows what the command says', async () => {
  const page = readFileSync(inProject('docs/tenants.md'), 'utf8');
  const [, yaml = '', command = '', want] =
    /```yaml\n(.*?)```\n\n```console\n\$ npx serverless-mesh ([^\n]*)\n(.*?)```/s.exec(page) ?? [];
  const folder = newFolder();
  put(folder, 'tenants.yaml', yaml);
  const { status, out, talk } = await run(command.split(' '), { cwd: folder });
  assert.is(status, 1);
  assert.is(`${out}${talk}`, want);
});

test('the tenants of production are those of its mesh, once it is isolated', async () => {
  const isolated = put(newFolder(), 'isolated.yaml', 'isolation: {enabled: true}\n');
  const files = [inProject('environments/tenants/prod.yaml')];
  const meshFiles = [inProject('environments/prod.yaml'), isolated];
  const result = await inProcess(io => runTenants({ files, meshFiles, check: true }, io));
  // No finding, and no note: each member is in a tenant.
  assert.equal(result, { status: 0, out: '', talk: '3 tenants with 4 namespaces: ok\n' });
});

test.run();
