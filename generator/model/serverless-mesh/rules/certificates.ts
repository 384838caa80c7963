/** Rules of the certificate of the ingress gateway. */
import { and, contains, eq, not, or } from '../../../gotmpl/functions.ts';
import { fail, when } from '../../../gotmpl/index.ts';
import type { Rule } from '../../chart.ts';
import { caName } from '../certificates/cert-manager.ts';
import { istio, v } from '../values.ts';
import { empty, isPem, rule } from './rule.ts';

const { inline } = v.gateway.tls;

export const certificateRules: readonly Rule[] = [
  rule(
    v.gateway.tls.source,
    when(
      and(not(eq(v.gateway.tls.source, 'existing')), not(istio)),
      fail`is ${v.gateway.tls.source}, but with serving.ingress kourier there is no gateway of the mesh; leave it existing`,
    ),
  ),
  rule(
    v.gateway.tls.source,
    when(
      and(eq(v.gateway.tls.source, 'certManager'), empty(v.cluster.appsDomain)),
      fail`is certManager, but cluster.appsDomain is empty; write the domain of the OpenShift routes there, for example apps.example.com`,
    ),
  ),
  rule(
    v.gateway.tls.source,
    when(
      and(eq(v.gateway.tls.source, 'clusterIngress'), not(v.jobs.enabled)),
      fail`is clusterIngress, but jobs.enabled is false, and the certificate is copied by a Job; enable the Jobs, or create the Secret and set the source to existing`,
    ),
  ),
  rule(
    v.gateway.tls.certManager.issuer.group,
    when(
      and(
        empty(v.gateway.tls.certManager.issuer.name),
        or(
          not(eq(v.gateway.tls.certManager.issuer.group, 'cert-manager.io')),
          not(eq(v.gateway.tls.certManager.issuer.kind, 'ClusterIssuer')),
        ),
      ),
      fail`or kind is set, but gateway.tls.certManager.issuer.name is empty, so that the chart makes an issuer of its own; name the issuer, or leave group and kind as they are`,
    ),
  ),
  rule(
    v.gateway.tls.secretName,
    when(
      and(
        eq(v.gateway.tls.source, 'certManager'),
        empty(v.gateway.tls.certManager.issuer.name),
        eq(v.gateway.tls.secretName, caName),
      ),
      fail`is ${caName}, the Secret of the root that the chart makes; choose another name, for example wildcard-certs`,
    ),
  ),
  rule(
    inline.certificate,
    when(
      and(
        eq(v.gateway.tls.source, 'inline'),
        or(not(isPem(inline.certificate, 'CERTIFICATE')), contains(inline.certificate, 'PRIVATE KEY')),
      ),
      fail`is no certificate in PEM, as gateway.tls.source inline needs; write what follows and includes -----BEGIN CERTIFICATE-----, without any key`,
    ),
  ),
  rule(
    inline.privateKey,
    when(
      and(eq(v.gateway.tls.source, 'inline'), not(isPem(inline.privateKey, '((RSA|EC) )?PRIVATE KEY'))),
      fail`is no private key in PEM, as gateway.tls.source inline needs; write the unencrypted key, beginning with its BEGIN line`,
    ),
  ),
  rule(
    inline.privateKey,
    when(
      and(not(eq(v.gateway.tls.source, 'inline')), inline.privateKey),
      fail`is set, but gateway.tls.source is ${v.gateway.tls.source}; set the source to inline, or remove the key from the values`,
    ),
  ),
];
