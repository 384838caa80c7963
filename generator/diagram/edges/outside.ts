/** Callers that have no certificate of the mesh and never get one, and the control plane. */
import { textAt } from '../../cluster/fields.ts';
import {
  componentMetricsPort,
  knativeEventing,
  knativeServing,
  metricsPort,
  waitForDrainPort,
} from '../../model/facts/names.ts';
import * as facts from '../facts.ts';
import { one } from '../found.ts';
import type { Edge } from '../installation.ts';
import { fromOutside } from '../mesh.ts';
import { names, type Places, yours } from '../places.ts';

export const outsideEdges = (places: Places): Edge[] => [
  ...(places.serving
    ? [
        {
          ...call(places, places.appsInMesh, waitForDrainPort, 'plain'),
          from: names.kubelet,
          to: yours,
          what: 'preStop hook',
          purpose: 'asks a pod of a Knative Service to finish its requests before it ends',
          sources: [facts.drain, ...(places.appsInMesh ? places.mesh.sources : [])],
        },
      ]
    : []),
  ...metricsEdges(places),
];

function call({ mesh }: Places, inMesh: boolean, port: number, without: 'plain' | 'TLS') {
  return { ports: [`${port}`], ...(inMesh ? fromOutside(mesh, `${port}`, without) : { protection: without }) };
}

function metricsEdges(places: Places): Edge[] {
  const { mesh, serving, eventing, knativeInMesh } = places;
  const scraped = [...(serving && hasMetrics(places) ? [knativeServing] : []), ...(eventing ? [knativeEventing] : [])];
  const hasComponents = mesh.generation === 'v3' && mesh.excluded?.includes(`${componentMetricsPort}`) === true;
  const shared = { from: names.prometheus, what: 'metrics' };
  const sources = knativeInMesh ? mesh.sources : [];
  return scraped.flatMap(to => [
    {
      ...shared,
      ...call(places, knativeInMesh, metricsPort, 'TLS'),
      to,
      purpose: 'metrics, from kube-rbac-proxy in the pods',
      sources: [facts.metrics, ...sources],
    },
    ...(hasComponents
      ? [
          {
            ...shared,
            ...call(places, knativeInMesh, componentMetricsPort, 'plain'),
            to,
            purpose: 'metrics of components without kube-rbac-proxy',
            sources: [facts.componentMetrics, ...sources],
          },
        ]
      : []),
  ]);
}

/** With Istio, the operator makes metrics of Serving only where its configuration asks for them. */
function hasMetrics({ objects, knativeInMesh }: Places): boolean {
  const keys = ['metrics.backend-destination', 'metrics-protocol'];
  const serving = one(objects, 'KnativeServing');
  return !knativeInMesh || keys.some(key => textAt(serving, 'spec', 'config', 'observability', key) === 'prometheus');
}

/** Each proxy gets its configuration from istiod; drawn for one of them. */
export function controlEdges({ gateways, mesh, knativeInMesh, appsInMesh }: Places): Edge[] {
  if (!knativeInMesh && !appsInMesh) return [];
  const withoutGateway = knativeInMesh ? names.eventing : names.apps;
  return [
    {
      from: gateways?.inMesh ? gateways.name : withoutGateway,
      to: names.istiod,
      ports: facts.discovery.ports,
      protection: 'TLS',
      what: 'configuration',
      purpose: 'configuration and certificates, for this and every other proxy of the mesh',
      remark: 'of every proxy',
      sources: [facts.discovery.source, ...mesh.sources],
    },
  ];
}
