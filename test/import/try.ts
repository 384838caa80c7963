import fc from 'fast-check';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { arbitraryValues, overridesOf } from '../fuzz/random-values.ts';
import { folderOf, imported, installedObjects } from './render.ts';

const sets = fc.sample(arbitraryValues(serverlessMesh), {
  numRuns: Number(process.argv[2] ?? 60),
  seed: Number(process.argv[3] ?? 7),
});
let total = 0,
  n = 0,
  bad = 0;
for (const [i, set] of sets.entries()) {
  const { mesh, serving, eventing } = set as any;
  if (!serving.enabled && !eventing.enabled) continue;
  const values = {
    ...set,
    mesh: {
      ...mesh,
      controlPlane: mesh.controlPlane.allowUnknownVersion
        ? { ...mesh.controlPlane, version: '', allowUnknownVersion: false }
        : mesh.controlPlane,
    },
  };
  const t = performance.now();
  n++;
  try {
    const r = await imported(folderOf(installedObjects(values)), {
      meshNamespace: mesh.namespace,
      meshGeneration: mesh.generation,
    });
    const left = [
      ...r.remains.fields.map(
        f =>
          `${f.meaning} ${f.object} ${f.field}: there ${JSON.stringify(f.there)} rendered ${JSON.stringify(f.rendered)} ${f.why ?? ''}`,
      ),
      ...r.remains.inexpressible,
    ];
    if (left.length) {
      bad++;
      console.log(
        i,
        mesh.generation,
        left.slice(0, 6).map(x => x.slice(0, 300)),
        'found',
        JSON.stringify(overridesOf(serverlessMesh, r.values)).slice(0, 900),
        '\nwas',
        JSON.stringify(overridesOf(serverlessMesh, values)).slice(0, 1500),
      );
    }
  } catch (e) {
    bad++;
    console.log(i, (e as Error).message.slice(0, 600));
  }
  const ms = performance.now() - t;
  total += ms;
  if (ms > 1500) console.log(i, 'slow', Math.round(ms));
}
console.log({ n, bad, mean: Math.round(total / n) });
