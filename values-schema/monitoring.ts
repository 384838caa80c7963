import { flag, integer, section } from './field.ts';

export const monitoring = section(
  {
    title: 'Monitoring',
    description:
      "Metrics of the mesh in OpenShift's monitoring, and alerts. Needs monitoring for user-defined projects.",
  },
  {
    enabled: flag({
      title: 'Collect metrics',
      description:
        'Create monitors for istiod, for the ingress gateway, and for the proxies of Knative and of mesh.members, and let Prometheus in where Service Mesh 2 isolates namespaces.',
      default: false,
    }),
    dashboard: section(
      { title: 'Dashboard', description: 'A dashboard of these metrics; it needs monitoring.enabled.' },
      {
        enabled: flag({
          title: 'Create a dashboard',
          description:
            "Show requests, errors, denied calls and the state of Knative in OpenShift's console, below Observe. Whoever installs must be allowed to create ConfigMaps in openshift-config-managed.",
          default: false,
        }),
      },
    ),
    alerts: section(
      { title: 'Alerts', description: 'Alerts on these metrics; they need monitoring.enabled.' },
      {
        enabled: flag({
          title: 'Create alerts',
          description:
            'Alert on errors of the ingress gateway, on Knative that is not ready, on pods of Knative without a sidecar, and on the root certificate of the mesh before it expires.',
          default: true,
        }),
        gatewayErrorPercent: integer({
          title: 'Errors of the gateway',
          description:
            'Percent of the requests through the ingress gateway that may be answered with 5xx for 10 minutes.',
          default: 5,
          minimum: 1,
          maximum: 100,
        }),
      },
    ),
  },
);
