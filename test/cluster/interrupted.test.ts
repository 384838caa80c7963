/** However the user of a cluster ends, the cluster ends with it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { kubernetesVersions } from './modules.ts';
import { clusterSuite, stillRunning } from './suite.ts';
import { waitFor } from './wait.ts';

const test = clusterSuite('interrupted');
const user = fileURLToPath(new URL('./interrupted-user.ts', import.meta.url));

for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
  test(`${signal} to the user of a cluster`, async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', user, kubernetesVersions[1]], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const { dir, pids } = JSON.parse(line) as { dir: string; pids: Record<string, number> };
    child.kill(signal);
    assert.ok(pids['kube-apiserver']);
    const left = () => stillRunning(Object.values(pids));
    await waitFor('the end of the cluster', () => left().length === 0 && !existsSync(dir), { seconds: 15 });
    assert.equal(left(), []);
  });
}

test.run();
