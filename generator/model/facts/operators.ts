/** Operators that OLM installs: packages of the catalog redhat-operators, and where the documentation puts them. */

/**
 * Channels stable and stable-1.X: documentation of OpenShift Serverless 1.34, Installing the OpenShift Serverless Operator from
 * the CLI. For all namespaces only (domain.md 7), so its OperatorGroup names none.
 */
export const serverlessPackage = 'serverless-operator';
export const serverlessOperatorNamespace = 'openshift-serverless';

/** github.com/openshift-knative/serverless-operator, hack/lib/mesh_resources/subscription.yaml: channel stable. */
export const mesh2Package = 'servicemeshoperator';
/**
 * The same, mesh_v3_resources/01_subscription.yaml. Channels stable and stable-3.X: documentation of OpenShift Service Mesh 3.0,
 * Understanding Operator updates and channels.
 */
export const mesh3Package = 'servicemeshoperator3';
/** Has the OperatorGroup global-operators on every OpenShift. */
export const meshOperatorNamespace = 'openshift-operators';

/** What the add-on Kiali of Service Mesh 2 needs: documentation of OpenShift Service Mesh 2, Installing the Operators. Channel stable. */
export const kialiPackage = 'kiali-ossm';
/** What a control plane of Service Mesh 2 needs that traces with spec.tracing.type Jaeger. */
export const jaegerPackage = 'jaeger-product';
/**
 * Documentation of OpenShift Container Platform 4.18, Security and compliance, Installing the cert-manager Operator for Red Hat
 * OpenShift: channel stable-v1.
 */
export const certManagerPackage = { name: 'openshift-cert-manager-operator', channel: 'stable-v1' } as const;

/** Catalog of all these: the CatalogSource redhat-operators has a tag of this image for each minor version of OpenShift, as v4.18. */
export const redHatCatalogImage = 'registry.redhat.io/redhat/redhat-operator-index';
