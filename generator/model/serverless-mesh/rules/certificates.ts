/** Rules of the certificate of the ingress gateway. */
import { and, contains, eq, not, or } from '../../../gotmpl/functions.ts';
import { fail, when } from '../../../gotmpl/index.ts';
import type { Rule } from '../../chart.ts';
import { istio, v } from '../values.ts';
import { isPem, rule } from './rule.ts';

const { inline } = v.gateway.tls;

export const certificateRules: readonly Rule[] = [
  rule(
    v.gateway.tls.source,
    when(
      and(eq(v.gateway.tls.source, 'inline'), not(istio)),
      fail`is inline, but with serving.ingress kourier there is no gateway of the mesh; leave it existing`,
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
      and(eq(v.gateway.tls.source, 'existing'), inline.privateKey),
      fail`is set, but gateway.tls.source is existing; set the source to inline, or remove the key from the values`,
    ),
  ),
];
