import { grammar, list, section, text } from './field.ts';

const mapping = section(
  { title: 'Domain mapping', description: 'A domain, and the Knative Service that it leads to.' },
  {
    host: text({
      title: 'Host',
      description: 'The domain, for example shop.example.com. Its DNS name must lead to the router of OpenShift.',
      ...grammar.domain,
    }),
    namespace: text({
      title: 'Namespace',
      description: 'Namespace of the Knative Service, one of mesh.members.',
      ...grammar.dnsLabel,
    }),
    service: text({ title: 'Knative Service', description: 'Name of the Knative Service.', ...grammar.dnsLabel }),
    secretName: text({
      title: 'Name of the Secret',
      description:
        'Secret of type kubernetes.io/tls in that namespace, with the certificate of the domain. Where secret filtering is on, it needs the label that NOTES shows.',
      ...grammar.dnsName,
    }),
  },
);

export const domainMappings = list(mapping, {
  title: 'Domain mappings',
  description:
    'Domains outside the apps domain of the cluster, each with its own certificate, for example [{host: shop.example.com, namespace: shop, service: storefront, secretName: shop-tls}]. They are made once Knative is there: with the second install, or helm upgrade.',
  default: [],
  maxItems: 500,
});
