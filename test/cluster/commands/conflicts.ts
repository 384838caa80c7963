/** What may be in the way of an install of `prod`, and what preflight says of it. */
import type { Values } from '../../../generator/values/maps.ts';
import { object } from '../../cluster-commands/healthy.ts';
import type { KubeObject } from '../objects.ts';
import { operatorCsv, serverlessCsv } from './openshift.ts';

export interface Conflict {
  readonly name: string;
  readonly check: string;
  readonly put?: readonly KubeObject[];
  readonly without?: readonly KubeObject[];
  readonly values?: Values;
  readonly want: RegExp;
}

const any443 = { port: { number: 443, name: 'https', protocol: 'HTTPS' }, hosts: ['*'], tls: { mode: 'PASSTHROUGH' } };
const gateway = (name: string, namespace: string) =>
  object('networking.istio.io/v1beta1/Gateway', name, namespace, {
    spec: { selector: { istio: 'ingressgateway' }, servers: [any443] },
  });
const role = 'knative-serving-aggregated-addressable-resolver';
const old = 'kafka';

export const conflicts: readonly Conflict[] = [
  {
    name: 'a foreign Gateway for host * in a member',
    check: 'gateway-conflict',
    put: [gateway('theirs', 'orders')],
    want: /^Gateway orders\/theirs of the same mesh already serves host \* on port 443; narrow its hosts or gateway\.hosts/,
  },
  {
    name: 'an object of the release that another Helm release has',
    check: 'release-objects',
    put: [
      object('networking.istio.io/v1beta1/Gateway', 'knative-ingress-gateway', 'knative-serving', {
        metadata: {
          labels: { 'app.kubernetes.io/managed-by': 'Helm' },
          annotations: { 'meta.helm.sh/release-name': 'old', 'meta.helm.sh/release-namespace': 'default' },
        },
        spec: { servers: [any443] },
      }),
    ],
    want: /^Gateway knative-serving\/knative-ingress-gateway exists already, and belongs to Helm release default\/old; to adopt it: helm uninstall old -n default, or keep/,
  },
  {
    name: 'an operator of another release',
    check: 'serverless-operator',
    put: [operatorCsv('serverless-operator.v1.36.1', 'openshift-serverless')],
    without: [serverlessCsv],
    want: /^serverless\.release is v1\.35, but serverless-operator\.v1\.36\.1 is installed; set serverless\.release to v1\.36$/m,
  },
  {
    name: 'another control plane in the namespace',
    check: 'control-plane',
    put: [object('maistra.io/v2/ServiceMeshControlPlane', 'theirs', 'istio-system', { spec: { version: 'v2.6' } })],
    want: /^istio-system already has ServiceMeshControlPlane theirs, and may have one only; set mesh\.controlPlane\.create to false/,
  },
  {
    name: 'the wrong domain',
    check: 'apps-domain',
    put: [
      object('config.openshift.io/v1/Ingress', 'cluster', undefined, { spec: { domain: 'apps.other.example.com' } }),
    ],
    want: /^cluster\.appsDomain is apps\.prod\.example\.com, and the cluster has apps\.other\.example\.com; set cluster\.appsDomain to/,
  },
  {
    name: 'an empty ClusterRole of a former Knative',
    check: 'left-roles',
    put: [object('rbac.authorization.k8s.io/v1/ClusterRole', role, undefined, { rules: [] })],
    want: new RegExp(`^ClusterRole ${role} has no rules, .*; oc delete clusterrole ${role}$`),
  },
  {
    name: 'a webhook of an earlier mesh',
    check: 'webhooks',
    put: [
      object('v1/Service', 'istiod-old', old, { spec: { ports: [{ port: 443 }], selector: { app: 'nobody' } } }),
      object('admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration', 'istiod-old', undefined, {
        webhooks: [
          {
            name: 'old.istio.io',
            failurePolicy: 'Fail',
            sideEffects: 'None',
            admissionReviewVersions: ['v1'],
            clientConfig: { service: { namespace: old, name: 'istiod-old' } },
            // Of a kind that nobody writes meanwhile, for it is refused.
            rules: [
              {
                apiGroups: ['networking.istio.io'],
                apiVersions: ['*'],
                resources: ['workloadgroups'],
                operations: ['CREATE'],
              },
            ],
          },
        ],
      }),
    ],
    want: /^ValidatingWebhookConfiguration istiod-old asks Service kafka\/istiod-old, behind which nothing answers; .*oc delete validatingwebhookconfiguration istiod-old$/,
  },
  {
    name: 'an exposed gateway',
    check: 'exposed-gateway',
    put: [
      object('v1/Service', 'istio-ingressgateway', 'istio-system', {
        spec: { type: 'NodePort', ports: [{ name: 'https', port: 443 }], selector: { istio: 'ingressgateway' } },
      }),
    ],
    want: /^Service istio-system\/istio-ingressgateway is of type NodePort, which is not supported with Serverless; make it ClusterIP/,
  },
  {
    name: 'a member that is in another mesh',
    check: 'other-mesh',
    put: [
      object('maistra.io/v1/ServiceMeshMember', 'default', 'orders', {
        spec: { controlPlaneRef: { name: 'far', namespace: 'far-mesh' } },
      }),
    ],
    want: /^namespace orders is claimed by its ServiceMeshMember default in the mesh of far-mesh; take it out there first/,
  },
  {
    name: 'a member that does not exist',
    check: 'member-namespaces',
    values: { mesh: { members: ['orders', 'nowhere'] } },
    want: /^namespace nowhere of mesh\.members does not exist; oc create namespace nowhere$/,
  },
  {
    name: 'a port that Kafka does not have',
    check: 'kafka',
    values: { kafka: { bootstrapServers: ['events-kafka-bootstrap.kafka.svc.cluster.local:9094'] } },
    want: /: Service kafka\/events-kafka-bootstrap has no port 9094; write one of its ports in kafka\.bootstrapServers$/,
  },
];
