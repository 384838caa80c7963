/** The operator packages that an environment needs: what they run is in their bundles, and never in objects of ours. */
import { at, textAt } from '../cluster/fields.ts';
import { defaults } from '../emit/fields.ts';
import type { Schema } from '../gotmpl/expr.ts';
import { certManagerPackage, jaegerPackage, kialiPackage } from '../model/facts/operators.ts';
import { serverlessMeshOperators } from '../model/serverless-mesh-operators/index.ts';
import type { Rendered } from '../render/order.ts';
import type { Values } from '../values/maps.ts';
import { mergeValues } from '../values/merge.ts';

export interface OperatorPackage {
  readonly name: string;
  readonly channel: string;
  /** Name of the CatalogSource. */
  readonly catalogSource: string;
  /** First version, as `1.37.0`, where a Subscription begins with one. */
  readonly minVersion?: string;
  /** Whether the chart serverless-mesh-operators subscribes to it. */
  readonly subscription: boolean;
  readonly why: string;
}

/** What the values of an environment say about the operators, and the image of helm test: values of the chart serverless-mesh-operators. */
export const operatorOverrides = (values: Values): Values => ({
  jobs: { image: at(values, 'jobs', 'image') },
  serverless: { channel: `stable-${textAt(values, 'serverless', 'release').slice(1)}` },
  mesh: { generation: at(values, 'mesh', 'generation') },
});

/** Values of the chart serverless-mesh-operators for an environment: its release and generation, and then the user's own. */
export const operatorValues = (values: Values, own: Values): Values =>
  mergeValues(defaults(serverlessMeshOperators.values as Schema) as Values, operatorOverrides(values), own);

/** The packages to which the objects of the chart serverless-mesh-operators subscribe, and what those of serverless-mesh need beside. */
export function operatorPackages(
  operators: Values,
  ofOperators: readonly Rendered[],
  objects: readonly Rendered[],
): OperatorPackage[] {
  const subscribed = ofOperators
    .map(({ object }) => object)
    .filter(({ kind }) => kind === 'Subscription')
    .map(packageOf);
  return [...subscribed, ...besides(objects, textAt(operators, 'catalogSource'))];
}

function packageOf(subscription: unknown): OperatorPackage {
  const spec = at(subscription, 'spec');
  const version = /\.v(\d.*)$/.exec(textAt(spec, 'startingCSV'))?.[1];
  return {
    name: textAt(spec, 'name'),
    channel: textAt(spec, 'channel'),
    catalogSource: textAt(spec, 'source'),
    ...(version === undefined ? {} : { minVersion: version }),
    subscription: true,
    why: `Subscription of the chart ${serverlessMeshOperators.name}`,
  };
}

/** Of the same catalog. */
function besides(objects: readonly Rendered[], catalogSource: string): OperatorPackage[] {
  const needed: OperatorPackage[] = [];
  const controlPlane = ofKind(objects, 'ServiceMeshControlPlane');
  // On by default: github.com/maistra/istio-operator resources/smcp-templates/v2.6/base.
  if (controlPlane !== undefined && at(controlPlane, 'spec', 'addons', 'kiali', 'enabled') !== false)
    needed.push({
      name: kialiPackage,
      channel: 'stable',
      catalogSource,
      subscription: false,
      why: 'Kiali, an add-on of the control plane of Service Mesh 2',
    });
  if (objects.some(({ object }) => textAt(object, 'apiVersion').startsWith('cert-manager.io/')))
    needed.push({
      ...certManagerPackage,
      catalogSource,
      subscription: false,
      why: 'cert-manager, for gateway.tls.source certManager; leave it out where the cluster has another',
    });
  return needed;
}

/** What may be needed, and nobody can know from the values. */
export function mayNeed(objects: readonly Rendered[]): string[] {
  const controlPlane = ofKind(objects, 'ServiceMeshControlPlane');
  const notes: string[] = [];
  if (controlPlane !== undefined && at(controlPlane, 'spec', 'tracing', 'type') !== 'None')
    notes.push(`operator package ${jaegerPackage}, where spec.tracing.type of the control plane is Jaeger`);
  if (ofKind(objects, 'KnativeKafka') !== undefined) notes.push('what runs Kafka, to which KnativeKafka only connects');
  if (ofKind(objects, 'KnativeServing') !== undefined) notes.push('the images of your own Knative Services');
  if (ofKind(objects, 'KnativeEventing') !== undefined) notes.push('the images of your own sources and sinks');
  return notes;
}

const ofKind = (objects: readonly Rendered[], kind: string) =>
  objects.map(({ object }) => object).find(object => object.kind === kind);
