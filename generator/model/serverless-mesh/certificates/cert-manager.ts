/** What the objects of cert-manager share. */
import { and, eq, not } from '../../../gotmpl/functions.ts';
import { gatewaysWanted, v } from '../values.ts';

const { source, certManager } = v.gateway.tls;

export const byCertManager = and(gatewaysWanted, eq(source, 'certManager'));
/** No issuer is named: the chart makes a root, and an Issuer that signs with it. */
export const ownIssuer = not(certManager.issuer.name);
export const makesIssuer = and(byCertManager, ownIssuer);

/** The Issuer that makes the root, and the root with the Issuer that signs with it. */
export const selfSignedName = 'serverless-mesh-self-signed';
export const caName = 'serverless-mesh-ca';
