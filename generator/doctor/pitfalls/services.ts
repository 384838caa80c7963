/** Knative Services of users. */
import { type KubeObject, listAt, mapAt, nameOf, namespaceOf, textAt, titleOf } from '../../cluster/fields.ts';
import { knativeServing } from '../../model/facts/names.ts';
import { isMember, type Mesh, servingOf, usesIstio } from '../mesh.ts';
import { annotationsOf, type Found, labelsOf, oc, patch, type Row, show } from '../row.ts';
import type { Seen } from '../seen.ts';

export const inject = 'sidecar.istio.io/inject';
const probes = 'sidecar.istio.io/rewriteAppHTTPProbers';
const passthrough = 'serving.knative.openshift.io/enablePassthrough';

/** How a pod template asks for the proxy. */
export function asks(
  seen: Seen,
  mesh: Mesh,
  template: unknown,
  namespace: string,
): 'label' | 'annotation' | 'namespace' | 'no' {
  const [label, annotation] = [labelsOf(template)[inject], annotationsOf(template)[inject]].map(v => v?.toString());
  if (label === 'true') return 'label';
  if (label !== undefined) return 'no';
  if (mesh.generation === 'v3' && isMember(seen, mesh, namespace) === true) return 'namespace';
  return annotation === 'true' ? 'annotation' : 'no';
}

interface Place {
  readonly seen: Seen;
  readonly mesh: Mesh;
  readonly object: KubeObject;
  readonly template: unknown;
  readonly asked: ReturnType<typeof asks>;
  readonly member: boolean | undefined;
}
const each = (look: (place: Place) => Iterable<Found>) =>
  function* (seen: Seen): Iterable<Found> {
    const { mesh } = seen;
    if (mesh === undefined || !usesIstio(servingOf(seen))) return;
    for (const object of seen.all('KnativeService')) {
      const template = mapAt(object, 'spec', 'template');
      const namespace = namespaceOf(object);
      const asked = asks(seen, mesh, template, namespace);
      // With Service Mesh 3 the label of the pods is enough.
      const member = mesh.generation === 'v3' && asked === 'label' ? true : isMember(seen, mesh, namespace);
      yield* look({ seen, mesh, object, template, asked, member });
    }
  };
const setTemplate = (object: KubeObject, field: 'labels' | 'annotations', key: string, value: string | null = 'true') =>
  patch(object, { spec: { template: { metadata: { [field]: { [key]: value } } } } });

function* labels({ mesh, object, asked, member }: Place): Iterable<Found> {
  if (asked === 'label' || asked === 'namespace' || (asked === 'no' && member === false)) return;
  const field = `spec.template.metadata.labels["${inject}"]`;
  yield asked === 'annotation'
    ? {
        object,
        field,
        what: `it is not set: ${inject} stands among the annotations`,
        remedy: patch(object, {
          spec: { template: { metadata: { labels: { [inject]: 'true' }, annotations: { [inject]: null } } } },
        }),
        severity: mesh.generation === 'v3' ? 'breaks' : 'risk',
      }
    : {
        object,
        field,
        what: 'its pods do not ask for a proxy',
        remedy: setTemplate(object, 'labels', inject),
        severity: 'breaks',
      };
}

function* outside({ mesh, object, member, asked }: Place): Iterable<Found> {
  // That the annotation is not enough is told as such.
  if (member !== false || asked === 'annotation') return;
  const namespace = namespaceOf(object);
  yield {
    object,
    field: 'metadata.namespace',
    what: `${namespace} is not in the mesh of ${mesh.namespace}`,
    remedy:
      mesh.generation === 'v2'
        ? `oc patch servicemeshmemberroll -n ${mesh.namespace} default --type json -p '[{"op":"add","path":"/spec/members/-","value":"${namespace}"}]'`
        : `oc label namespace ${namespace} istio-injection=enabled`,
  };
}

function* probeRewrites({ mesh, object, template, asked }: Place): Iterable<Found> {
  const value = annotationsOf(template)[probes]?.toString();
  if (asked === 'no' || value === 'true' || (mesh.generation === 'v3' && value === undefined)) return;
  yield {
    object,
    field: `spec.template.metadata.annotations["${probes}"]`,
    what: `it is ${show(value)}`,
    remedy: setTemplate(object, 'annotations', probes),
  };
}

const isLocal = (object: KubeObject) => labelsOf(object)['networking.knative.dev/visibility'] === 'cluster-local';
function* passThrough({ seen, object, asked }: Place): Iterable<Found> {
  const has = annotationsOf(object)[passthrough] !== undefined;
  if (asked === 'no' || has || isLocal(object) || annotationsOf(object)['serving.knative.openshift.io/disableRoute'])
    return;
  const gateway = seen.find('Gateway', 'knative-ingress-gateway', knativeServing);
  const mutual = listAt(gateway, 'spec', 'servers').some(s => /^(OPTIONAL_)?MUTUAL$/.test(textAt(s, 'tls', 'mode')));
  yield {
    object,
    field: `metadata.annotations["${passthrough}"]`,
    what: `it is not set, so that the router of OpenShift ends TLS${mutual ? ', and the gateway, which asks clients for a certificate, sees none' : ''}`,
    remedy: oc('annotate', object, `${passthrough}=true`),
    ...(mutual ? { severity: 'breaks' as const } : {}),
  };
}

