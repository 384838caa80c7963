/** The Knative operator's own manifests (`<component>/<version>/...`), without what OpenShift leaves to the user. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The newest Knative that the pinned operator knows. */
export const knativeVersion = '1.15';

/** Removes the manifests of older versions: they only cost start-up time. */
export function keepNewest(kodata: string): void {
  for (const component of readdirSync(kodata)) {
    const versions = readdirSync(join(kodata, component)).filter(version => !version.startsWith(knativeVersion));
    for (const version of versions) rmSync(join(kodata, component, version), { recursive: true });
  }
}

/**
 * Drops from net-istio the two Gateways and the Service knative-local-gateway: on OpenShift they are the user's, so
 * the chart owns them. Throws if they are not there, which would mean that the layout has changed.
 */
export function dropUserObjects(kodata: string): void {
  const file = join(kodata, 'ingress', knativeVersion, 'istio', 'net-istio.yaml');
  const documents = readFileSync(file, 'utf8').split(/^---\s*$/m);
  const kept = documents.filter(text => !isLeftToTheUser(text));
  const dropped = documents.length - kept.length;
  if (dropped !== 3) throw new Error(`${file}: ${dropped} documents to drop, not the 3 that we know. Has it changed?`);
  writeFileSync(file, kept.join('---'));
}

function isLeftToTheUser(text: string): boolean {
  const kind = /^kind: (\S+)/m.exec(text)?.[1];
  return kind === 'Gateway' || (kind === 'Service' && text.includes('knative-local-gateway'));
}
