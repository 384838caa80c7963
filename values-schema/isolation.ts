import { flag, section } from './field.ts';

export const isolation = section(
  {
    title: 'Isolation',
    description: 'Isolation of teams by AuthorizationPolicies, a Technology Preview of OpenShift Serverless.',
  },
  {
    enabled: flag({
      title: 'Deny by default',
      description:
        'Deny every call to pods of knative-serving and knative-eventing that no AuthorizationPolicy allows, and allow the calls that Knative itself needs. Each team that uses Knative then needs the chart serverless-mesh-tenant.',
      default: false,
    }),
  },
);
