import { choice, grammar, list, pem, section, text } from './field.ts';

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
    tls: section(
      { title: 'Certificate', description: 'The wildcard certificate that encrypts traffic from outside the cluster.' },
      {
        secretName: text({
          title: 'Name of the Secret',
          description: 'Secret of type kubernetes.io/tls in mesh.namespace.',
          default: 'wildcard-certs',
          ...grammar.dnsName,
        }),
        source: choice(['existing', 'inline'], {
          title: 'Source',
          description:
            'existing: you create the Secret, for example with serverless-mesh certificates. inline: the chart creates it from gateway.tls.inline.',
          default: 'existing',
        }),
        inline,
      },
    ),
  },
);
