/** The certificates of gateways, and the Secrets of domain mappings. */
import { alternativeNames } from '../../certificates/names.ts';
import { type KubeObject, listAt, mapAt, namespaceOf, textAt, titleOf } from '../../cluster/fields.ts';
import { knativeServing } from '../../model/facts/names.ts';
import { shellQuote as shell } from '../../shell.ts';
import { type Mesh, servingOf } from '../mesh.ts';
import { type Found, labelsOf, oc, type Row } from '../row.ts';
import type { SeenSecret } from '../secrets-seen.ts';
import type { Seen } from '../seen.ts';
import { within } from '../within.ts';
import { gatewaysBeside } from './gateways.ts';

interface Reference {
  readonly gateway: KubeObject;
  readonly index: number;
  readonly name: string;
  readonly secret: SeenSecret | undefined;
}

/** Each Secret that a Gateway names, with what is in the namespace of the gateway pods, where Envoy looks. */
const referencesOf = (seen: Seen, mesh: Mesh): Reference[] =>
  gatewaysBeside(seen, mesh).flatMap(gateway =>
    listAt(gateway, 'spec', 'servers').flatMap((server, index) => {
      const name = textAt(server, 'tls', 'credentialName');
      return name === ''
        ? []
        : [{ gateway, index, name, secret: seen.secrets.get(`${mesh.gatewayNamespace}/${name}`) }];
    }),
  );
const isKnatives = (gateway: KubeObject) => namespaceOf(gateway) === knativeServing;
const elsewhere = (seen: Seen, name: string) =>
  [...seen.secrets].filter(([key]) => key.endsWith(`/${name}`)).map(([, { object }]) => namespaceOf(object));
const field = (index: number) => `spec.servers[${index}].tls.credentialName`;

function* misplaced(seen: Seen, mesh: Mesh): Iterable<Found> {
  for (const { gateway, index, name, secret } of referencesOf(seen, mesh)) {
    const [place] = elsewhere(seen, name);
    if (secret !== undefined || place === undefined) continue;
    yield {
      object: gateway,
      field: field(index),
      what: `Secret ${name} is in ${place}, and the pods of the gateway are in ${mesh.gatewayNamespace}`,
      // Through a pipe: no file holds the key.
      remedy: `oc get secret -n ${shell(place)} ${shell(name)} -o json | jq '{apiVersion, kind, type, data, metadata: {name: .metadata.name, namespace: "${mesh.gatewayNamespace}"}}' | oc create -f -`,
    };
  }
}

/** A folder may well hold no Secrets at all. */
function* missing(seen: Seen, mesh: Mesh, ofKnative: boolean): Iterable<Found> {
  if (seen.from === 'folder' && seen.secrets.size === 0) return;
  for (const { gateway, index, name, secret } of referencesOf(seen, mesh)) {
    if (secret !== undefined || elsewhere(seen, name).length > 0 || isKnatives(gateway) !== ofKnative) continue;
    yield {
      object: gateway,
      field: field(index),
      what: `Secret ${mesh.gatewayNamespace}/${name} does not exist`,
      remedy: ofKnative
        ? `oc create secret tls ${shell(name)} -n ${shell(mesh.gatewayNamespace)} --cert=wildcard.crt --key=wildcard.key`
        : 'create the Secret, or take this server out of the Gateway',
    };
  }
}

const ofKnative = (seen: Seen, mesh: Mesh): SeenSecret[] => [
  ...new Set(referencesOf(seen, mesh).flatMap(r => (isKnatives(r.gateway) && r.secret ? [r.secret] : []))),
];
const withoutNames = ({ leaf }: SeenSecret) =>
  leaf !== undefined && !alternativeNames(leaf).some(n => n.startsWith('DNS:'));
const isOfNames = (finding: string) => /subject alternative name/.test(finding);

function* names(seen: Seen, mesh: Mesh): Iterable<Found> {
  for (const secret of ofKnative(seen, mesh)) {
    const said = secret.findings.find(f => isOfNames(f.finding));
    if (said !== undefined)
      yield { object: secret.object, field: 'data["tls.crt"]', what: said.finding, remedy: said.remedy };
    else if (withoutNames(secret))
      yield {
        object: secret.object,
        field: 'data["tls.crt"]',
        what: 'the certificate has no subject alternative name, and clients read no common name',
        remedy: 'serverless-mesh certificates --apps-domain <domain of your routes>, and its oc command for the Secret',
      };
  }
}

