/** One mistake in each row, and all that doctor says of it. */
import { certificateOf } from '../certificates/make.ts';
import { csv, namespace, object } from '../cluster-commands/healthy.ts';
import type { Loose, Objects } from './good.ts';

export interface Row {
  readonly name: string;
  readonly on: 'v2' | 'v3';
  /** A folder, without it a cluster. */
  readonly folder?: true;
  readonly plant: (objects: Objects) => unknown;
  /** `id severity object: field`, all of them. */
  readonly want: readonly string[];
  /** What the first of them says. */
  readonly says: string;
  /** What its remedy has. */
  readonly do?: string;
}

const the = (objects: Objects, kind: string, name?: string, place?: string): Loose => {
  const found = objects.find(
    o =>
      o.kind === kind &&
      (name === undefined || o.metadata.name === name) &&
      (place === undefined || o.metadata.namespace === place),
  );
  if (found === undefined) throw new Error(`no ${kind} ${name ?? ''}`);
  return found;
};
const drop = (objects: Objects, kind: string, name?: string) =>
  objects.splice(objects.indexOf(the(objects, kind, name)), 1);
const ksvc = (objects: Objects): Loose =>
  objects.find(o => o.apiVersion === 'serving.knative.dev/v1' && o.kind === 'Service');
const workload = (objects: Objects, kind: string, name: string): Loose =>
  the(objects, kind).spec.workloads.find((w: Loose) => w.name === name);
const inject = 'sidecar.istio.io/inject';
const probes = 'sidecar.istio.io/rewriteAppHTTPProbers';
const disabling = 'serverless.openshift.io/disable-istio-net-policies-generation';
const annotate = (o: Loose, more: object) => {
  o.metadata.annotations = { ...o.metadata.annotations, ...more };
};

const serving = 'KnativeServing knative-serving/knative-serving';
const eventing = 'KnativeEventing knative-eventing/knative-eventing';
const kafka = 'KnativeKafka knative-eventing/knative-kafka';
const basic = 'ServiceMeshControlPlane istio-system/basic';
const roll = 'ServiceMeshMemberRoll istio-system/default';
const hello = 'Knative Service shop/hello';
const ingress = 'Gateway knative-serving/knative-ingress-gateway';

const hook = (name: string, place: string, service: string, group: string) =>
  object('admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration', name, undefined, {
    webhooks: [
      {
        name: `${name}.example.com`,
        failurePolicy: 'Fail',
        clientConfig: { service: { namespace: place, name: service } },
        rules: [{ apiGroups: [group] }],
      },
    ],
  });
const gateway = (name: string, place: string, spec: object) =>
  object('networking.istio.io/v1beta1/Gateway', name, place, { spec });
const https = (host: string, credentialName = 'wildcard-certs') => ({
  port: { number: 443, name: 'https', protocol: 'HTTPS' },
  hosts: [host],
  tls: { mode: 'SIMPLE', credentialName },
});

