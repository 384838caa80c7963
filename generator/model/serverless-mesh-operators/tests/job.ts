import { when } from '../../../gotmpl/index.ts';
import { serverlessPackage } from '../../facts/operators.ts';
import { meshPackage, v } from '../values.ts';
import { test } from './test.ts';

export default test.job(v, {
  env: [
    when(v.serverless.enabled, { name: 'SERVERLESS_OPERATOR', value: serverlessPackage }),
    when(v.mesh.enabled, { name: 'MESH_OPERATOR', value: meshPackage }),
  ],
  doc: 'helm test: ends when OLM has installed the operators, and fails saying what keeps it from that.',
  source: 'https://olm.operatorframework.io/docs/concepts/crds/subscription/',
});
