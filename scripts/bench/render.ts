/** Many environments in one process, beside a `helm template` for each. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environments } from './environments.ts';
import { type Contender, inTurns, median, run, type Setting, type Times } from './measure.ts';
import { figure, type Row, timesFaster, yes } from './rows.ts';
import { helmTemplate } from './template.ts';

const COUNT = 1000;
/** Helm renders every 25th file only, and its time is multiplied: 1,000 processes would take minutes per round. */
const STEP = 25;
const MOST_MEMORY = 150;

export function render({ folder, project, helms, rounds }: Setting): Row[] {
  const files = writeEnvironments(join(folder, 'environments'));
  const sample = files.filter((_, i) => i % STEP === 0);
  const ours = (output: string) => ['bin/serverless-mesh.js', 'render', '--output', output, ...files];
  const chart = join(project, 'charts/serverless-mesh');
  const helm = (path: string): Contender => ({
    run: () => {
      for (const file of sample) run(folder, helmTemplate(folder, path, chart, file));
    },
  });
  const contenders: Record<string, Contender> = {
    yaml: { run: () => run(folder, { args: ours('yaml'), cwd: project }) },
    json: { run: () => run(folder, { args: ours('json'), cwd: project }) },
    ...Object.fromEntries(helms.map(({ name, path }) => [name, helm(path)])),
  };
  const times = inTurns(contenders, rounds);
  const rows = (['yaml', 'json'] as const).flatMap(output =>
    helms.map(({ name }) =>
      timesFaster(output === 'yaml' ? 40 : 100, {
        name: `render of ${COUNT} environments as ${output.toUpperCase()}`,
        ours: times[output]!,
        theirs: times[name]!.map(t => t * STEP),
        beside: `${name} template each (${sample.length} measured)`,
      }),
    ),
  );
  return [
    ...rows,
    memory('YAML', () => peak(project, ours('yaml'))),
    memory('JSON', () => peak(project, ours('json'))),
  ];
}

function writeEnvironments(folder: string): string[] {
  mkdirSync(folder);
  return environments(COUNT).map((text, i) => {
    const file = join(folder, `env-${String(i).padStart(4, '0')}.yaml`);
    writeFileSync(file, text);
    return file;
  });
}

function memory(output: string, measure: () => number): Row {
  const mebibytes: Times = [measure(), measure(), measure()];
  const most = Math.max(...mebibytes);
  const name = `peak memory of render of ${COUNT} as ${output}`;
  return figure(
    name,
    `${median(mebibytes).toFixed(0)} MiB (most ${most.toFixed(0)})`,
    `under ${MOST_MEMORY} MiB: ${yes(most < MOST_MEMORY)}`,
  );
}

/** MiB of memory at the fullest moment of a Node process, which it says itself when it ends. */
function peak(cwd: string, args: readonly string[]): number {
  const tell = `data:text/javascript,process.on('exit',()=>console.error(process.resourceUsage().maxRSS))`;
  const { stderr, status } = spawnSync(process.execPath, ['--import', tell, ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(stderr);
  return Number(stderr.trim().split('\n').at(-1)) / 1024;
}
