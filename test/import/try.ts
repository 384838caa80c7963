import { isDeepStrictEqual } from 'node:util';
import { idOf } from '/work/wt/import/generator/import/compare.ts';
import { renderedFor } from '/work/wt/import/generator/import/distance.ts';
import { search } from '/work/wt/import/generator/import/search.ts';
import { allSettings, defaultValues, valueAt, withValue } from '/work/wt/import/generator/import/setting.ts';
import { cases, twins } from '/work/wt/import/test/chart/cases.ts';

for (const c of [...cases, ...twins].filter(c => !process.argv[2] || c.name.includes(process.argv[2]))) {
  const t = performance.now();
  const objects = new Map(renderedFor(c.values as any).map(o => [idOf(o), o]));
  const from = new Map<string, string>();
  let values = defaultValues;
  for (const p of ['mesh.generation', 'mesh.namespace', 'mesh.controlPlane.name', 'serverless.release']) {
    values = withValue(values, p, valueAt(c.values as any, p));
    from.set(p, 'seed');
  }
  const r = search({ values, from }, { objects, inFolder: true, recognised: new Set(objects.keys()) });
  if (r.distance.cost === 0) continue;
  const diff = allSettings
    .filter(
      f =>
        !isDeepStrictEqual(valueAt(r.values, f.path), valueAt(c.values as any, f.path)) &&
        !/^(common|argocd|jobs|verify|uninstall|namespaces|gateway.tls.inline|preflight)/.test(f.path),
    )
    .map(
      f =>
        `${f.path}: ${JSON.stringify(valueAt(r.values, f.path))} was ${JSON.stringify(valueAt(c.values as any, f.path))}`,
    );
  console.log(
    c.name,
    Math.round(performance.now() - t) + 'ms',
    'cost',
    r.distance.cost,
    r.distance.findings.map(f => f.message),
    r.distance.fields
      .slice(0, 6)
      .map(f => `${f.title} ${f.path.join('.')}: ${JSON.stringify(f.want)} <> ${JSON.stringify(f.have)}`),
    r.distance.added.map(o => o.kind),
    r.distance.missing.map(o => (o as any).metadata.name),
    diff,
  );
}
