/** What all parts of the description look up: the objects, the mesh, the gateways, and the parties by their names. */
import { knativeEventing, knativeServing, knativeServingIngress } from '../model/facts/names.ts';
import type { Values } from '../values/maps.ts';
import { type Found, objectsOf, one } from './found.ts';
import { type Gateways, gatewaysOf } from './gateways.ts';
import { type Mesh, meshOf } from './mesh.ts';
import { injectedOf } from './workloads.ts';

/** Names of parties; a gateway has that of its Service. */
export const names = {
  clients: 'Clients',
  router: 'Router',
  kubelet: 'kubelet',
  prometheus: 'Prometheus',
  istiod: 'istiod',
  activator: 'activator',
  autoscaler: 'autoscaler',
  eventing: 'Knative Eventing',
  apps: 'Your pods',
  brokers: 'Kafka brokers',
} as const;
/** Key of the box of the user's namespaces; all others have their own name. */
export const yours = 'your namespaces';

export interface Places {
  readonly objects: Found;
  readonly mesh: Mesh;
  readonly gateways?: Gateways | undefined;
  readonly serving: boolean;
  readonly eventing: boolean;
  /** Knative itself is in the mesh; with Kourier, only your namespaces are. */
  readonly knativeInMesh: boolean;
  readonly appsInMesh: boolean;
  readonly workloads: { readonly serving: readonly string[]; readonly eventing: readonly string[] };
}

export function placesOf(values: Values): Places {
  const objects = objectsOf(values);
  const mesh = meshOf(objects, values as unknown as Parameters<typeof meshOf>[1]);
  const serving = one(objects, 'KnativeServing', knativeServing);
  const eventing = one(objects, 'KnativeEventing', knativeEventing);
  const workloads = {
    serving: injectedOf(objects, 'KnativeServing'),
    eventing: [...injectedOf(objects, 'KnativeEventing'), ...injectedOf(objects, 'KnativeKafka')],
  };
  const knativeInMesh = workloads.serving.length + workloads.eventing.length > 0;
  return {
    objects,
    mesh,
    gateways: gatewaysOf(objects, knativeServingIngress),
    serving: serving !== undefined,
    eventing: eventing !== undefined,
    knativeInMesh,
    // Without members there is nobody to draw: then it is drawn what a first member would get.
    appsInMesh: knativeInMesh || mesh.members.length > 0,
    workloads,
  };
}