const long = 300;
const config = (seen: Seen, name: string) => ({
  ...mapAt(servingOf(seen), 'spec', 'config', `config-${name}`),
  ...mapAt(servingOf(seen), 'spec', 'config', name),
});
function* longRequests(seen: Seen): Iterable<Found> {
  if (seen.mesh?.generation !== 'v3' || !usesIstio(servingOf(seen))) return;
  if (seen.all('EnvoyFilter').some(f => JSON.stringify(f.spec).includes('stream_idle_timeout'))) return;
  const remedy =
    'create the EnvoyFilter disable-stream-idle-timeout of the chart: serverless-mesh render, with mesh.generation v3, prints it';
  const serving = servingOf(seen)!;
  const most = config(seen, 'defaults')['revision-timeout-seconds'];
  if (Number(most) > long)
    yield {
      object: serving,
      field: 'spec.config.defaults["revision-timeout-seconds"]',
      what: `it is ${show(most)}`,
      remedy,
    };
  for (const object of seen.all('KnativeService')) {
    const seconds = textAt(object, 'spec', 'template', 'spec', 'timeoutSeconds');
    if (Number(seconds) > long)
      yield { object, field: 'spec.template.spec.timeoutSeconds', what: `it is ${seconds}`, remedy };
  }
}

/** A route of one's own to the pods of a member: Maistra's NetworkPolicies admit only members. */
function* directRoutes(seen: Seen): Iterable<Found> {
  const { mesh } = seen;
  if (mesh?.generation !== 'v2') return;
  if (textAt(mesh.controlPlane, 'spec', 'security', 'manageNetworkPolicy') === 'false') return;
  for (const object of seen.all('Route')) {
    if (labelsOf(object)['serving.knative.openshift.io/ingressName'] !== undefined) continue;
    const [namespace, to] = [namespaceOf(object), textAt(object, 'spec', 'to', 'name')];
    const service = seen
      .all('KnativeService')
      .find(
        s => namespaceOf(s) === namespace && (to === nameOf(s) || (/-private$/.test(to) && to.startsWith(nameOf(s)))),
      );
    if (service === undefined || isMember(seen, mesh, namespace) !== true) continue;
    yield {
      object,
      field: 'spec.to.name',
      what: `it leads to ${titleOf(service)} past the ingress gateway`,
      remedy: `call the URL of the Knative Service, or map a domain to it, and ${oc('delete', object)}`,
    };
  }
}

const looksAt = [
  'ServiceMeshControlPlane',
  'Istio',
  'KnativeServing',
  'KnativeService',
  'ServiceMeshMemberRoll',
  'ServiceMeshMember',
  'Namespace',
] as const;

export const services: readonly Row[] = [
  {
    id: 'E8',
    title: 'Knative Services of the mesh ask for the proxy, by label',
    severity: 'breaks',
    consequence:
      'Without the label, later webhooks give the pods no proxy; and the mesh, which sends mTLS, does not reach them.',
    source:
      'base document 1.4.4 step 1 (which has the annotation); https://github.com/openshift/openshift-docs/pull/79344',
    looksAt,
    look: each(labels),
  },
  {
    id: 'S17',
    title: 'Knative Services are in the mesh that serves them',
    severity: 'risk',
    consequence:
      'Calls of the gateway and the activator to its pods leave the mesh, and with strict mTLS in cluster.local fail.',
    source: 'base document 1.4.2 step 2',
    looksAt,
    look: each(outside),
  },
  {
    id: 'P17',
    title: 'probes of Knative Services pass the proxy',
    severity: 'risk',
    consequence:
      'Probes come from outside the mesh in plain text, and fail under strict mTLS, so that revisions do not become Ready.',
    source: 'base document 1.4.4 step 1',
    looksAt,
    look: each(probeRewrites),
  },
  {
    id: 'S19',
    title: 'the gateway itself serves the certificate: pass-through routes',
    severity: 'risk',
    consequence:
      'Requests go on to port 80 of the gateway, where the Gateway of the document has no server, and client certificates never reach it.',
    source:
      'base document 1.4.4 step 1; github.com/openshift-knative/serverless-operator serving/ingress/pkg/reconciler/ingress/resources/route.go',
    looksAt: [...looksAt, 'Gateway'],
    look: each(passThrough),
  },
  {
    id: 'P33',
    title: 'long requests outlive the idle timeout of the proxies',
    severity: 'risk',
    consequence: 'A request that is silent for 300 seconds is cut, whatever its timeout says.',
    source: 'github.com/openshift-knative/serverless-operator hack/lib/mesh_v3_resources/08_envoy_filter.yaml',
    looksAt: ['Istio', 'ServiceMeshControlPlane', 'KnativeServing', 'KnativeService', 'EnvoyFilter'],
    look: longRequests,
  },
  {
    id: 'P15',
    title: 'no route leads to a Knative Service past the gateway',
    severity: 'breaks',
    consequence:
      'Calls through the route time out: the NetworkPolicies of Service Mesh 2 admit members of the mesh only.',
    source: 'https://github.com/openshift-knative/serverless-operator/issues/286',
    looksAt: [...looksAt, 'Route'],
    look: directRoutes,
  },
];
