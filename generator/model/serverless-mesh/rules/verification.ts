/** Rules of the test that helm test runs. */
import { and, contains, not, oneOf, or } from '../../../gotmpl/functions.ts';
import { fail, when } from '../../../gotmpl/index.ts';
import type { Rule } from '../../chart.ts';
import { v, v2 } from '../values.ts';
import { empty, isPem, rule } from './rule.ts';

export const verificationRules: readonly Rule[] = [
  rule(
    v.verify.namespace,
    when(
      and(v.verify.namespace, empty(v.cluster.appsDomain)),
      fail`is set, but cluster.appsDomain is empty; write the domain of the OpenShift routes there, for example apps.example.com`,
    ),
  ),
  rule(
    v.verify.namespace,
    when(
      and(
        v2,
        v.verify.namespace,
        or(v.mesh.memberRoll.create, v.mesh.serviceMeshMembers.create),
        not(oneOf(v.verify.namespace, v.mesh.members)),
      ),
      fail`is ${v.verify.namespace}, which is not in mesh.members; write one of them, or add it there`,
    ),
  ),
  rule(
    v.verify.caCertificate,
    when(
      and(
        v.verify.caCertificate,
        or(not(isPem(v.verify.caCertificate, 'CERTIFICATE')), contains(v.verify.caCertificate, 'PRIVATE KEY')),
      ),
      fail`is no certificate in PEM; write the public certificate of the CA, from -----BEGIN CERTIFICATE----- on, without any key`,
    ),
  ),
];
