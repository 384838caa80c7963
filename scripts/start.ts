/**
 * Usage: npm start
 * The main job: write the charts from the model, check and render the example environments and tenants, package the charts.
 * Ends with what was made and what to run next.
 */
import { readdirSync } from 'node:fs';
import { runGenerate } from '../generator/commands/generate.ts';
import { runPackage } from '../generator/commands/package.ts';
import { runRender } from '../generator/commands/render.ts';
import { runTenants } from '../generator/commands/tenants.ts';
import { runValidate } from '../generator/commands/validate.ts';
import { GeneratorError } from '../generator/errors.ts';
import type { Io, Status } from '../generator/io.ts';

const io: Io = {
  out: text => process.stdout.write(text),
  talk: text => process.stdout.write(text),
  interactive: false,
};
const environments = readdirSync('environments')
  .filter(file => file.endsWith('.yaml'))
  .map(file => `environments/${file}`)
  .sort();
const inputs = { environments, files: [] };

const steps: readonly [string, () => Status | Promise<Status>][] = [
  ['Generate the charts from the model', () => runGenerate({ check: false, force: false }, io)],
  ['Validate the example environments', () => runValidate({ ...inputs, output: 'text' }, io)],
  [
    'Render them',
    () =>
      runRender(
        {
          ...inputs,
          engine: 'model',
          namespace: 'default',
          output: 'yaml',
          outDir: 'dist/rendered',
        },
        io,
      ),
  ],
  [
    'Check and render the tenants of production',
    () =>
      runTenants(
        { files: ['environments/tenants/prod.yaml'], meshFiles: [], check: false, outDir: 'dist/rendered/tenants' },
        io,
      ),
  ],
  [
    'Package the charts',
    () => runPackage({ charts: [], out: 'dist', sourceDateEpoch: process.env.SOURCE_DATE_EPOCH }, io),
  ],
];

async function main(): Promise<Status> {
  for (const [title, step] of steps) {
    io.out(`\n== ${title}\n`);
    const status = await step();
    if (status !== 0) return status;
  }
  io.out(`
Made: charts/ (the charts, to read and review), dist/rendered/ (manifests of ${environments.length} environments and their tenants), dist/*.tgz (packages).
Next: write your own values file (charts/serverless-mesh/README.md lists the values), then
  npx serverless-mesh validate my-values.yaml
  helm install serverless-mesh dist/serverless-mesh-*.tgz -f my-values.yaml --timeout 20m
`);
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof GeneratorError)) throw error;
  io.out(`${error.message}\n`);
  process.exitCode = error.code;
}
