import { argocdFor, jobsImage } from './common.ts';
import { flag, grammar, integer, optional, pem, section, text } from './field.ts';

export const namespaces = section(
  { title: 'Namespaces', description: 'Namespaces that the chart creates.' },
  {
    create: flag({
      title: 'Create the namespaces of the mesh',
      description:
        'Create mesh.namespace, and istio-cni with Service Mesh 3, where they do not exist. They are kept on uninstall. Namespaces of Knative are made by the Serverless operator, yours by you.',
      default: true,
    }),
  },
);

export const preflight = section(
  { title: 'Checks at install', description: 'Refuse to install where the cluster breaks a prerequisite.' },
  {
    enabled: flag({
      title: 'Check the cluster',
      description:
        'Look at the cluster before anything is installed: conflicting Gateways, an exposed istio-ingressgateway, an operator of another release. Set to false where the installing user may not list these objects.',
      default: true,
    }),
  },
);

export const jobs = section(
  { title: 'Jobs', description: 'Jobs that wait after an installation, and clean up before it is removed.' },
  {
    enabled: flag({
      title: 'Run the Jobs',
      description:
        'After install, upgrade and rollback: wait until everything is ready, and restart pods that came up without a sidecar. Before uninstall: delete the Knative resources while their operator runs. Set to false where hooks may not run; NOTES then says what to do by hand.',
      default: true,
    }),
    image: text({
      title: 'Image',
      description: 'Image with kubectl, a shell and curl, for the Jobs of this chart.',
      default: jobsImage,
      ...grammar.image,
    }),
    timeoutSeconds: integer({
      title: 'Time limit',
      description:
        'Seconds until Kubernetes ends a Job. It gives up a tenth earlier, and says what it waited for. Give helm the same --timeout.',
      default: 1200,
      minimum: 60,
      maximum: 86400,
    }),
  },
);

export const uninstall = section(
  { title: 'Uninstall', description: 'What helm uninstall may do.' },
  {
    allowInUse: flag({
      title: 'Allow uninstall while in use',
      description:
        'Uninstall although Knative Services or Brokers exist. They stay in the cluster, and nothing serves them any more.',
      default: false,
    }),
  },
);

export const argocd = argocdFor(
  'namespaces, certificates, mesh, membership, gateways, Serving, Eventing, Kafka, isolation (what is allowed, then the denial of the rest), verification, domain mappings',
);

export const verify = section(
  {
    title: 'Verification',
    description:
      'What helm test does: it creates a Knative Service in the mesh and calls it from outside over its URL.',
  },
  {
    namespace: text({
      title: 'Namespace',
      description:
        'Where helm test creates its Knative Service; one of mesh.members. Empty means the first of them; without members, or without cluster.appsDomain, there is no test.',
      default: '',
      ...optional(grammar.dnsLabel),
      maxLength: 51,
    }),
    serviceImage: text({
      title: 'Image of the Knative Service',
      description: 'Image of a web server on port 8080 that serves /var/www/html.',
      default: 'registry.redhat.io/ubi9/httpd-24:9.7',
      ...grammar.image,
    }),
    clientImage: text({
      title: 'Image of the client',
      description: 'Image with curl. Empty means jobs.image.',
      default: '',
      ...optional(grammar.image),
    }),
    caCertificate: pem({
      title: 'CA certificate',
      description:
        'PEM of the public certificate of the CA that signed the wildcard certificate. Empty where a public CA signed it. The call is never made without checking the certificate.',
    }),
  },
);
