/** Where the steps come from. */

export const guide =
  'https://docs.redhat.com/en/documentation/red_hat_openshift_service_mesh/3.0/html-single/migrating_from_service_mesh_2_to_service_mesh_3/index';
/** Of the same migration, by those who make it: what goes wrong, and why. */
export const troubleshooting =
  'https://github.com/openshift-service-mesh/sail-operator/tree/main/docs/ossm/ossm2-migration';
/** Which pods the webhooks of both generations take. */
export const webhooks =
  'istio manifests/charts/istio-control/istio-discovery/templates/mutatingwebhook.yaml; maistra/istio-operator, the same file below resources/helm/v2.5';
export const routesScript =
  'https://github.com/openshift-knative/serverless-operator/blob/main/hack/migrate-mesh-routes.sh';
export const serverlessOn3 =
  'openshift-docs modules/serverless-ossm-installing-and-configuring-openshift-service-mesh-3-x.adoc';
export const authorizations =
  'serverless-operator hack/lib/mesh_v3_resources/authorization-policies; openshift-docs, traffic isolation';
export const otherMesh = 'base document, section 1: to move to another mesh, uninstall and install again';
export const helmKeep =
  'https://helm.sh/docs/howto/charts_tips_and_tricks/#tell-helm-not-to-uninstall-a-resource; helm/helm pkg/kube/client.go reads it from the object in the cluster';
export const certManagerCa = 'https://cert-manager.io/docs/usage/certificate/#configuring-private-key-rotation';
