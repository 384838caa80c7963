import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { GeneratorError } from '../errors.ts';
import { findingText } from '../findings.ts';
import type { Io, Status } from '../io.ts';
import { serverlessMeshTenant } from '../model/serverless-mesh-tenant/index.ts';
import { putInPlace, refuseSpecial, stage } from '../output/replace.ts';
import { type Progress, percentOn, progressOn } from '../progress.ts';
import { evaluateChart } from '../render/evaluate-chart.ts';
import { manifestsJson, manifestsYaml } from '../render/manifests.ts';
import { withoutTests } from '../render/order.ts';
import { fileText, type Printed, printAll } from '../render/print.ts';
import { type CheckedTenants, checkTenants, type TenantFiles } from '../tenants/check.ts';
import { namespacesOf, type Tenant } from '../tenants/tenant.ts';
import { count } from '../values/broken.ts';

export interface TenantsOptions extends TenantFiles {
  /** Only look whether all is well. */
  readonly check: boolean;
  /** yaml for manifests and text for findings, without it. */
  readonly output?: 'yaml' | 'json' | 'text' | undefined;
  /** Write one file per tenant here, instead of printing. */
  readonly outDir?: string | undefined;
}

/**
 * Checks all tenants of the files, and renders them, each as a release of the chart serverless-mesh-tenant with the name
 * of the tenant. With findings nothing is rendered.
 */
export async function runTenants(options: TenantsOptions, io: Io): Promise<Status> {
  checkOptions(options);
  const progress = progressOn(io);
  let checked: CheckedTenants;
  try {
    checked = checkTenants(options, progress);
  } finally {
    progress('');
  }
  const status = checked.findings.length === 0 ? 0 : 1;
  report(options, checked, io);
  if (options.check || status !== 0) return status;
  const output = options.output === 'json' ? 'json' : 'yaml';
  const rendered = renderedOf(checked.tenants, output);
  if (options.outDir !== undefined) write(rendered, options.outDir, output, io, progress);
  else {
    // Manifests on a terminal are progress enough.
    const shown = io.columns === undefined ? progress : () => undefined;
    await printAll(rendered, 'Tenant', output, io, percentOn(shown, 'rendering'));
    shown('');
  }
  return status;
}

function checkOptions({ check, output, outDir, files, meshFiles }: TenantsOptions): void {
  const refuse = (sentence: string) => {
    throw new GeneratorError(sentence, 2);
  };
  if (files.length === 0)
    refuse('-f is missing; name the file with your tenants, for example environments/tenants/prod.yaml.');
  for (const [option, given] of [
    ['-f', files],
    ['--mesh-values', meshFiles],
  ] as const) {
    const twice = given.find((file, index) => given.slice(0, index).some(other => resolve(other) === resolve(file)));
    if (twice !== undefined) refuse(`${option} ${twice} is given twice; write it once.`);
  }
  const both = files.find(file => meshFiles.some(other => resolve(other) === resolve(file)));
  if (both !== undefined)
    refuse(`${both} is given with -f and with --mesh-values; tenants and the mesh are two files.`);
  if (check && outDir !== undefined) refuse('--check writes nothing; leave out --check, or --out-dir.');
  if (check && output === 'yaml') refuse('--output is yaml, but --check gives findings; write text or json.');
  if (!check && output === 'text')
    refuse('--output is text, but manifests are yaml or json; write one of them, or add --check.');
  if (outDir === '') refuse('--out-dir is empty; name a folder.');
}

/** Findings are the data of --check, and talk where manifests are. */
function report({ check, output, files, meshFiles }: TenantsOptions, checked: CheckedTenants, io: Io): void {
  const { tenants, findings, notes } = checked;
  const namespaces = tenants.reduce((sum, tenant) => sum + namespacesOf(tenant).length, 0);
  const data = check ? io.out : io.talk;
  if (check && output === 'json')
    data(`${JSON.stringify({ files, meshFiles, tenants: tenants.length, namespaces, findings, notes }, null, 2)}\n`);
  else {
    for (const f of findings) data(`${findingText(f)}\n`);
    for (const f of notes) io.talk(`note: ${findingText(f)}\n`);
  }
  const what = `${count(tenants.length, 'tenant')} with ${count(namespaces, 'namespace')}`;
  io.talk(`${what}: ${findings.length === 0 ? 'ok' : `${findings.length} to correct`}\n`);
}

const renderedOf = (tenants: readonly Tenant[], output: 'yaml' | 'json'): Printed[] =>
  tenants.map(({ name, values }) => {
    const release = { name: String(name), namespace: 'default' };
    // They are for oc apply and GitOps: helm test, which needs a release, has nothing to run there.
    const manifests = () => withoutTests(evaluateChart(serverlessMeshTenant, values, release));
    return {
      name: release.name,
      text: () => (output === 'json' ? manifestsJson(release.name, manifests(), 'tenant') : manifestsYaml(manifests())),
    };
  });

/** One file per tenant, all of them or none. */
function write(all: readonly Printed[], folder: string, output: string, io: Io, progress: Progress): void {
  const percent = percentOn(progress, 'rendering');
  const files = all.map(({ name }) => `${name}.${output}`);
  for (const file of files) refuseSpecial(join(folder, file));
  function* texts(): Generator<readonly [string, string]> {
    for (const [i, { text }] of all.entries()) {
      yield [join(folder, files[i]!), fileText(text())];
      percent(i + 1, all.length);
    }
  }
  try {
    putInPlace(stage(texts()));
  } finally {
    progress('');
  }
  io.talk(`wrote ${count(files.length, 'file')} to ${folder}\n`);
  const wanted = new Set(files);
  for (const file of readdirSync(folder)
    .filter(file => file.endsWith(`.${output}`) && !wanted.has(file))
    .sort())
    io.talk(`note: ${join(folder, file)}: is of no tenant of the list; remove it, if its tenant is gone\n`);
}
