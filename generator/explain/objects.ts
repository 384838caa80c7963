/** The objects of a chart for given values, each with where it comes from. */
import { titleOf } from '../cluster/fields.ts';
import { type Traced, traceDocuments } from '../gotmpl/trace.ts';
import type { Chart, Resource } from '../model/chart.ts';
import { type ReleaseInfo, scopeOf } from '../render/evaluate-chart.ts';
import type { Values } from '../values/maps.ts';

export interface Explained {
  /** `Gateway knative-serving/knative-ingress-gateway`. */
  readonly title: string;
  /** Path in the chart, `templates/gateways/knative-ingress-gateway.yaml`. */
  readonly template: string;
  /** Path in the project. */
  readonly model: string;
  readonly resource: Resource;
  readonly traced: Traced;
}
/** A template of which these values render nothing, or not all. */
export interface LeftOut {
  readonly template: string;
  readonly resource: Resource;
  /** Paths of the values that decide. */
  readonly conditions: readonly string[];
}

/** All objects in the order of the chart, and what is left out. The items of a List are objects of their own. */
export function explainChart(chart: Chart, values: Values, release: ReleaseInfo) {
  const scope = scopeOf(chart, values, release);
  const objects: Explained[] = [];
  const leftOut: LeftOut[] = [];
  for (const [path, resource] of Object.entries(chart.resources)) {
    const template = `templates/${path}.yaml`;
    const { objects: all, absent } = traceDocuments(resource.documents, scope);
    const model = `generator/model/${chart.name}/${path}.ts`;
    for (const traced of all.flatMap(itemsOf))
      objects.push({ title: titleOf(traced.object), template, model, resource, traced });
    for (const conditions of absent) leftOut.push({ template, resource, conditions });
  }
  return { objects, leftOut };
}

/** Of a List its items: Helm and the API server know no List. */
function itemsOf(traced: Traced): readonly Traced[] {
  if (traced.object.kind !== 'List') return [traced];
  const items = traced.object.items as readonly Traced['object'][];
  return items.map((object, i) => {
    const own = <T extends { readonly path: readonly (string | number)[] }>(all: readonly T[]) =>
      all.filter(({ path }) => path[0] === 'items' && path[1] === i).map(f => ({ ...f, path: f.path.slice(2) }));
    return { object, fields: own(traced.fields), absent: own(traced.absent), conditions: traced.conditions };
  });
}
