/** The gateways through which requests reach Knative Services, as KnativeServing and the Services say. */
import { listAt, mapAt, textAt, titleOf } from '../cluster/fields.ts';
import { GeneratorError } from '../errors.ts';
import { knativeServing, localGateway } from '../model/facts/names.ts';
import { gatewayOfServiceMesh2, kourier } from './facts.ts';
import { type Found, one } from './found.ts';
import type { Protection } from './installation.ts';

export interface Way {
  readonly ports: string;
  readonly protection: Protection;
  readonly sources: readonly string[];
}
export interface Gateways {
  readonly name: string;
  readonly namespace: string;
  readonly inMesh: boolean;
  readonly details: readonly string[];
  /** For requests from outside the cluster, and for those of pods. */
  readonly ingress: Way;
  readonly local: Way;
  /** Service and namespace of the local one. */
  readonly localHost: string;
}

/** Undefined: KnativeServing is not installed. `ingressNamespace` is that of Knative's own ingress, for Kourier. */
export function gatewaysOf(objects: Found, ingressNamespace: string): Gateways | undefined {
  const serving = one(objects, 'KnativeServing');
  if (serving === undefined) return undefined;
  if (textAt(serving, 'spec', 'ingress', 'kourier', 'enabled') === 'true')
    return {
      name: kourier.name,
      namespace: ingressNamespace,
      inMesh: false,
      details: ['no proxy of the mesh'],
      ingress: { ports: kourier.external, protection: 'plain', sources: [titleOf(serving), kourier.source] },
      localHost: `kourier-internal.${ingressNamespace}`,
      local: { ports: kourier.internal, protection: 'plain', sources: [titleOf(serving), kourier.source] },
    };
  const ingress = gatewayAt(objects, serving, 'gateway', 'knative-ingress-gateway');
  const local = gatewayAt(objects, serving, 'local-gateway', localGateway);
  return {
    ...ingress.service,
    inMesh: true,
    details: [`pods with the label ${ingress.selector}`, `certificate: Secret ${ingress.credential}`],
    ingress: ingress.way,
    local: local.way,
    localHost: `${local.service.name}.${local.service.namespace}`,
  };
}

/** A Gateway of knative-serving, and the Service whose address KnativeServing has for it. */
function gatewayAt(objects: Found, serving: object, prefix: string, name: string) {
  const gateway = one(objects, 'Gateway', knativeServing, name);
  const address = textAt(serving, 'spec', 'config', 'istio', `${prefix}.${knativeServing}.${name}`);
  const [service = '', namespace = ''] = address.split('.');
  if (gateway === undefined || namespace === '')
    throw new GeneratorError(
      `Gateway ${knativeServing}/${name}: the picture of the installation needs it, and its Service in KnativeServing.`,
    );
  const [server] = listAt(gateway, 'spec', 'servers');
  const mode = textAt(server, 'tls', 'mode');
  const port = portsOf(one(objects, 'Service', namespace, service), Number(textAt(server, 'port', 'number')));
  const way: Way = {
    ports: port.text,
    protection: mode === 'ISTIO_MUTUAL' ? 'mTLS' : mode === '' ? 'plain' : 'TLS',
    sources: [titleOf(gateway), port.source],
  };
  const [label] = Object.entries(mapAt(gateway, 'spec', 'selector'));
  return {
    service: { name: service, namespace },
    way,
    selector: label?.join('='),
    credential: textAt(server, 'tls', 'credentialName'),
  };
}

/** Port of the Service, and of the pod, behind which a server of a Gateway listens. */
function portsOf(service: object | undefined, server: number): { readonly text: string; readonly source: string } {
  if (service === undefined)
    return { text: `${server} → ${gatewayOfServiceMesh2[server]}`, source: gatewayOfServiceMesh2.source };
  // Istio lets a Gateway name the port of the Service or that of the pod.
  const found = listAt(service, 'spec', 'ports').find(port =>
    ['port', 'targetPort'].some(key => Number(mapAt(port)[key]) === server),
  );
  return { text: `${textAt(found, 'port')} → ${textAt(found, 'targetPort')}`, source: titleOf(service) };
}
