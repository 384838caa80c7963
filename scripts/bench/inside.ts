/** The steps of a render in this process, per environment. Beside nothing: they show where a render's time goes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { evaluateChart } from '../../generator/render/evaluate-chart.ts';
import { manifestsJson, manifestsYaml } from '../../generator/render/manifests.ts';
import { readEnvironments } from '../../generator/values/environments.ts';
import { environments } from './environments.ts';
import { inTurns, type Setting } from './measure.ts';
import { figure, type Row, time } from './rows.ts';

const COUNT = 300;

export function inside({ folder, rounds }: Setting): Row[] {
  mkdirSync(join(folder, 'inside'));
  const files = environments(COUNT).map((text, i) => {
    const file = join(folder, 'inside', `env-${i}.yaml`);
    writeFileSync(file, text);
    return file;
  });
  const release = { name: 'serverless-mesh', namespace: 'default' };
  const read = () => [...readEnvironments(serverlessMesh, { environments: files, files: [] })];
  const evaluate = () => known.map(e => evaluateChart(serverlessMesh, e.values, release));
  const known = read();
  const objects = evaluate();
  const times = inTurns(
    {
      'read, merge and check values': { run: read },
      evaluate: { run: evaluate },
      'print as YAML': { run: () => objects.map(manifestsYaml) },
      'print as JSON': { run: () => objects.map(items => manifestsJson('any', items)) },
    },
    2 * rounds,
  );
  return Object.entries(times).map(([name, all]) =>
    figure(`one environment, in process: ${name}`, time(all.map(t => t / COUNT))),
  );
}