export const rows: readonly Row[] = [
  {
    name: 'P1: a second Gateway for every host on 443',
    on: 'v2',
    plant: all => all.push(gateway('mine', 'shop', { selector: { istio: 'ingressgateway' }, servers: [https('*')] })),
    want: ['P1 breaks Gateway shop/mine: spec.servers[].hosts'],
    says: 'it serves host * on port 443, as Gateway knative-serving/knative-ingress-gateway does, on the same pods',
    do: 'oc delete gateway.networking.istio.io -n shop mine',
  },
  {
    name: 'P1: not where its pods are others',
    on: 'v2',
    plant: all => all.push(gateway('mine', 'shop', { selector: { istio: 'mine' }, servers: [https('*')] })),
    want: [],
    says: '',
  },
  {
    name: 'P2, E3: a certificate with a common name only',
    on: 'v2',
    plant: async all => {
      const pem = await certificateOf({
        subject: 'CN=*.apps.example.com',
        to: '2099-01-01T00:00:00Z',
        from: '2020-01-01T00:00:00Z',
      });
      the(all, 'Secret', 'wildcard-certs').data['tls.crt'] = Buffer.from(pem).toString('base64');
    },
    want: [
      'P3 breaks Secret istio-system/wildcard-certs: data',
      'P2 breaks Secret istio-system/wildcard-certs: data["tls.crt"]',
    ],
    says: 'the key in tls.key of Secret istio-system/wildcard-certs is not that of its certificate',
  },
  {
    name: 'P3: no certificate',
    on: 'v2',
    plant: all => drop(all, 'Secret', 'wildcard-certs'),
    want: [`P3 breaks ${ingress}: spec.servers[0].tls.credentialName`],
    says: 'Secret istio-system/wildcard-certs does not exist',
    do: 'oc create secret tls wildcard-certs -n istio-system',
  },
  {
    name: 'P3: a Secret of another type',
    on: 'v3',
    plant: all => {
      the(all, 'Secret', 'wildcard-certs').type = 'Opaque';
    },
    want: ['P3 breaks Secret knative-serving-ingress/wildcard-certs: type'],
    says: 'it is Opaque, and must be kubernetes.io/tls',
  },
  {
    name: 'P4, E6: the Secret of Service Mesh 3 in istio-system',
    on: 'v3',
    plant: all => {
      the(all, 'Secret', 'wildcard-certs').metadata.namespace = 'istio-system';
    },
    want: [`P4 breaks ${ingress}: spec.servers[0].tls.credentialName`],
    says: 'Secret wildcard-certs is in istio-system, and the pods of the gateway are in knative-serving-ingress',
    do: 'oc get secret -n istio-system wildcard-certs -o json | jq',
  },
  {
    name: 'P5: the Gateway is missing',
    on: 'v2',
    plant: all => drop(all, 'Gateway', 'knative-local-gateway'),
    want: ['P5 breaks Gateway knative-serving/knative-local-gateway: '],
    says: 'it does not exist, and the operator makes none',
  },
  {
    name: 'P5: the pods of the gateway have not the label',
    on: 'v2',
    plant: all => {
      the(all, 'ServiceMeshControlPlane').spec.gateways.ingress.service.metadata.labels = {};
    },
    want: [
      `P5 breaks ${basic}: spec.gateways.ingress.service.metadata.labels`,
      `P5 breaks ${basic}: spec.gateways.ingress.service.metadata.labels`,
    ],
    says: 'no gateway has the labels that Gateway knative-serving/knative-ingress-gateway selects ({"knative":"ingressgateway"})',
    do: '"labels":{"knative":"ingressgateway"}',
  },
  {
    name: 'P5: Service Mesh 3 without its gateway',
    on: 'v3',
    plant: all => drop(all, 'Deployment', 'knative-istio-ingressgateway'),
    want: ['P5 breaks Deployment knative-serving-ingress/knative-istio-ingressgateway: '],
    says: 'there is no gateway of Istio in this namespace',
  },
  {
    name: 'P5: Knative has no address of the gateway',
    on: 'v2',
    plant: all => {
      delete the(all, 'KnativeServing').spec.config.istio['gateway.knative-serving.knative-ingress-gateway'];
    },
    want: [`P5 breaks ${serving}: spec.config.istio["gateway.knative-serving.knative-ingress-gateway"]`],
    says: 'it is not set',
    do: '"istio-ingressgateway.istio-system.svc.cluster.local"',
  },
  {
    name: 'P5: a filter on the gateway that asks for a token',
    on: 'v3',
    plant: all =>
      all.push(
        object('security.istio.io/v1/AuthorizationPolicy', 'login', 'knative-serving-ingress', {
          spec: {
            action: 'CUSTOM',
            provider: { name: 'oauth' },
            rules: [{}],
            selector: { matchLabels: { knative: 'ingressgateway' } },
          },
        }),
      ),
    want: ['P5 risk AuthorizationPolicy knative-serving-ingress/login: spec.action'],
    says: 'CUSTOM is for all that calls the ingress gateway',
  },
  {
    name: 'P6: another Gateway names a Secret that is missing',
    on: 'v2',
    plant: all =>
      all.push(
        gateway('mine', 'shop', {
          selector: { knative: 'ingressgateway' },
          servers: [https('shop.example.com', 'gone')],
        }),
      ),
    want: ['P6 breaks Gateway shop/mine: spec.servers[0].tls.credentialName'],
    says: 'Secret istio-system/gone does not exist',
  },
  {
    name: 'P7: an address that is no Service',
    on: 'v2',
    plant: all => {
      the(all, 'KnativeServing').spec.config.istio['gateway.knative-serving.knative-ingress-gateway'] =
        'apps.example.com';
    },
    want: [`P7 breaks ${serving}: spec.config.istio["gateway.knative-serving.knative-ingress-gateway"]`],
    says: 'apps.example.com is not <service>.<namespace>.svc.<cluster domain>',
  },
  {
    name: 'P8: ports without the names of routes',
    on: 'v3',
    plant: all => {
      the(all, 'Service', 'knative-istio-ingressgateway').spec.ports[1].name = 'tls';
    },
    want: ['P8 breaks Service knative-serving-ingress/knative-istio-ingressgateway: spec.ports[].name'],
    says: 'it has no port of the name https; it has http2, tls',
  },
  {
    name: 'P9: only the activator is in the mesh',
    on: 'v2',
    plant: all => {
      delete workload(all, 'KnativeServing', 'autoscaler').labels;
    },
    want: [`P9 breaks ${serving}: spec.workloads[].labels["${inject}"]`],
    says: 'it is not "true" for autoscaler',
    do: '{"name":"autoscaler","labels":{"sidecar.istio.io/inject":"true"}',
  },
  {
    name: 'P9: Service Mesh 3 without a permissive autoscaler',
    on: 'v3',
    plant: all => drop(all, 'PeerAuthentication', 'autoscaler-permissive'),
    want: ['P9 risk PeerAuthentication knative-serving/autoscaler-permissive: '],
    says: 'it does not exist',
  },
  {
    name: 'S12: an Istio that does not see Knative Serving',
    on: 'v3',
    plant: all => {
      the(all, 'Istio').spec.values.meshConfig.discoverySelectors = [{ matchLabels: { mesh: 'yes' } }];
      for (const name of ['istio-system', 'knative-eventing'])
        the(all, 'Namespace', name).metadata.labels = { mesh: 'yes' };
    },
    want: ['S12 breaks Istio default: spec.values.meshConfig.discoverySelectors'],
    says: 'none of them selects namespace knative-serving',
  },
  {
    name: 'P10: the roll without Knative Serving',
    on: 'v2',
    folder: true,
    plant: all => {
      the(all, 'ServiceMeshMemberRoll').spec.members.shift();
    },
    want: [`P10 breaks ${roll}: spec.members`],
    says: 'it does not list knative-serving',
    do: `'[{"op":"add","path":"/spec/members/-","value":"knative-serving"}]'`,
  },
  {
    name: 'P10: a pod from before',
    on: 'v2',
    plant: all =>
      all.push(
        object('v1/Pod', 'activator-1', 'knative-serving', {
          metadata: { labels: { [inject]: 'true' } },
          spec: { containers: [{ name: 'activator' }] },
        }),
      ),
    want: ['P10 breaks Pod knative-serving/activator-1: spec.containers'],
    says: 'it asks for a proxy, and has none',
  },
  {
    name: 'P11: a member that does not exist',
    on: 'v2',
    plant: all => the(all, 'ServiceMeshMemberRoll').spec.members.push('gone'),
    want: [`P11 breaks ${roll}: spec.members`],
    says: 'namespace gone does not exist',
    do: 'oc create namespace gone',
  },
  {
    name: 'P12: the webhook of Service Mesh 2',
    on: 'v2',
    plant: all =>
      all.push(hook('openshift-operators.servicemesh', 'openshift-operators', 'maistra-admission', 'maistra.io')),
    want: [
      'P12 breaks ValidatingWebhookConfiguration openshift-operators.servicemesh: webhooks[openshift-operators.servicemesh.example.com].clientConfig.service',
    ],
    says: 'behind openshift-operators/maistra-admission nothing answers',
  },
  {
    name: 'P13: a webhook of a former Istio',
    on: 'v2',
    plant: all => all.push(hook('istio-validator-old', 'istio-old', 'istiod', 'networking.istio.io')),
    want: [
      'P13 breaks ValidatingWebhookConfiguration istio-validator-old: webhooks[istio-validator-old.example.com].clientConfig.service',
    ],
    says: 'behind istio-old/istiod nothing answers',
    do: 'oc delete validatingwebhookconfiguration istio-validator-old',
  },
  {
    name: 'P13: not where something answers',
    on: 'v2',
    plant: all =>
      all.push(
        hook('istio-validator', 'istio-system', 'istiod', 'networking.istio.io'),
        object('discovery.k8s.io/v1/EndpointSlice', 'istiod-1', 'istio-system', {
          metadata: { labels: { 'kubernetes.io/service-name': 'istiod' } },
          endpoints: [{ addresses: ['10.0.0.1'] }],
        }),
      ),
    want: [],
    says: '',
  },
  {
    name: 'P14: Service Mesh 2 without its policies, Knative with its own',
    on: 'v2',
    plant: all => {
      the(all, 'ServiceMeshControlPlane').spec.security.manageNetworkPolicy = false;
    },
    want: [
      `P14 breaks ${serving}: metadata.annotations["${disabling}"]`,
      `P14 breaks ${eventing}: metadata.annotations["${disabling}"]`,
    ],
    says: 'it is not true, and manageNetworkPolicy is false',
    do: `oc annotate knativeserving -n knative-serving knative-serving ${disabling}=true`,
  },
  {
    name: 'P14: the annotation beside the policies of Service Mesh 2',
    on: 'v2',
    plant: all => annotate(the(all, 'KnativeServing'), { [disabling]: 'true' }),
    want: [`P14 breaks ${serving}: metadata.annotations["${disabling}"]`],
    says: 'it is true, so that nothing lets the API server',
  },
  {
    name: 'P14: a policy that shuts the webhooks',
    on: 'v3',
    plant: all =>
      all.push(
        object('networking.k8s.io/v1/NetworkPolicy', 'deny', 'knative-serving', {
          spec: { podSelector: {}, policyTypes: ['Ingress'] },
        }),
      ),
    want: ['P14 breaks NetworkPolicy knative-serving/deny: spec.podSelector'],
    says: 'no NetworkPolicy lets the API server to the webhooks',
  },
  {
    name: 'P15: a route past the gateway',
    on: 'v2',
    plant: all =>
      all.push(
        object('route.openshift.io/v1/Route', 'hello', 'shop', { spec: { to: { kind: 'Service', name: 'hello' } } }),
      ),
    want: ['P15 breaks Route shop/hello: spec.to.name'],
    says: 'it leads to Service shop/hello past the ingress gateway',
  },
  {
    name: 'P16: Service Mesh 2 keeps 8022',
    on: 'v2',
    plant: all => {
      the(all, 'ServiceMeshControlPlane').spec.proxy.networking.trafficControl.inbound.excludedPorts = [8444];
    },
    want: [`P16 breaks ${basic}: spec.proxy.networking.trafficControl.inbound.excludedPorts`],
    says: 'it lacks 8022',
    do: '"excludedPorts":[8444,8022]',
  },
  {
    name: 'P16, E7: an Istio as the document has it',
    on: 'v3',
    plant: all => {
      delete the(all, 'Istio').spec.values.global;
    },
    want: ['P16 breaks Istio default: spec.values.global.proxy.excludeInboundPorts'],
    says: 'it lacks 8022 and 8444',
  },
  {
    name: 'P17: probes of a Knative Service',
    on: 'v2',
    plant: all => {
      ksvc(all).spec.template.metadata.annotations = {};
    },
    want: [`P17 risk ${hello}: spec.template.metadata.annotations["${probes}"]`],
    says: 'it is not set',
  },
  {
    name: 'P17: probes of the activator',
    on: 'v2',
    plant: all => {
      workload(all, 'KnativeServing', 'activator').annotations = {};
    },
    want: [`P17 risk ${serving}: spec.workloads[].annotations["${probes}"]`],
    says: 'it is not "true" for activator',
  },
  {
    name: 'P19: no ServiceEntry',
    on: 'v2',
    plant: all => {
      the(all, 'KnativeKafka').spec.channel.bootstrapServers = 'other.example.com:9093';
    },
    want: [`P19 breaks ${kafka}: spec.channel.bootstrapServers`],
    says: 'no ServiceEntry of knative-eventing has the host other.example.com',
  },
  {
    name: 'P19: no DestinationRule without mTLS',
    on: 'v2',
    plant: all => drop(all, 'DestinationRule', 'events-kafka-bootstrap.kafka.svc.cluster.local'),
    want: [`P19 breaks ${kafka}: spec.channel.bootstrapServers`],
    says: 'no DestinationRule of knative-eventing turns off mTLS to events-kafka-bootstrap.kafka.svc.cluster.local',
  },
  {
    name: 'P20: the controller of Kafka outside the mesh',
    on: 'v2',
    plant: all => {
      workload(all, 'KnativeKafka', 'kafka-controller').labels = { [inject]: 'false' };
    },
    want: [`P20 breaks ${kafka}: spec.workloads[].labels["${inject}"]`],
    says: 'it is not "true" for kafka-controller',
  },
  {
    name: 'P21: Eventing without the mesh',
    on: 'v2',
    plant: all => {
      delete the(all, 'KnativeEventing').spec.config.features.istio;
    },
    want: [`P21 breaks ${eventing}: spec.config.features.istio`],
    says: 'it is not set',
  },
  {
    name: 'P22: a ContainerSource by annotation',
    on: 'v2',
    plant: all => {
      the(all, 'ContainerSource').spec.template.metadata = { annotations: { [inject]: 'true' } };
    },
    want: [`P22 risk ContainerSource shop/clock: spec.template.metadata.labels["${inject}"]`],
    says: 'its pods do not ask for a proxy by label',
  },
  {
    name: 'P22: the subject of a SinkBinding',
    on: 'v2',
    plant: all => {
      the(all, 'Deployment', 'orders').spec.template.metadata = {};
    },
    want: [`P22 breaks Deployment shop/orders: spec.template.metadata.labels["${inject}"]`],
    says: 'SinkBinding orders makes them send events',
  },
  {
    name: 'P22: an ApiServerSource in Service Mesh 2',
    on: 'v2',
    plant: all => all.push(object('sources.knative.dev/v1/ApiServerSource', 'events', 'shop', { spec: {} })),
    want: ['P22 risk ApiServerSource shop/events: '],
    says: 'whose template has no place for the label',
  },
  {
    name: 'P22: an EventTransform in the mesh',
    on: 'v3',
    plant: all => all.push(object('eventing.knative.dev/v1alpha1/EventTransform', 'json', 'shop', { spec: {} })),
    want: ['P22 breaks EventTransform shop/json: '],
    says: 'EventTransform is not compatible with a mesh',
  },
  {
    name: 'P24: a Helm release with a namespace of the operator',
    on: 'v2',
    plant: all =>
      annotate(the(all, 'Namespace', 'knative-eventing'), {
        'meta.helm.sh/release-name': 'mine',
        'meta.helm.sh/release-namespace': 'default',
        'helm.sh/resource-policy': undefined,
      }),
    want: ['P24 risk Namespace knative-eventing: metadata.annotations["helm.sh/resource-policy"]'],
    says: 'it belongs to Helm release default/mine, and is not kept',
    do: 'oc annotate namespace knative-eventing helm.sh/resource-policy=keep',
  },
  {
    name: 'P25: a resource that waits for its end',
    on: 'v2',
    folder: true,
    plant: all =>
      Object.assign(the(all, 'KnativeKafka').metadata, {
        deletionTimestamp: '2026-01-01T00:00:00Z',
        finalizers: ['knative-kafka-openshift'],
      }),
    want: [`P25 breaks ${kafka}: metadata.finalizers`],
    says: 'it is being deleted, and waits for knative-kafka-openshift',
  },
  {
    name: 'P26: a webhook of a former Knative',
    on: 'v2',
    plant: all =>
      all.push(hook('validation.webhook.serving.knative.dev', 'knative-serving', 'webhook', 'serving.knative.dev')),
    want: [
      'P26 breaks ValidatingWebhookConfiguration validation.webhook.serving.knative.dev: webhooks[validation.webhook.serving.knative.dev.example.com].clientConfig.service',
    ],
    says: 'behind knative-serving/webhook nothing answers',
  },
  {
    name: 'P27: Kafka without Eventing',
    on: 'v2',
    plant: all => drop(all, 'KnativeEventing'),
    want: [`P27 breaks ${kafka}: `],
    says: 'KnativeEventing knative-eventing/knative-eventing does not exist',
  },
  {
    name: 'P28: Kourier beside the mesh',
    on: 'v2',
    plant: all => {
      the(all, 'KnativeServing').spec.ingress.kourier = { enabled: true };
    },
    want: [`P28 breaks ${serving}: spec.ingress.kourier.enabled`],
    says: 'it is true beside spec.ingress.istio.enabled, and Kourier wins',
    do: '"kourier":{"enabled":false}',
  },
  {
    name: 'P28: created without an ingress',
    on: 'v3',
    plant: all => {
      const { spec } = the(all, 'KnativeServing');
      delete spec.ingress;
      delete spec.config.istio;
    },
    want: [`P28 breaks ${serving}: spec.ingress.istio.enabled`],
    says: 'the operator then takes Kourier',
  },
  {
    name: 'P29: Argo CD, without the field of the webhook',
    on: 'v2',
    plant: all =>
      annotate(the(all, 'KnativeServing'), {
        'argocd.argoproj.io/tracking-id': 'mesh:operator.knative.dev/x',
        'meta.helm.sh/release-name': undefined,
      }),
    want: [`S5 note ${serving}: metadata.annotations`, `P29 note ${serving}: spec.ingress.kourier.enabled`],
    says: 'it belongs to Argo CD (mesh)',
  },
  {
    name: 'P30: a field of another name',
    on: 'v2',
    plant: all => {
      the(all, 'KnativeServing').spec.highAvailability = { replicas: 2 };
    },
    want: [`P30 risk ${serving}: spec.highAvailability`],
    says: 'the operator has no such field',
    do: 'write high-availability, if that was meant',
  },
  {
    name: 'P30: a field of another name in KnativeKafka, and in a workload',
    on: 'v2',
    folder: true,
    plant: all => {
      the(all, 'KnativeKafka').spec.sinks = { enabled: true };
      workload(all, 'KnativeServing', 'activator').label = {};
    },
    want: [`P30 risk ${serving}: spec.workloads[name=activator].label`, `P30 risk ${kafka}: spec.sinks`],
    says: 'the operator has no such field',
    do: 'write labels',
  },
  {
    name: 'P31: both formats of config-istio',
    on: 'v2',
    plant: all => {
      the(all, 'KnativeServing').spec.config.istio['external-gateways'] =
        '- name: knative-ingress-gateway\n  namespace: knative-serving\n  service: istio-ingressgateway.istio-system.svc.cluster.local\n';
    },
    want: [`P31 breaks ${serving}: spec.config.istio`],
    says: 'it has keys of both formats',
    do: 'take out external-gateways',
  },
  {
    name: 'P33: a long request with Service Mesh 3',
    on: 'v3',
    plant: all => {
      ksvc(all).spec.template.spec.timeoutSeconds = 600;
      drop(all, 'EnvoyFilter');
    },
    want: [`P33 risk ${hello}: spec.template.spec.timeoutSeconds`],
    says: 'it is 600',
  },
  {
    name: 'P34: Knative with the gateways of another mesh',
    on: 'v2',
    plant: all => {
      for (const key of Object.keys(the(all, 'KnativeServing').spec.config.istio))
        the(all, 'KnativeServing').spec.config.istio[key] = 'istio-ingressgateway.other-mesh.svc.cluster.local';
    },
    want: [
      `P34 breaks ${serving}: spec.config.istio["gateway.knative-serving.knative-ingress-gateway"]`,
      `P34 breaks ${serving}: spec.config.istio["local-gateway.knative-serving.knative-local-gateway"]`,
    ],
    says: 'istio-ingressgateway.other-mesh.svc.cluster.local is in other-mesh, and the mesh is that of ServiceMeshControlPlane istio-system/basic',
  },
  {
    name: 'E1: the sink in the broker',
    on: 'v2',
    folder: true,
    plant: all => {
      const { spec } = the(all, 'KnativeKafka');
      spec.broker.sink = { enabled: true };
      delete spec.sink;
    },
    want: [`E1 breaks ${kafka}: spec.broker.sink`],
    says: 'the API has no such field',
    do: `oc patch knativekafka -n knative-eventing knative-kafka --type merge -p '{"spec":{"sink":{"enabled":true}}}'`,
  },
  {
    name: 'E1: the sink that the API server dropped',
    on: 'v2',
    plant: all => {
      delete the(all, 'KnativeKafka').spec.sink;
      annotate(the(all, 'KnativeKafka'), {
        'kubectl.kubernetes.io/last-applied-configuration': '{"spec":{"broker":{"sink":{"enabled":true}}}}',
      });
    },
    want: [`E1 breaks ${kafka}: spec.broker.sink`],
    says: 'it was applied, and the API server dropped it',
  },
  {
    name: 'E2: one port name twice',
    on: 'v2',
    plant: all => {
      const { ports } = the(all, 'ServiceEntry').spec;
      ports[1].name = ports[0].name;
    },
    want: ['E2 breaks ServiceEntry knative-eventing/kafka-cluster: spec.ports[].name'],
    says: 'have one name',
  },
  {
    name: 'E4: monitoring by the label name',
    on: 'v2',
    plant: all =>
      all.push(
        object('networking.k8s.io/v1/NetworkPolicy', 'monitoring', 'knative-serving', {
          spec: {
            podSelector: {},
            ingress: [{ from: [{ namespaceSelector: { matchLabels: { name: 'openshift-monitoring' } } }] }],
          },
        }),
      ),
    want: ['E4 risk NetworkPolicy knative-serving/monitoring: spec.ingress[0].from[0].namespaceSelector.matchLabels'],
    says: 'it selects name: openshift-monitoring',
  },
  {
    name: 'E5: addresses of Service Mesh 2 with Service Mesh 3',
    on: 'v3',
    plant: all => {
      const { istio } = the(all, 'KnativeServing').spec.config;
      istio['gateway.knative-serving.knative-ingress-gateway'] = 'istio-ingressgateway.istio-system.svc.cluster.local';
    },
    want: [`E5 breaks ${serving}: spec.config.istio["gateway.knative-serving.knative-ingress-gateway"]`],
    says: 'istio-ingressgateway.istio-system.svc.cluster.local is a gateway of Service Mesh 2',
    do: '"knative-istio-ingressgateway.knative-serving-ingress.svc.cluster.local"',
  },
  {
    name: 'E8: the annotation on workloads, Service Mesh 2',
    on: 'v2',
    plant: all => {
      workload(all, 'KnativeServing', 'activator').labels = undefined;
      workload(all, 'KnativeServing', 'activator').annotations[inject] = 'true';
    },
    want: [`E8 risk ${serving}: spec.workloads[].annotations["${inject}"]`],
    says: 'activator ask for the proxy by annotation',
  },
  {
    name: 'E8: the annotation on a Knative Service, Service Mesh 3',
    on: 'v3',
    plant: all => {
      ksvc(all).spec.template.metadata = { annotations: { [inject]: 'true' } };
      the(all, 'Namespace', 'shop').metadata.labels = {};
    },
    want: [
      `E8 breaks ${hello}: spec.template.metadata.labels["${inject}"]`,
      'S20 risk ContainerSource shop/clock: spec.sink.ref',
      'S20 risk SinkBinding shop/orders: spec.sink.ref',
      'S20 risk Trigger shop/hello: spec.subscriber.ref',
    ],
    says: 'stands among the annotations',
  },
  {
    name: 'E8: a Knative Service without a label',
    on: 'v2',
    plant: all => {
      ksvc(all).spec.template.metadata = {};
    },
    want: [`E8 breaks ${hello}: spec.template.metadata.labels["${inject}"]`],
    says: 'its pods do not ask for a proxy',
    do: 'oc patch service.serving.knative.dev -n shop hello',
  },
  {
    name: 'E10: Kourier before the mesh',
    on: 'v2',
    plant: all => {
      const { spec } = the(all, 'KnativeServing');
      spec.ingress = { kourier: { enabled: true } };
      delete spec.config.istio;
    },
    want: [`E10 note ${serving}: spec.ingress`],
    says: 'requests come in through Kourier, and Knative Services are in a mesh',
  },
  {
    name: 'S1: no operator',
    on: 'v2',
    plant: all => drop(all, 'ClusterServiceVersion', 'servicemeshoperator.v2.6.0'),
    want: ['S1 breaks ClusterServiceVersion openshift-operators/servicemeshoperator.v*: '],
    says: 'the operator of OpenShift Service Mesh 2 is not there',
  },
  {
    name: 'S1: an operator that failed',
    on: 'v2',
    plant: all => {
      all[all.indexOf(the(all, 'ClusterServiceVersion', 'serverless-operator.v1.37.0'))] = csv(
        'serverless-operator.v1.37.0',
        'openshift-serverless',
        'Failed',
      );
    },
    want: ['S1 breaks ClusterServiceVersion openshift-serverless/serverless-operator.v1.37.0: status.phase'],
    says: 'it is Failed',
  },
  {
    name: 'S3: half an installation',
    on: 'v2',
    plant: all => drop(all, 'ServiceMeshControlPlane'),
    want: [`S3 breaks ${serving}: spec.ingress.istio.enabled`],
    says: 'there is no control plane',
  },
  {
    name: 'S3: gateways without Knative Serving',
    on: 'v2',
    plant: all => drop(all, 'KnativeServing'),
    want: [`S3 breaks ${serving}: `],
    says: 'though Gateway knative-ingress-gateway and knative-local-gateway in knative-serving are for it',
    do: 'delete the gateways',
  },
  {
    name: 'S3: gateways without Knative Serving, in a folder that need not have it',
    on: 'v3',
    folder: true,
    plant: all => {
      drop(all, 'KnativeServing');
      drop(all, 'Gateway', 'knative-local-gateway');
    },
    want: [`S3 risk ${serving}: `],
    says: 'Gateway knative-ingress-gateway in knative-serving is for it',
  },
  {
    name: 'S3: no CNI plugin',
    on: 'v3',
    plant: all => drop(all, 'IstioCNI'),
    want: ['S3 breaks IstioCNI default: '],
    says: 'it does not exist',
  },
  {
    name: 'S4: two meshes, and no word which is meant',
    on: 'v2',
    plant: all => {
      const other = structuredClone(the(all, 'ServiceMeshControlPlane'));
      other.metadata = { name: 'other', namespace: 'other-mesh' };
      all.push(other);
      the(all, 'KnativeServing').spec.config.istio = {};
    },
    want: [`S4 breaks ${serving}: spec.config.istio`],
    says: 'there are several meshes (ServiceMeshControlPlane istio-system/basic, ServiceMeshControlPlane other-mesh/other)',
  },
  {
    name: 'S4: not where the gateways say which is meant',
    on: 'v2',
    plant: all => {
      const other = structuredClone(the(all, 'ServiceMeshControlPlane'));
      other.metadata = { name: 'other', namespace: 'other-mesh' };
      all.push(other);
    },
    want: [],
    says: '',
  },
  {
    name: 'S11: a second Knative Serving',
    on: 'v2',
    folder: true,
    plant: all => {
      const other = structuredClone(the(all, 'KnativeServing'));
      other.metadata = { name: 'knative-serving' };
      all.push(other);
    },
    want: ['S11 breaks KnativeServing knative-serving: metadata.namespace'],
    says: 'it is not set, and must be knative-serving',
  },
  {
    name: 'S5: a foreign owner',
    on: 'v2',
    plant: all => {
      const { metadata } = the(all, 'ServiceMeshControlPlane');
      metadata.annotations = {};
      metadata.labels = {};
      metadata.ownerReferences = [{ kind: 'FeatureTracker', name: 'mesh' }];
    },
    want: [`S5 note ${basic}: metadata.ownerReferences`],
    says: 'it belongs to FeatureTracker mesh',
  },
  {
    name: 'S6: a resource that is not Ready',
    on: 'v2',
    plant: all => {
      the(all, 'KnativeServing').status = {
        conditions: [{ type: 'Ready', status: 'False', reason: 'Error', message: 'no' }],
      };
    },
    want: [`S6 breaks ${serving}: status`],
    says: 'it is not Ready: Ready Error no',
  },
  {
    name: 'S7: mTLS is off',
    on: 'v2',
    plant: all => {
      the(all, 'ServiceMeshControlPlane').spec.security.dataPlane.mtls = false;
    },
    want: [`S7 breaks ${basic}: spec.security.dataPlane.mtls`],
    says: 'it is false',
  },
  {
    name: 'S7: Service Mesh 3 without STRICT',
    on: 'v3',
    plant: all => drop(all, 'PeerAuthentication', 'mesh-mtls'),
    want: ['S7 risk PeerAuthentication istio-system/mesh-mtls: '],
    says: 'no PeerAuthentication asks for STRICT',
  },
  {
    name: 'S8: a short drain',
    on: 'v3',
    plant: all => {
      the(all, 'Istio').spec.values.meshConfig.defaultConfig.terminationDrainDuration = '5s';
    },
    want: ['S8 risk Istio default: spec.values.meshConfig.defaultConfig.terminationDrainDuration'],
    says: 'it is 5s',
  },
  {
    name: 'S10: a namespace on two rolls',
    on: 'v2',
    plant: all =>
      all.push(
        namespace('other-mesh'),
        object('maistra.io/v1/ServiceMeshMemberRoll', 'default', 'other-mesh', {
          spec: { members: ['shop'] },
          status: { conditions: [{ type: 'Ready', status: 'True' }] },
        }),
      ),
    want: ['S10 breaks ServiceMeshMemberRoll other-mesh/default: spec.members'],
    says: 'namespace shop is on the roll of istio-system and of other-mesh',
  },
  {
    name: 'S13: all of Knative Serving is injected',
    on: 'v3',
    plant: all => {
      the(all, 'Namespace', 'knative-serving').metadata.labels = { 'istio-injection': 'enabled' };
    },
    want: ['S13 risk Namespace knative-serving: metadata.labels'],
    says: 'it is labelled for injection, also of its pods that talk to the API server',
  },
  {
    name: 'S14: the gateway is exposed',
    on: 'v3',
    plant: all => {
      the(all, 'Service', 'knative-istio-ingressgateway').spec.type = 'LoadBalancer';
    },
    want: ['S14 risk Service knative-serving-ingress/knative-istio-ingressgateway: spec.type'],
    says: 'it is LoadBalancer',
  },
  {
    name: 'S15: a route of a former mesh',
    on: 'v3',
    plant: all =>
      all.push(
        object('route.openshift.io/v1/Route', 'route-1', 'istio-system', {
          metadata: { labels: { 'serving.knative.openshift.io/ingressName': 'hello' } },
          spec: { host: 'hello-shop.apps.example.com' },
        }),
      ),
    want: ['S15 breaks Route istio-system/route-1: metadata.namespace'],
    says: 'it keeps the host hello-shop.apps.example.com',
  },
  {
    name: 'S16: the Secret of a domain mapping without the label',
    on: 'v2',
    plant: all => {
      the(all, 'Secret', 'shop-tls').metadata.labels = {};
    },
    want: ['S16 risk Secret shop/shop-tls: metadata.labels["networking.internal.knative.dev/certificate-uid"]'],
    says: 'DomainMapping shop/shop.example.com names the Secret',
    do: 'oc label secret -n shop shop-tls networking.internal.knative.dev/certificate-uid=shop-tls',
  },
  {
    name: 'S17, S20: a namespace outside the mesh',
    on: 'v2',
    plant: all => {
      const { members } = the(all, 'ServiceMeshMemberRoll').spec;
      members.splice(members.indexOf('shop'), 1);
    },
    want: ['S20 breaks Trigger shop/hello: spec.subscriber.ref', `S17 risk ${hello}: metadata.namespace`],
    says: 'Service shop/hello is outside the mesh, and Knative Eventing in it',
  },
  {
    name: 'S18: a dispatcher of Eventing outside the mesh',
    on: 'v3',
    plant: all => {
      delete workload(all, 'KnativeEventing', 'imc-dispatcher').labels;
    },
    want: [`S18 breaks ${eventing}: spec.workloads[].labels["${inject}"]`],
    says: 'it is not "true" for imc-dispatcher',
  },
  {
    name: 'S19: no pass-through',
    on: 'v2',
    plant: all => {
      ksvc(all).metadata.annotations = {};
    },
    want: [`S19 risk ${hello}: metadata.annotations["serving.knative.openshift.io/enablePassthrough"]`],
    says: 'it is not set, so that the router of OpenShift ends TLS',
  },
  {
    name: 'S19: no pass-through, and the gateway asks for certificates of clients',
    on: 'v2',
    plant: all => {
      ksvc(all).metadata.annotations = {};
      the(all, 'Gateway', 'knative-ingress-gateway').spec.servers[0].tls.mode = 'MUTUAL';
    },
    want: [`S19 breaks ${hello}: metadata.annotations["serving.knative.openshift.io/enablePassthrough"]`],
    says: 'sees none',
  },
  {
    name: 'S20: a sink outside the mesh, by its URI',
    on: 'v2',
    plant: all => {
      the(all, 'ContainerSource').spec.sink = { uri: 'http://mail.office.svc.cluster.local/events' };
    },
    want: ['S20 breaks ContainerSource shop/clock: spec.sink.uri'],
    says: 'mail.office.svc.cluster.local is outside the mesh, and its pods in shop in it',
  },
  {
    name: 'S2: a version of before',
    on: 'v2',
    folder: true,
    plant: all =>
      all.push(object('operator.knative.dev/v1alpha1/KnativeServing', 'old', 'knative-serving', { spec: {} })),
    want: ['S2 risk KnativeServing knative-serving/old: apiVersion'],
    says: 'version operator.knative.dev/v1alpha1 is not known',
  },
];
