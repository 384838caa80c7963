/** What the picture shows: the isolation of the mesh with all its parts, and two tenants in it. */
import { defaults } from '../emit/fields.ts';
import { knativeServingIngress } from '../model/facts/names.ts';
import { serverlessMesh } from '../model/serverless-mesh/index.ts';
import { serverlessMeshTenant } from '../model/serverless-mesh-tenant/index.ts';
import { type Policy, policiesOfChart } from './policies.ts';

export interface Tenant {
  readonly name: string;
  readonly namespaces: readonly string[];
}
export type Generation = 'v2' | 'v3';
export interface Example {
  readonly generation: Generation;
  readonly tenants: readonly Tenant[];
  /** Policies in it would be for the pods of all namespaces. */
  readonly meshNamespace: string;
  /** Where the pods of the ingress gateway are. */
  readonly gatewayNamespace: string;
  readonly policies: readonly Policy[];
}

/** One has two namespaces, so that what is allowed between these shows. */
const tenants: readonly Tenant[] = [
  { name: 'a', namespaces: ['a-shop', 'a-stock'] },
  { name: 'b', namespaces: ['b-shop'] },
];

/** Both charts with their default values and every part enabled, as `helm install` would apply them. */
export function exampleOf(generation: Generation): Example {
  const meshNamespace = (defaults(serverlessMesh.values) as { mesh: { namespace: string } }).mesh.namespace;
  const isolation = {
    mesh: { generation },
    isolation: { enabled: true },
    kafka: { enabled: true, bootstrapServers: ['kafka.example.com:9092'] },
  };
  return {
    generation,
    tenants,
    meshNamespace,
    gatewayNamespace: generation === 'v2' ? meshNamespace : knativeServingIngress,
    policies: [
      ...tenants.flatMap(tenant =>
        policiesOfChart(serverlessMeshTenant, { ...tenant, mesh: { generation }, kafka: { enabled: true } }),
      ),
      ...policiesOfChart(serverlessMesh, isolation),
    ],
  };
}
