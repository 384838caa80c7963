import { and, eq, not, or } from '../../../gotmpl/functions.ts';
import { each, note, type Templated, when, whenAny } from '../../../gotmpl/index.ts';
import type { ServiceMeshControlPlane } from '../../kinds/maistra.ts';
import { includedGateway } from '../gateways/ingress-gateway.ts';
import { inStage } from '../metadata.ts';
import {
  controlPlaneName,
  istio,
  ownDnsDomain,
  ownTlsVersion,
  ownTrustDomain,
  registryOnly,
  traced,
  v,
  v2,
} from '../values.ts';
import { includedPlacement, placed, secretsOfImages } from '../workloads.ts';
import { extensionProviders } from './tracing.ts';

const { metadata, resource } = inStage('mesh');

const control = v.mesh.controlPlane;

const { accessLog, addons, excludedOutboundIPRanges, tls, tracing } = control;
const off = { enabled: false };

const security: Templated<NonNullable<ServiceMeshControlPlane['spec']['security']>> = {
  controlPlane: when(ownTlsVersion, {
    tls: { minProtocolVersion: tls.minProtocolVersion },
  }),
  dataPlane: note('Strict mTLS: only calls with a valid client certificate are allowed.', when(istio, { mtls: true })),
  identity: when(eq(control.identity, 'ThirdParty'), { type: 'ThirdParty' }),
  manageNetworkPolicy: when(not(control.manageNetworkPolicy), false),
  trust: when(ownTrustDomain, { domain: v.mesh.trustDomain }),
};

const manifest: Templated<ServiceMeshControlPlane> = {
  apiVersion: 'maistra.io/v2',
  kind: 'ServiceMeshControlPlane',
  metadata: metadata({ name: controlPlaneName, namespace: v.mesh.namespace }),
  spec: {
    version: when(control.version, control.version),
    profiles: ['default'],
    security: whenAny(security),
    addons: when(not(addons.enabled), { kiali: off, prometheus: off, grafana: off }),
    tracing: when(not(eq(tracing.type, 'operatorDefault')), {
      type: note('No Jaeger.', 'None'),
    }),
    meshConfig: when(traced, { extensionProviders }),
    techPreview: {
      meshConfig: {
        defaultConfig: {
          terminationDrainDuration: note(
            'Longer than the 30 seconds in which Knative stops a pod, so that no request is dropped.',
            control.terminationDrainDuration,
          ),
        },
      },
    },
    runtime: when(or(placed, v.imagePullSecrets), {
      defaults: {
        container: when(v.imagePullSecrets, { imagePullSecrets: secretsOfImages }),
        pod: when(placed, includedPlacement),
      },
    }),
    gateways: when(istio, { ingress: includedGateway }),
    proxy: {
      accessLogging: when(accessLog.enabled, {
        file: {
          name: '/dev/stdout',
          encoding: accessLog.encoding,
          format: when(accessLog.format, accessLog.format),
        },
      }),
      networking: {
        clusterDomain: when(ownDnsDomain, v.cluster.dnsDomain),
        trafficControl: {
          inbound: {
            excludedPorts: note(
              'Called by Kubernetes and cluster monitoring, which are outside the mesh: 8444 metrics, 8022 wait-for-drain.',
              [each(control.excludedInboundPorts, 'port', port => port)],
            ),
          },
          outbound: when(or(registryOnly, excludedOutboundIPRanges), {
            policy: note('Only to what the mesh knows.', when(registryOnly, 'REGISTRY_ONLY')),
            excludedIPRanges: when(excludedOutboundIPRanges, excludedOutboundIPRanges),
          }),
        },
      },
    },
  },
};

export default resource({
  doc: 'The control plane of the mesh that OpenShift Serverless is part of, with Service Mesh 2.',
  source: 'base document 1.4.2 step 1',
  documents: when(and(v2, control.create), manifest),
});
