/** All that an environment needs from outside: images, operators, charts. */
import type { Finding } from '../findings.ts';
import { serverlessMesh } from '../model/serverless-mesh/index.ts';
import { evaluateChart } from '../render/evaluate-chart.ts';
import type { Environment } from '../values/environments.ts';
import type { Values } from '../values/maps.ts';
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
  const found = imagesIn(serverlessMesh, values, objects);
  return {
    environment: name,
    images: found.filter(({ image }) => image !== injected),
    injected: found.filter(({ image }) => image === injected),
    operators: operatorPackages(operatorValues(values, own), objects),
    mayNeed: mayNeed(objects),
  };
}

/** What cannot be mirrored as it is written. */
export function unmirrored({ images }: Needs, placeOf: Environment['placeOf']): Finding[] {
  return images.flatMap(({ image, values }) => {
    const why = whyNotMirrored(image);
    const [value = ''] = values;
    return why === undefined
      ? []
      : [{ ...placeOf(value.split('.')), path: value, message: `is "${image}", which ${why}` }];
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
