/** The tool as npm packs it, installed in a user's folder. */
import { join } from 'node:path';
import { checkout, newFolder, once, put, type Result, runProgram } from '../cli/project.ts';
import { installTool, packTool } from '../support/npm-package.ts';

export const packed = once(async () => packTool(await checkout(), newFolder()));
/** A user's folder: the tool, and a values file. */
export const project = once(async () => {
  const folder = newFolder();
  installTool((await packed()).archive, folder);
  put(folder, 'values.yaml', 'mesh:\n  members: [orders]\nisolation:\n  enabled: true\n');
  put(folder, 'tenants.yaml', 'tenants:\n  - name: orders\n    namespaces: [orders]\n');
  return folder;
});
/** Runs the installed program there. */
export const tool = async (args: readonly string[], env: Record<string, string> = {}): Promise<Result> => {
  const folder = await project();
  return runProgram(join(folder, 'node_modules/.bin/serverless-mesh'), args, { cwd: folder, env });
};
