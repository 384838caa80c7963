import { choice, flag, grammar, integer, list, optional, pem, section, text } from './field.ts';

const inline = section(
  {
    title: 'Inline certificate',
    description: 'The certificate and its key as values. They also stay in the Secret in which Helm keeps the release.',
  },
  {
    certificate: pem({
      title: 'Certificate',
      description: 'PEM of the wildcard certificate, followed by its intermediate certificates.',
    }),
    privateKey: pem({
      title: 'Private key',
      description:
        'PEM of its private key. Prefer source existing: this value also stays in the Secret in which Helm keeps the release.',
      secret: true,
    }),
  },
);

const issuer = section(
  {
    title: 'Issuer',
    description: 'Who signs the certificate. A kind Issuer must be in the namespace of the gateway pods.',
  },
  {
    group: text({
      title: 'API group',
      description: 'API group of the issuer; that of an external issuer, or cert-manager.io.',
      default: 'cert-manager.io',
      ...grammar.dnsName,
    }),
    kind: text({
      title: 'Kind',
      description: 'Kind of the issuer, for example ClusterIssuer or Issuer.',
      default: 'ClusterIssuer',
      pattern: '^[A-Z][A-Za-z0-9]{0,62}$',
      maxLength: 63,
      hint: 'the name of a kind, for example ClusterIssuer',
    }),
    name: text({
      title: 'Name',
      description:
        'Name of the issuer. Empty means that the chart makes a self-signed root and an Issuer that signs with it; your clients then must trust that root.',
      default: '',
      ...optional(grammar.dnsName),
    }),
  },
);

const tls = section(
  { title: 'Certificate', description: 'The wildcard certificate that encrypts traffic from outside the cluster.' },
  {
    secretName: text({
      title: 'Name of the Secret',
      description:
        'Secret of type kubernetes.io/tls in the namespace of the gateway pods: mesh.namespace (v2), or knative-serving-ingress (v3).',
      default: 'wildcard-certs',
      ...grammar.dnsName,
    }),
    source: choice(['existing', 'inline', 'certManager', 'clusterIngress'], {
      title: 'Source',
      description:
        "existing: you create the Secret, for example with serverless-mesh certificates. inline: the chart creates it from gateway.tls.inline. certManager: cert-manager issues it for cluster.appsDomain. clusterIngress: the Job after install and upgrade copies the router's default certificate.",
      default: 'existing',
    }),
    inline,
    certManager: section(
      { title: 'cert-manager', description: 'With source certManager: who issues the certificate.' },
      { issuer },
    ),
    clusterIngress: section(
      { title: 'Certificate of the router', description: 'With source clusterIngress: which Secret is copied.' },
      {
        secretName: text({
          title: 'Name of the Secret',
          description:
            'Secret in openshift-ingress: that of spec.defaultCertificate of the default IngressController, or router-certs-default where it names none.',
          default: 'router-certs-default',
          ...grammar.dnsName,
        }),
      },
    ),
  },
);

const quantity = (title: string, description: string, value: string) =>
  text({ title, description: `${description} Empty leaves it out.`, default: value, ...optional(grammar.quantity) });

export const gateway = section(
  { title: 'Ingress gateway', description: 'Where requests from outside the cluster enter the mesh.' },
  {
    hosts: list(text({ title: 'Host', description: 'Host name, *. and a domain, or *.', ...grammar.gatewayHost }), {
      title: 'Hosts',
      description:
        'Hosts that the ingress gateway serves on port 443. Narrow it, for example to *.apps.example.com, where another Gateway of the same mesh serves *.',
      default: ['*'],
      minItems: 1,
      maxItems: 100,
      uniqueItems: true,
    }),
    tls,
    local: section(
      { title: 'Local gateway', description: 'Where requests to cluster-local URLs go.' },
      {
        tls: choice(['plain', 'mutual'], {
          title: 'Encryption',
          description:
            'Service Mesh 3 only; with Service Mesh 2 it is always mutual. plain: as documented, callers send HTTP to the gateway; a NetworkPolicy admits the namespaces of the mesh only. mutual: callers must be in the mesh and send its certificate.',
          default: 'plain',
        }),
      },
    ),
    autoscaling: section(
      { title: 'Autoscaling', description: 'How many pods of the ingress gateway there are, by their use of CPU.' },
      {
        minReplicas: integer({
          title: 'Least pods',
          description: 'Least number of pods. With one, requests fail while it moves to another node.',
          default: 2,
          minimum: 1,
          maximum: 1000,
        }),
        maxReplicas: integer({
          title: 'Most pods',
          description: 'Greatest number of pods.',
          default: 5,
          minimum: 1,
          maximum: 1000,
        }),
      },
    ),
    resources: section(
      { title: 'Resources', description: 'Resources of each pod of the ingress gateway.' },
      {
        requests: section(
          { title: 'Requests', description: 'What each pod reserves.' },
          {
            cpu: quantity('CPU', 'CPU that a pod reserves; autoscaling is relative to it.', '100m'),
            memory: quantity('Memory', 'Memory that a pod reserves.', '128Mi'),
          },
        ),
        limits: section(
          { title: 'Limits', description: 'What each pod may use at most.' },
          {
            cpu: quantity('CPU', 'CPU that a pod may use at most.', '2'),
            memory: quantity('Memory', 'Memory that a pod may use at most.', '1Gi'),
          },
        ),
      },
    ),
    disableStreamIdleTimeout: flag({
      title: 'No limit for silent requests',
      description:
        'Let requests be silent for more than 300 seconds, which the proxies of the whole mesh would end otherwise. The route of a Knative Service may have a limit of its own.',
      default: false,
    }),
  },
);
