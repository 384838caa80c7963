/** The command, installed from what npm packs, beside a Node that does nothing. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { installTool, packTool } from '../../test/support/npm-package.ts';
import { inTurns, run, type Setting } from './measure.ts';
import { atMost, type Row } from './rows.ts';

export function start({ folder, project, rounds }: Setting): Row[] {
  const users = join(folder, 'users');
  mkdirSync(users);
  const program = join(installTool(packTool(project, users).archive, users), 'serverless-mesh');
  const ours =
    (...args: string[]) =>
    () =>
      run(folder, { args: [program, ...args], cwd: project });
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
    atMost(3, { name: 'serverless-mesh --help, installed', ours: times.help, theirs: times.node, beside }),
    atMost(3, {
      name: 'serverless-mesh validate prod.yaml, installed',
      ours: times.validate,
      theirs: times.node,
      beside,
    }),
  ];
}
