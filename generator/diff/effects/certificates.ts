/** The certificate that clients see. Nothing here says what is in a Secret. */
import { textAt } from '../../cluster/fields.ts';
import { certificate, type EffectRow, issuers, type Seen } from './row.ts';

const severity = 'certificate' as const;
const certManager = 'https://cert-manager.io/docs/usage/certificate/';
const sds = 'https://istio.io/latest/docs/tasks/traffic-management/ingress/secure-ingress/';
const isTls = (s: Seen) => textAt(s.after ?? s.before, 'type') === 'kubernetes.io/tls';

export const certificateRows: readonly EffectRow[] = [
  {
    ...{ id: 'other-certificate', severity, kinds: ['Secret'], change: 'changed' },
    field: /^data(\.|$)/,
    when: isTls,
    what: () => 'the gateway serves another certificate as soon as it is written: clients must trust its CA',
    source: sds,
  },
  {
    ...{ id: 'certificate-secret-added', severity, kinds: ['Secret'], change: 'added' },
    when: isTls,
    what: () => 'the gateway serves the certificate in it: clients must trust its CA',
    source: sds,
  },
  {
    ...{ id: 'certificate-secret-removed', severity, kinds: ['Secret'], change: 'removed' },
    when: isTls,
    what: () =>
      'the gateway has no certificate any more, and ends connections, unless somebody else writes this Secret',
    source: sds,
  },
  {
    ...{ id: 'other-issuer', severity, kinds: [certificate], change: 'changed' },
    field: /^spec\.(issuerRef\.|isCA$)/,
    what: () => 'is issued anew by another CA, which clients must trust before',
    source: certManager,
  },
  {
    ...{ id: 'other-names', severity, kinds: [certificate], change: 'changed' },
    field: /^spec\.(dnsNames|commonName|secretName|duration|privateKey)/,
    what: () => 'is issued anew: clients see the new one, and names that it lacks are refused',
    source: certManager,
  },
  {
    ...{ id: 'certificate-removed', severity, kinds: [certificate], change: 'removed' },
    what: () => 'cert-manager renews it no more; its Secret stays, and serves until it expires',
    source: 'https://cert-manager.io/docs/usage/certificate/#cleaning-up-secrets-when-certificates-are-deleted',
  },
  {
    ...{ id: 'issuer-changed', severity, kinds: issuers, change: 'changed' },
    field: /^spec\./,
    what: () => 'certificates of it are of another CA from their next renewal on: clients must trust that before',
    source: 'https://cert-manager.io/docs/configuration/issuers/',
  },
];
