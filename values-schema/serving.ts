import { choice, flag, freeText, grammar, map, section, text } from './field.ts';
import { highAvailability, workloadResources } from './workloads.ts';

/** Further Knative configuration, by ConfigMap. */
const config = (what: string, example: string) =>
  map(
    {
      pattern: '^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$',
      maxLength: 63,
      hint: 'the name of a Knative ConfigMap without its prefix config-, for example network',
    },
    map(
      grammar.configKey,
      text({
        title: 'Value',
        description: 'Value of the key. Numbers and true or false in quotes.',
        ...freeText,
      }),
      { title: 'ConfigMap', description: 'Keys and values of one ConfigMap.', minProperties: 1 },
    ),
    {
      title: `Further configuration of ${what}`,
      description: `Settings of ${what} by ConfigMap and key, for example ${example}. Keys that this chart sets are refused.`,
      default: {},
    },
  );

export const serving = section(
  { title: 'Knative Serving', description: 'The KnativeServing resource and what it needs from the mesh.' },
  {
    enabled: flag({
      title: 'Install Knative Serving',
      description: 'Create the KnativeServing resource with its gateways. Without it, the mesh stays for Eventing.',
      default: true,
    }),
    ingress: choice(['istio', 'kourier'], {
      title: 'Ingress',
      description:
        'Who receives requests: istio, through the gateways of the mesh with mTLS; or kourier, where only your own namespaces are in the mesh and Knative itself is not.',
      default: 'istio',
    }),
    secretInformerFiltering: choice(['operatorDefault', 'enabled', 'disabled'], {
      title: 'Secret filtering of net-istio',
      description:
        'Whether net-istio-controller watches only Secrets with the label networking.internal.knative.dev/certificate-uid, which saves memory on large clusters. The operator does so by default from v1.32 on.',
      default: 'operatorDefault',
    }),
    metrics: section(
      {
        title: 'Metrics',
        description: 'Metrics of Knative Serving for the cluster monitoring, which is not part of the mesh.',
      },
      {
        enabled: flag({
          title: 'Enable metrics',
          description:
            'Switch on the metrics that are off by default under mTLS, and admit Prometheus to knative-serving.',
          default: false,
        }),
      },
    ),
    highAvailability: highAvailability(
      'Knative Serving',
      'openshift-docs modules/serverless-config-replicas-serving.adoc',
    ),
    resources: workloadResources(
      'Knative Serving',
      '[{workload: activator, container: activator, requests: {cpu: 300m, memory: 60Mi}}]',
    ),
    config: config('Knative Serving', 'network: {domain-template: "{{.Name}}.{{.Domain}}"}'),
  },
);

export const eventing = section(
  { title: 'Knative Eventing', description: 'The KnativeEventing resource.' },
  {
    enabled: flag({
      title: 'Install Knative Eventing',
      description: 'Create the KnativeEventing resource.',
      default: true,
    }),
    highAvailability: highAvailability(
      'Knative Eventing',
      'openshift-docs modules/serverless-config-replicas-eventing.adoc',
    ),
    resources: workloadResources(
      'Knative Eventing',
      '[{workload: mt-broker-ingress, container: ingress, limits: {memory: 1Gi}}]',
    ),
    config: config('Knative Eventing', 'features: {delivery-timeout: enabled}'),
  },
);
