/** Operators that OLM installs: packages of the catalog redhat-operators, and where the documentation puts them. */

/** Base document 1.1; domain.md 7: for all namespaces only, so its OperatorGroup names none. */
export const serverlessPackage = 'serverless-operator';
export const serverlessOperatorNamespace = 'openshift-serverless';

/** openshift-knative/serverless-operator, hack/lib/mesh_resources/subscription.yaml and mesh_v3_resources/01_subscription.yaml. */
export const mesh2Package = 'servicemeshoperator';
export const mesh3Package = 'servicemeshoperator3';
/** Has the OperatorGroup global-operators on every OpenShift. */
export const meshOperatorNamespace = 'openshift-operators';
