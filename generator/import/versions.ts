/** Objects of versions whose fields are not known: nothing is read off them. */
import { type KubeObject, kindOf, titleOf } from '../cluster/fields.ts';
import { allKinds, idsOf, wordOf } from '../doctor/kinds.ts';
import { templatesOf } from './distance.ts';

/** As `networking.istio.io/v1/Gateway`: versions of one shape, as doctor reads them. */
const readable = new Set(allKinds.filter(kind => wordOf(kind) === kind).flatMap(idsOf));
const rendered = (o: KubeObject) => [...new Set(templatesOf(o).map(t => t.apiVersion))];
const isKnown = (o: KubeObject) => readable.has(kindOf(o)) || rendered(o).includes(String(o.apiVersion));

/** One sentence for each version. */
export function unknownVersions(objects: readonly KubeObject[]): string[] {
  const unknown = objects.filter(o => !isKnown(o));
  return [...new Set(unknown.map(o => String(o.apiVersion)))].map(version => {
    const all = unknown.filter(o => o.apiVersion === version);
    const known = [...new Set(all.flatMap(rendered))].join(' or ');
    return `of version ${version} nothing is known, so that nothing can be told of ${all.map(titleOf).join(', ')}; give ${all.length === 1 ? 'it' : 'them'} as ${known}, or take the newest serverless-mesh.`;
  });
}
