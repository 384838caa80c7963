import { eq, sizeOf } from '../../../gotmpl/functions.ts';
import { fmt, when } from '../../../gotmpl/index.ts';
import { partsOfPolicies, tenant, v } from '../values.ts';
import { test } from './test.ts';

export default test.job(v, {
  env: [
    { name: 'TENANT', value: tenant },
    { name: 'NAMESPACES', value: fmt`${sizeOf(v.namespaces)}` },
    { name: 'PARTS', value: fmt`${sizeOf(partsOfPolicies)}` },
    when(v.serving.enabled, { name: 'SERVING', value: 'true' }),
    when(v.eventing.enabled, { name: 'EVENTING', value: 'true' }),
    when(eq(v.mesh.generation, 'v2'), { name: 'MESH_NAMESPACE', value: v.mesh.namespace }),
  ],
  doc: 'helm test: says whether the policies of the tenant are in force, and if not, why.',
  source: 'serverless-operator hack/lib/mesh_resources/authorization-policies/setup',
});
