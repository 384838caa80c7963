/** Verify: the release and Knative. */
import { csv, object, wildcardSecret } from './healthy.ts';
import { add, change, type Row, remove } from './rows.ts';
import { withObjects } from './run.ts';

const failing = (reason: string) => [
  { type: 'Ready', status: 'False', reason, message: 'line one\nline two' },
  { type: 'Installed', status: 'True' },
];
const upgrade = 'run helm upgrade with these values';
const changedBy = `${upgrade}, or see who changed it`;

const isolated = { isolation: { enabled: true } };
const widened = (place: string, name: string) =>
  `AuthorizationPolicy ${place}/${name}: its spec has more than the release put there, and so may allow other calls; take away what was added: oc edit authorizationpolicy -n ${place} ${name}`;

export const releaseRows: readonly Row[] = [
  {
    name: 'an operator of another release',
    check: 'serverless-operator',
    spoil: all =>
      withObjects(
        remove('ClusterServiceVersion', 'serverless-operator.v1.37.2')(all),
        csv('serverless-operator.v1.36.0', 'openshift-serverless'),
      ),
    want: [
      'serverless.release is v1.37, but serverless-operator.v1.36.0 is installed; set serverless.release to v1.36',
    ],
  },
  {
    name: 'an operator that fails',
    check: 'mesh-operator',
    spoil: add(csv('servicemeshoperator.v2.6.11', 'openshift-operators', 'Failed')),
    want: [
      'servicemeshoperator.v2.6.11 is Failed; wait, or see oc describe csv -n openshift-operators servicemeshoperator.v2.6.11',
    ],
  },
  {
    name: 'an object that is absent',
    check: 'release-objects',
    spoil: remove('ServiceEntry'),
    want: [`ServiceEntry knative-eventing/kafka-cluster does not exist; ${upgrade}`],
  },
  {
    name: 'a member roll that lists others, too, and lacks one',
    check: 'release-objects',
    spoil: change('ServiceMeshMemberRoll', 'default', o => {
      o.spec.members = ['theirs', 'knative-serving', 'knative-eventing'];
    }),
    want: [
      `ServiceMeshMemberRoll istio-system/default lacks shop; ${changedBy}`,
      'ServiceMeshMemberRoll istio-system/default lists theirs, too, which the values do not; add it to mesh.members, or take it out: oc edit servicemeshmemberroll -n istio-system default',
    ],
  },
  {
    name: 'a member roll in another order',
    check: 'release-objects',
    spoil: change('ServiceMeshMemberRoll', 'default', o => o.spec.members.reverse()),
    want: [],
  },
  {
    name: 'a field that the API dropped',
    check: 'release-objects',
    spoil: change('KnativeKafka', 'knative-kafka', o => {
      delete o.spec.sink;
    }),
    want: [
      `KnativeKafka knative-eventing/knative-kafka: spec.sink is not set, and must be {"enabled":true}; ${changedBy}`,
    ],
  },
  {
    name: 'a field that somebody changed, and others that the cluster added',
    check: 'release-objects',
    spoil: change('Gateway', 'knative-local-gateway', o => {
      o.spec.servers[0].port.number = 80;
      o.spec.servers[0].port.targetPort = 1;
      o.metadata.resourceVersion = '12';
    }),
    want: [
      `Gateway knative-serving/knative-local-gateway: spec.servers[0].port.number is 80, and must be 8081; ${changedBy}`,
    ],
  },
  {
    name: 'a Gateway that Istio refuses, which is not that of gateway.networking.k8s.io',
    check: 'release-objects',
    spoil: change('Gateway', 'knative-local-gateway', o => {
      o.status = { validationMessages: [{ level: 'ERROR', type: { name: 'Refused' } }] };
    }),
    want: [
      'Istio refuses Gateway knative-serving/knative-local-gateway: Refused; see oc describe gateway.networking.istio.io -n knative-serving knative-local-gateway',
    ],
  },
  {
    name: 'a policy that is absent, and one that lost a rule',
    check: 'release-objects',
    values: isolated,
    spoil: all =>
      change('AuthorizationPolicy', 'allow-traffic-to-activator', o => {
        o.spec.rules[0].from[0].source.namespaces = ['knative-serving'];
      })(remove('AuthorizationPolicy', 'allow-traffic-to-autoscaler')(all)),
    want: [
      `AuthorizationPolicy knative-serving/allow-traffic-to-activator: spec.rules[0].from[0].source.namespaces is ["knative-serving"], and must be ["knative-serving","istio-system"]; ${changedBy}`,
      `AuthorizationPolicy knative-serving/allow-traffic-to-autoscaler does not exist; ${upgrade}`,
    ],
  },
  {
    name: 'policies that somebody widened: by a source, and by a rule for everyone',
    check: 'release-objects',
    values: isolated,
    spoil: all =>
      change('AuthorizationPolicy', 'allow-traffic-to-activator', o => {
        o.spec.rules[0].from[0].source.namespaces.push('shop');
      })(
        change('AuthorizationPolicy', 'deny-all-by-default', o => {
          if (o.metadata.namespace === 'knative-eventing') o.spec.rules = [{}];
        })(all),
      ),
    want: [
      widened('knative-serving', 'allow-traffic-to-activator'),
      widened('knative-eventing', 'deny-all-by-default'),
    ],
  },
  {
    name: 'an empty policy, of which the API server kept no spec',
    check: 'release-objects',
    values: isolated,
    spoil: change('AuthorizationPolicy', 'deny-all-by-default', o => {
      delete o.spec;
    }),
    want: [],
  },
  {
    name: 'an object that Istio refuses',
    check: 'release-objects',
    spoil: change('ServiceEntry', 'kafka-cluster', o => {
      o.status = { validationMessages: [{ level: 'ERROR', type: { name: 'SchemaValidationError' } }] };
    }),
    want: [
      'Istio refuses ServiceEntry knative-eventing/kafka-cluster: SchemaValidationError; see oc describe serviceentry -n knative-eventing kafka-cluster',
    ],
  },
  {
    name: 'a Job that failed',
    check: 'wait-job',
    spoil: add(
      object('batch/v1/Job', 'serverless-mesh-wait', 'istio-system', {
        status: {
          conditions: [{ type: 'Failed', status: 'True', message: 'Job was active longer than specified deadline' }],
        },
      }),
    ),
    want: [
      'Job istio-system/serverless-mesh-wait failed: Job was active longer than specified deadline; see what it waited for: oc logs -n istio-system job/serverless-mesh-wait',
    ],
  },
  {
    name: 'Knative Serving that failed, of another version',
    check: 'knative-serving',
    spoil: change('KnativeServing', 'knative-serving', o => {
      o.status = { version: '1.16.0', conditions: failing('Install failed') };
    }),
    want: [
      'KnativeServing knative-serving/knative-serving is not Ready: Ready Install failed line one line two; wait, or see oc describe -n knative-serving knativeserving knative-serving',
      'knative-serving has version 1.16, and Serverless v1.37 carries 1.17; set serverless.release to that of the installed operator, or wait for its upgrade',
    ],
  },
  {
    name: 'no Knative Eventing',
    check: 'knative-eventing',
    spoil: remove('KnativeEventing'),
    want: [`KnativeEventing knative-eventing/knative-eventing does not exist; ${upgrade}`],
  },
  {
    name: 'Knative Kafka without a status',
    check: 'knative-kafka',
    spoil: change('KnativeKafka', 'knative-kafka', o => {
      delete o.status;
    }),
    want: [
      'KnativeKafka knative-eventing/knative-kafka is not Ready: it has no status yet; wait, or see oc describe -n knative-eventing knativekafka knative-kafka',
    ],
  },
  {
    name: 'config-istio without one of its gateways',
    check: 'knative-serving-config',
    spoil: change('ConfigMap', 'config-istio', o => {
      delete o.data['local-gateway.knative-serving.knative-local-gateway'];
    }),
    want: [
      'ConfigMap knative-serving/config-istio: local-gateway.knative-serving.knative-local-gateway is not set, and must be knative-local-gateway.istio-system.svc.cluster.local; wait, or see oc describe knativeserving -n knative-serving',
    ],
  },
  {
    name: 'a name in eventing.config that is no ConfigMap',
    check: 'knative-eventing-config',
    values: { eventing: { config: { featurez: { a: 'b' } } } },
    spoil: remove('ConfigMap', 'config-featurez'),
    want: [
      'ConfigMap knative-eventing/config-featurez does not exist; correct the name featurez in the values, or wait',
    ],
  },
  {
    name: 'an eventing-istio-controller without replicas',
    check: 'eventing-istio',
    spoil: change('Deployment', 'eventing-istio-controller', o => {
      o.spec.replicas = 0;
    }),
    want: [
      'Deployment knative-eventing/eventing-istio-controller has no replicas; set config.features.istio of KnativeEventing to enabled',
    ],
  },
  {
    name: 'a Certificate that cert-manager has not issued',
    check: 'issued-certificate',
    values: { gateway: { tls: { source: 'certManager', certManager: { issuer: { name: 'company' } } } } },
    want: [
      'Certificate istio-system/wildcard-certs is not Ready: it has no status yet; wait, or see oc describe -n istio-system certificate.cert-manager.io wildcard-certs',
    ],
  },
  {
    name: "a Secret that is not the router's",
    check: 'copied-certificate',
    values: { gateway: { tls: { source: 'clusterIngress' } } },
    spoil: async all =>
      withObjects(all, await wildcardSecret({ key: 'another' }, 'openshift-ingress', 'router-certs-default')),
    want: [
      `Secret istio-system/wildcard-certs is not the certificate that openshift-ingress/router-certs-default holds now; ${upgrade}: its Job copies it again`,
    ],
  },
];
