/** Steps that move the Routes of Knative, whose hosts are known to clients. */
import { gatewayNamespaceOf3, meshNamespace, ownMesh, restore, routesFile, routesLabel } from '../commands.ts';
import { routesScript } from '../sources.ts';
import type { Row } from '../step.ts';

const admitted = `oc get routes -n ${gatewayNamespaceOf3} ${routesLabel} -o jsonpath='{range .items[*]}{.spec.host} {.status.ingress[0].conditions[?(@.type=="Admitted")].status}{"\\n"}{end}'`;

export const routes: Row = {
  id: 'routes',
  title: 'Move the Routes to the new gateway, one after the other',
  source: routesScript,
  when: {
    words: 'serving.enabled, while the gateway of Service Mesh 2 is still there',
    holds: m => m.after.serving.enabled && (m.method === 'in-place' || !ownMesh(m)),
  },
  step: m => ({
    why: `The Serverless operator does not clean up Routes when the gateway changes its namespace, and a host belongs to the older Route: the new one in ${gatewayNamespaceOf3} waits with HostAlreadyClaimed until that in ${meshNamespace(m)} is gone.`,
    commands: [
      `oc get service/knative-istio-ingressgateway -n ${gatewayNamespaceOf3}`,
      [
        `for route in $(oc get routes -n ${meshNamespace(m)} ${routesLabel} -o name); do`,
        `  oc delete -n ${meshNamespace(m)} $route`,
        `  until oc get -n ${gatewayNamespaceOf3} $route -o jsonpath='{.status.ingress[0].conditions[?(@.type=="Admitted")].status}' | grep True; do sleep 2; done`,
        'done',
      ].join('\n'),
    ],
    check: {
      command: admitted,
      shows:
        'True behind every host. Where the loop waits for more than a minute, interrupt it: the other Routes are still as they were.',
    },
    back: {
      say: 'Make the old Routes again, and then delete the new ones; those that Serverless makes again wait behind the old.',
      commands: [restore(routesFile), `oc delete routes -n ${gatewayNamespaceOf3} ${routesLabel}`],
    },
  }),
};

/** As the script of the Serverless operator: a Route goes only where its Service is gone. */
export const staleRoutes: Row = {
  id: 'stale-routes',
  title: 'Delete Routes whose gateway is gone',
  source: routesScript,
  when: { words: 'serving.enabled, and a mesh of the release', holds: m => m.after.serving.enabled && ownMesh(m) },
  step: m => ({
    why: `A Route that is left in ${meshNamespace(m)} leads nowhere, and keeps its host from the Route in ${gatewayNamespaceOf3}.`,
    commands: [
      [
        `for route in $(oc get routes -n ${meshNamespace(m)} ${routesLabel} -o name); do`,
        `  service=$(oc get -n ${meshNamespace(m)} $route -o jsonpath='{.spec.to.name}')`,
        `  oc get service -n ${meshNamespace(m)} --ignore-not-found "$service" | grep . || oc delete -n ${meshNamespace(m)} $route`,
        'done',
      ].join('\n'),
    ],
    check:
      m.method === 'in-place'
        ? {
            command: `oc get routes -n ${meshNamespace(m)} ${routesLabel} && ${admitted}`,
            shows: 'No resources found, and True behind every host.',
          }
        : { command: `oc get routes -n ${meshNamespace(m)} ${routesLabel}`, shows: 'No resources found.' },
    back: {
      say: 'Serverless makes Routes again by itself, for the gateway that Knative is configured with.',
      commands: [],
    },
  }),
};
