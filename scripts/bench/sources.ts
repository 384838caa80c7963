/** Generating the charts from the sources, beside what cdk8s takes for ten static manifests. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { inTurns, type Program, run, type Setting } from './measure.ts';
import { cdk8sSample } from './project.ts';
import { atMost, type Row } from './rows.ts';

export function sources({ folder, project, rounds }: Setting): Row[] {
  const generate = (...args: string[]): Program => ({
    args: ['scripts/from-source.js', 'generate', ...args],
    cwd: project,
  });
  const times = inTurns(
    {
      check: { run: () => run(folder, generate('--check')) },
      cdk8s: { run: () => run(folder, synth(join(folder, 'cdk8s'))) },
      write: {
        before: () => {
          rmSync(join(project, 'charts'), { recursive: true });
          rmSync(join(project, 'README.md'), { force: true });
        },
        run: () => run(folder, generate()),
      },
    },
    rounds,
  );
  const beside = 'cdk8s synth, 10 manifests';
  return [
    atMost(1, { name: 'generate --check, from source', ours: times.check, theirs: times.cdk8s, beside }),
    atMost(1, { name: 'generate everything, from source', ours: times.write, theirs: times.cdk8s, beside }),
  ];
}

/** cdk8s at its fastest: no look for a newer version on the network, and an app that needs no TypeScript. */
function synth(output: string): Program {
  const cwd = cdk8sSample();
  const format = ['--format', 'helm', '--chart-version', '0.1.0', '--output', output];
  const cli = join(cwd, '../node_modules/cdk8s-cli/bin/cdk8s');
  return { args: [cli, 'synth', '--check-upgrade=false', '--app', 'node main.js', ...format], cwd };
}
