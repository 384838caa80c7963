/** OpenShift routes of Knative Services: the Serverless operator makes them in the namespace of the ingress gateway. */
import type { Cluster } from '../cluster/cluster.ts';
import { type KubeObject, listAt, mapAt, nameOf, namespaceOf, textAt } from '../cluster/fields.ts';
import { told } from '../cluster/secrets.ts';
import { Unseen } from '../cluster/unseen.ts';
import { knativeServing } from '../model/facts/names.ts';
import type { Check, Finding } from './check.ts';
import { gatewayName, gatewayNamespace, hasGateways, isV3, type Plan } from './plan.ts';

const operator = 'github.com/openshift-knative/serverless-operator';
const routeKind = 'route.openshift.io/v1/Route';
const label = 'serving.knative.openshift.io/ingressName';
const hostOf = (route: unknown) => textAt(route, 'spec', 'host');

/** Those of Knative in the whole cluster. */
const allRoutes = (cluster: Cluster) => cluster.list(routeKind, { labels: label });

/** Whether Knative uses the gateway of these values by now; before, its routes stand where they must. */
async function hasMoved(cluster: Cluster, plan: Plan): Promise<boolean> {
  try {
    const config = mapAt(await cluster.get('v1/ConfigMap', 'config-istio', knativeServing), 'data');
    const addresses = Object.entries(config).filter(([key]) => key.startsWith('gateway.'));
    return addresses.every(([, address]) => String(address).includes(`.${gatewayNamespace(plan)}.svc`));
  } catch (error) {
    // The longer remedy is right in any case.
    if (error instanceof Unseen) return false;
    throw error;
  }
}

/**
 * The operator forgets routes of before, when the namespace of the gateway changes. They keep their hosts, and the new
 * ones are not admitted: HostAlreadyClaimed.
 */
export const staleRoutes: Check = {
  id: 'stale-routes',
  title: 'no route of a former mesh keeps the host of a Knative Service',
  looksAt: `Routes in all namespaces with the label ${label}, and config-istio in ${knativeServing}`,
  source: `${operator} hack/migrate-mesh-routes.sh`,
  settles: true,
  concerns: plan => isV3(plan) && hasGateways(plan),
  run: async function* (cluster, plan) {
    const places = new Map<string, KubeObject[]>();
    for (const route of await allRoutes(cluster))
      if (namespaceOf(route) !== gatewayNamespace(plan))
        places.set(namespaceOf(route), [...(places.get(namespaceOf(route)) ?? []), route]);
    const first = (await hasMoved(cluster, plan))
      ? ''
      : `once config-istio in ${knativeServing} names ${gatewayNamespace(plan)}, which helm upgrade does: `;
    for (const [namespace, routes] of places) {
      const shown = routes.slice(0, 5).map(route => `${nameOf(route)} (${told(hostOf(route))})`);
      const more = routes.length > shown.length ? ` and ${routes.length - shown.length} more` : '';
      yield {
        finding: `Routes of Knative in ${namespace} keep their hosts, so that those in ${gatewayNamespace(plan)} are not admitted: ${shown.join(', ')}${more}`,
        remedy: `${first}oc delete route -n ${namespace} -l ${label}`,
      };
    }
  },
};

export const routes: Check = {
  id: 'routes',
  title: 'the OpenShift routes of Knative Services are admitted, and lead to the ingress gateway',
  looksAt: `Routes in the namespace of the gateway pods with the label ${label}`,
  source: `${operator} serving/ingress/pkg/reconciler/ingress/resources/route.go`,
  settles: true,
  concerns: hasGateways,
  run: async function* (cluster, plan) {
    const namespace = gatewayNamespace(plan);
    // With Service Mesh 3 those elsewhere may be why one is not admitted.
    const all = await (isV3(plan) ? allRoutes(cluster) : cluster.list(routeKind, { namespace }));
    const ours = all.filter(r => namespaceOf(r) === namespace && mapAt(r, 'metadata', 'labels')[label] !== undefined);
    if (ours.length === 0) yield { fact: 'no Knative Service has a route yet' };
    for (const route of ours) {
      const other = all.find(r => namespaceOf(r) !== namespace && hostOf(r) === hostOf(route));
      yield* routeFindings(route, other, gatewayName(plan));
    }
  },
};

function* routeFindings(route: KubeObject, other: KubeObject | undefined, gateway: string): Iterable<Finding> {
  const title = `Route ${namespaceOf(route)}/${nameOf(route)} (${hostOf(route)})`;
  const admitted = listAt(route, 'status', 'ingress')
    .flatMap(i => listAt(i, 'conditions'))
    .filter(c => textAt(c, 'type') === 'Admitted');
  if (!admitted.some(c => textAt(c, 'status') === 'True')) {
    const why = admitted
      .map(c => [textAt(c, 'reason'), told(textAt(c, 'message'))].filter(Boolean).join(' '))
      .join('; ');
    yield {
      finding: `${title} is not admitted${why === '' ? '' : `: ${why}`}`,
      remedy: other
        ? `a former mesh left one with this host: oc delete route -n ${namespaceOf(other)} ${nameOf(other)}`
        : 'see whether another Route has this host',
    };
  }
  const [to, port, termination] = [
    textAt(route, 'spec', 'to', 'name'),
    textAt(route, 'spec', 'port', 'targetPort'),
    textAt(route, 'spec', 'tls', 'termination'),
  ];
  if (to !== gateway || (termination === 'passthrough' && port !== 'https'))
    yield {
      finding: `${title} leads to ${to}:${port} (${termination || 'no TLS'}), not to the ingress gateway`,
      remedy: 'see config-istio in knative-serving, which decides it',
    };
}
