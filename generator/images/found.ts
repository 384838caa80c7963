/** The images that rendered objects name. */
import { at, textAt, titleOf } from '../cluster/fields.ts';
import { imageFields } from '../emit/images.ts';
import type { Chart } from '../model/chart.ts';
import type { Rendered } from '../render/order.ts';
import type { Values } from '../values/maps.ts';

export interface FoundImage {
  readonly image: string;
  /** The chart whose values name it. */
  readonly chart: string;
  /** Paths of the values that name it. */
  readonly values: readonly string[];
  /** `Job istio-system/serverless-mesh-ready, container wait`. */
  readonly usedBy: readonly string[];
}

/** Istio's injection puts the image of its proxy in the place of this word: istio.io, Installing Gateways. */
export const injected = 'auto';

/** Each image once, in the order of the objects, with what runs it. */
export function imagesIn(chart: Chart, values: Values, objects: readonly Rendered[]): FoundImage[] {
  const usedBy = new Map<string, Set<string>>();
  for (const { object } of objects)
    for (const { image, where } of imagesBelow(object)) {
      const uses = usedBy.get(image) ?? new Set();
      usedBy.set(image, uses.add(`${wordsFor(object)}${where}${hookOf(object)}`));
    }
  return [...usedBy].map(([image, uses]) => ({
    image,
    chart: chart.name,
    values: namedBy(chart, values, image),
    usedBy: [...uses],
  }));
}

interface Below {
  readonly image: string;
  /** `, container wait`. */
  readonly where: string;
}

/** Wherever it stands: pods of a Job, of a Deployment and of a Knative Service, and whatever a later kind has. */
function imagesBelow(value: unknown): Below[] {
  if (typeof value !== 'object' || value === null) return [];
  const { image, name } = value as { image?: unknown; name?: unknown };
  const own =
    typeof image === 'string' ? [{ image, where: typeof name === 'string' ? `, container ${name}` : '' }] : [];
  return [...own, ...Object.values(value).flatMap(imagesBelow)];
}

/** Services are of Kubernetes, where nothing else is said. */
const wordsFor = (object: unknown): string =>
  `${textAt(object, 'apiVersion').startsWith('serving.knative.dev/') ? 'Knative ' : ''}${titleOf(object)}`;

function hookOf(object: unknown): string {
  const hook = textAt(object, 'metadata', 'annotations', 'helm.sh/hook');
  if (hook === '') return '';
  return hook === 'test' ? ' (helm test)' : ` (hook: ${hook.replaceAll(',', ', ')})`;
}

/** The paths of the values that say this image. */
const namedBy = (chart: Chart, values: Values, image: string): string[] =>
  imageFields(chart)
    .map(({ path }) => path)
    .filter(path => at(values, ...path.split('.')) === image);
