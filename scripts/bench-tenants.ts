/**
 * Usage: [REFERENCE_CHART=folder] npm run bench:tenants [-- --rounds 5] [--counts 10,100,500,2000,5000] [--json bench/tenants.json]
 * `helm template` of serverless-mesh-tenant with both Helms for tenants of so many namespaces, given by a list and by
 * namespacePrefix, and beside it that of the chart redhat-knative-istio-authz in the folder REFERENCE_CHART for the
 * same tenant: each round runs every program once, one after the other; the first round is not counted. Prints medians
 * of the time, the most memory, the size of the manifests, and that of the release as Helm stores it in a Secret.
 * Then the largest tenants that the chart accepts. A missed limit is said, and is no failure, because it may be the machine.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { helms } from '../test/support/helm.ts';
import { machine } from './bench/machine.ts';
import { table } from './bench/rows.ts';
import { tenantRows } from './bench/tenants.ts';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    counts: { type: 'string', default: '10,100,500,2000,5000' },
    json: { type: 'string' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'serverless-mesh-bench-'));
try {
  const rows = await tenantRows({
    folder,
    helms: helms(),
    rounds: Number(options.rounds),
    counts: options.counts.split(',').map(Number),
    reference: process.env.REFERENCE_CHART,
  });
  process.stdout.write(table(rows));
  if (options.json !== undefined)
    writeFileSync(options.json, `${JSON.stringify({ machine: machine(), rows }, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