function* pair(seen: Seen, mesh: Mesh): Iterable<Found> {
  for (const { object, findings } of ofKnative(seen, mesh)) {
    if (textAt(object, 'type') !== 'kubernetes.io/tls')
      yield {
        object,
        field: 'type',
        what: `it is ${textAt(object, 'type') || 'Opaque'}, and must be kubernetes.io/tls`,
        remedy: 'create the Secret again with oc create secret tls',
      };
    for (const { finding, remedy } of findings.filter(f => !isOfNames(f.finding)))
      yield {
        object,
        field: 'data',
        what: finding,
        remedy,
        ...(/ expires on /.test(finding) ? { severity: 'risk' as const } : {}),
      };
  }
}

const uid = 'networking.internal.knative.dev/certificate-uid';
const informer = 'ENABLE_SECRET_INFORMER_FILTERING_BY_CERT_UID';

/** What spec.workloads says of secret filtering; empty where it leaves it to the release: on from 1.32 on. */
function filtering(seen: Seen): string {
  const env = ['workloads', 'deployments']
    .flatMap(list => listAt(servingOf(seen), 'spec', list))
    .filter(w => textAt(w, 'name') === 'net-istio-controller')
    .flatMap(w => listAt(w, 'env'))
    .flatMap(e => listAt(e, 'envVars'));
  return textAt(
    env.find(e => textAt(e, 'name') === informer),
    'value',
  );
}

function* unlabelled(seen: Seen): Iterable<Found> {
  const set = filtering(seen);
  if (set === 'false') return;
  for (const mapping of seen.all('DomainMapping')) {
    const secret = seen.secrets.get(`${namespaceOf(mapping)}/${textAt(mapping, 'spec', 'tls', 'secretName')}`);
    if (secret === undefined || labelsOf(secret.object)[uid] !== undefined) continue;
    yield {
      object: secret.object,
      field: `metadata.labels["${uid}"]`,
      what: `it is not set, and ${titleOf(mapping)} names the Secret`,
      remedy: oc('label', secret.object, `${uid}=${String(mapAt(secret.object, 'metadata').name)}`),
      ...(set === 'true' ? { severity: 'breaks' as const } : {}),
    };
  }
}

const looksAt = ['ServiceMeshControlPlane', 'Istio', 'Gateway', 'Deployment'] as const;
const source = 'base document 1.3 and 1.4.2 step 3';

export const certificates: readonly Row[] = [
  {
    id: 'P4',
    title: 'the Secret of the certificate is where the gateway reads it',
    severity: 'breaks',
    consequence: 'The gateway serves nothing on 443: it reads Secrets of the namespace of its own pods only.',
    source:
      'https://github.com/openshift/openshift-docs/pull/101668; github.com/openshift-knative/serverless-operator hack/lib/mesh3.bash (E6)',
    looksAt,
    look: within(misplaced),
  },
  {
    id: 'P3',
    title: 'the certificate of Knative exists',
    severity: 'breaks',
    consequence: 'The gateway resets every connection on 443, since it has no certificate.',
    source,
    looksAt,
    look: within((seen, mesh) => missing(seen, mesh, true)),
  },
  {
    id: 'P3',
    title: 'the certificate is valid, with its chain, and belongs to its key',
    severity: 'breaks',
    consequence:
      'Clients refuse the connection: unknown authority, or an expired certificate; or the gateway serves none.',
    source: `${source}; https://www.rfc-editor.org/rfc/rfc5246#section-7.4.2`,
    looksAt,
    look: within(pair),
  },
  {
    id: 'P6',
    title: 'no other Gateway on the same pods names a Secret that does not exist',
    severity: 'breaks',
    consequence:
      'Probes of the gateway pods fail, and Knative Services stay at "Waiting for load balancer to be ready".',
    source: 'https://github.com/knative/serving/issues/7264',
    looksAt,
    look: within((seen, mesh) => missing(seen, mesh, false)),
  },
  {
    id: 'P2',
    title: 'the certificate has the names of the routes',
    severity: 'breaks',
    consequence:
      'Browsers, Go programs and others read no host names from the common name, and refuse the certificate.',
    source: 'https://go.dev/doc/go1.15#commonname (E3: the commands of base document 1.3 make none)',
    looksAt,
    look: within(names),
  },
  {
    id: 'S16',
    title: 'Secrets of domain mappings have the label of secret filtering',
    severity: 'risk',
    consequence:
      'With secret filtering, on by default from Serverless 1.32 on, Knative does not see the Secret, and the mapped domain has no certificate.',
    source:
      'github.com/openshift/openshift-docs modules/serverless-ossm-secret-filtering-net-istio.adoc; base document 1.7',
    looksAt: ['DomainMapping', 'KnativeServing'],
    look: unlabelled,
  },
];
