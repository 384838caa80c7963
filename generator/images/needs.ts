/** All that an environment needs from outside: images, operators, charts. */
import { at } from '../cluster/fields.ts';
import { defaults } from '../emit/fields.ts';
import type { Finding } from '../findings.ts';
import type { Schema } from '../gotmpl/expr.ts';
import { serverlessMesh } from '../model/serverless-mesh/index.ts';
import { serverlessMeshOperators } from '../model/serverless-mesh-operators/index.ts';
import { serverlessMeshTenant } from '../model/serverless-mesh-tenant/index.ts';
import { evaluateChart } from '../render/evaluate-chart.ts';
import type { Environment } from '../values/environments.ts';
import type { Values } from '../values/maps.ts';
import { mergeValues } from '../values/merge.ts';
import { type FoundImage, imagesIn, injected } from './found.ts';
import { mayNeed, type OperatorPackage, operatorPackages, operatorValues } from './operators.ts';
import { isMirrored, mirrored, parseReference, whyNotMirrored } from './reference.ts';

export interface Needs {
  readonly environment: string;
  readonly images: readonly FoundImage[];
  /** What stands where an image would, and is none. */
  readonly injected: readonly FoundImage[];
  readonly operators: readonly OperatorPackage[];
  /** Sentences. */
  readonly mayNeed: readonly string[];
}

/** Of an environment without findings; `own` are values of the chart serverless-mesh-operators. */
export function needsOf({ name, values }: Pick<Environment, 'name' | 'values'>, own: Values): Needs {
  // Neither name nor namespace of the release changes what is needed.
  const release = { name: serverlessMesh.name, namespace: 'default' };
  const objects = evaluateChart(serverlessMesh, values, release);
  const operators = operatorValues(values, own);
  const ofOperators = evaluateChart(serverlessMeshOperators, operators, {
    ...release,
    name: serverlessMeshOperators.name,
  });
  const found = together([
    ...imagesIn(serverlessMesh, values, objects),
    ...imagesIn(serverlessMeshOperators, operators, ofOperators),
    ...imagesOfTenants(values),
  ]);
  return {
    environment: name,
    images: found.filter(({ image }) => image !== injected),
    injected: found.filter(({ image }) => image === injected),
    operators: operatorPackages(operators, ofOperators, objects),
    mayNeed: mayNeed(objects),
  };
}

/** A tenant of any name, whose helm test has the image that the Jobs of the environment have. */
function imagesOfTenants(values: Values): FoundImage[] {
  const jobs = { image: at(values, 'jobs', 'image') };
  const base = defaults(serverlessMeshTenant.values as Schema) as Values;
  const tenant = mergeValues(base, { namespaces: ['tenant'], jobs });
  const release = { name: serverlessMeshTenant.name, namespace: 'default' };
  return imagesIn(serverlessMeshTenant, tenant, evaluateChart(serverlessMeshTenant, tenant, release));
}

/** An image that several charts name stands where the first of them does, with all that runs it. */
function together(all: readonly FoundImage[]): FoundImage[] {
  const byImage = new Map<string, FoundImage>();
  for (const one of all) {
    const first = byImage.get(one.image) ?? { ...one, usedBy: [] };
    const usedBy = one.usedBy.map(use => (one.chart === serverlessMesh.name ? use : `${use} of ${one.chart}`));
    byImage.set(one.image, { ...first, usedBy: [...first.usedBy, ...usedBy] });
  }
  return [...byImage.values()];
}

/** What cannot be mirrored as it is written; `placeOf` is for values of the environment, `placeOfOperators` for those of the operators. */
export function unmirrored(
  { images }: Needs,
  placeOf: Environment['placeOf'],
  placeOfOperators: Environment['placeOf'] = () => ({}),
): Finding[] {
  return images.flatMap(({ image, chart, values }) => {
    const why = whyNotMirrored(image);
    const [value = ''] = values;
    const place = chart === serverlessMeshOperators.name ? placeOfOperators : placeOf;
    return why === undefined
      ? []
      : [{ ...place(value.split('.')), path: value, message: `is "${image}", which ${why}` }];
  });
}

/** Images that differ by their registries only, which a mirror has no room for: it keeps one by each path and tag. */
export function clashing(all: readonly Needs[], mirror: string): string[] {
  const taken = new Map<string, string>();
  const clashes: string[] = [];
  for (const image of imagesOfAll(all)) {
    const { repository, tag, digest } = parseReference(mirrored(image, mirror));
    const place = `${repository}${tag === undefined ? `@${digest}` : `:${tag}`}`;
    const first = taken.get(place);
    if (first === undefined) taken.set(place, image);
    else
      clashes.push(
        `${image}: a mirror has it where it has ${first}, for registries do not count there; use one of the two in all environments.`,
      );
  }
  return clashes;
}

/** Each image once, in the order in which environments need it. */
export const imagesOfAll = (all: readonly Needs[]): string[] => [
  ...new Set(all.flatMap(({ images }) => images.map(({ image }) => image))),
];

/** Those that a mirror has not yet. */
export const toMirror = (all: readonly Needs[], mirror: string | undefined): string[] =>
  imagesOfAll(all).filter(image => mirror === undefined || !isMirrored(image, mirror));
