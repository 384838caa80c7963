import type { IKnativeServing } from '@kubernetes-models/knative/operator.knative.dev/v1beta1/KnativeServing';
import { and, at, choose, concat, either, eq, not, or } from '../../../gotmpl/functions.ts';
import { type Expr, entries, fmt, noteWhen, type Templated, when } from '../../../gotmpl/index.ts';
import {
  istioControllers,
  knativeServing,
  kourierWorkloads,
  localGateway,
  servingControllers,
  servingWorkloads,
} from '../../facts/names.ts';
import { onReleases } from '../../facts/releases.ts';
import { inStage } from '../metadata.ts';
import { gatewayName, gatewayNamespace, inMesh, istio, noOperatorPolicies, v } from '../values.ts';
import { onNodes, placed, withResources } from '../workloads.ts';

const { metadata, resource } = inStage('serving');

const filtering = v.serving.secretInformerFiltering;
const byAnnotation = onReleases(r => r.secretFiltering === 'annotation');
const metrics = and(istio, v.serving.metrics.enabled);
const byProtocol = onReleases(r => r.metrics === 'protocol');
const observability = at(v.serving.config, 'observability');
const gatewayService = (name: Expr<string> | string) => fmt`${name}.${gatewayNamespace}.svc.${v.cluster.dnsDomain}`;

const workloads = concat(
  [...servingWorkloads, ...servingControllers],
  choose(istio, istioControllers, kourierWorkloads),
);
const netIstioController = {
  name: 'net-istio-controller',
  env: [
    {
      container: 'controller',
      envVars: [
        {
          name: 'ENABLE_SECRET_INFORMER_FILTERING_BY_CERT_UID',
          value: either(eq(filtering, 'enabled'), 'true', 'false'),
        },
      ],
    },
  ],
};

const manifest: Templated<IKnativeServing> = {
  apiVersion: 'operator.knative.dev/v1beta1',
  kind: 'KnativeServing',
  metadata: metadata({
    name: 'knative-serving',
    namespace: knativeServing,
    annotations: {
      'serverless.openshift.io/enable-secret-informer-filtering': when(
        and(istio, byAnnotation, eq(filtering, 'enabled')),
        'true',
      ),
      ...noOperatorPolicies,
    },
  }),
  spec: {
    'high-availability': when(v.serving.highAvailability.replicas, {
      replicas: v.serving.highAvailability.replicas,
    }),
    ingress: {
      istio: when(istio, { enabled: true }),
      kourier: when(not(istio), { enabled: true }),
    },
    workloads: noteWhen(
      istio,
      'Sidecars for the data plane of Knative Serving.',
      when(or(istio, placed, v.serving.resources), [
        when(istio, [
          ...servingWorkloads.map(name => ({ name, ...inMesh })),
          when(and(not(byAnnotation), not(eq(filtering, 'operatorDefault'))), netIstioController),
        ]),
        onNodes(workloads),
        withResources(v.serving.resources),
      ]),
    ),
    config: when(or(istio, v.serving.config), {
      istio: when(istio, {
        'gateway.knative-serving.knative-ingress-gateway': gatewayService(gatewayName),
        'local-gateway.knative-serving.knative-local-gateway': gatewayService(localGateway),
      }),
      observability: when(or(metrics, observability), {
        'metrics.backend-destination': when(and(metrics, not(byProtocol)), 'prometheus'),
        'metrics-protocol': when(and(metrics, byProtocol), 'prometheus'),
        'request-metrics-protocol': when(and(metrics, byProtocol), 'prometheus'),
        ...entries(observability),
      }),
      ...entries(v.serving.config),
    }),
  },
};

export default resource({
  doc: 'Knative Serving, with its data plane in the mesh.',
  source: 'base document 1.4.3 step 1, 1.5 step 1, 1.7',
  documents: when(v.serving.enabled, manifest),
});
