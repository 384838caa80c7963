/** The built command beside a Node that does nothing. */
import { inTurns, run, type Setting } from './measure.ts';
import { atMost, type Row } from './rows.ts';

export function start({ folder, project, rounds }: Setting): Row[] {
  const ours =
    (...args: string[]) =>
    () =>
      run(folder, { args: ['bin/serverless-mesh.js', ...args], cwd: project });
  const times = inTurns(
    {
      node: { run: () => run(folder, { args: ['-e', '0'] }) },
      help: { run: ours('--help') },
      validate: { run: ours('validate', 'environments/prod.yaml') },
    },
    // They are short, so that more of them cost little.
    3 * rounds,
  );
  const beside = 'node -e 0';
  return [
    atMost(3, { name: 'serverless-mesh --help, built', ours: times.help, theirs: times.node, beside }),
    atMost(3, { name: 'serverless-mesh validate prod.yaml, built', ours: times.validate, theirs: times.node, beside }),
  ];
}
