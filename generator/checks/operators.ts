/** The operators: installed, healthy, and of the release that the values name. */
import type { Cluster } from '../cluster/cluster.ts';
import { at, compareVersions, type KubeObject, listAt, minorOf, nameOf, textAt } from '../cluster/fields.ts';
import { told } from '../cluster/secrets.ts';
import { Unseen } from '../cluster/unseen.ts';
import { controlPlaneVersions } from '../model/facts/names.ts';
import { meshOperatorNamespace, serverlessOperatorNamespace } from '../model/facts/operators.ts';
import type { Check, Said } from './check.ts';
import { isV3, meshNamespace, type Plan, planned } from './plan.ts';

const csvKind = 'operators.coreos.com/v1alpha1/ClusterServiceVersion';
const subscriptionKind = 'operators.coreos.com/v1alpha1/Subscription';

const versionOf = (csv: unknown) => textAt(csv, 'spec', 'version');
const succeeded = (csv: unknown) => textAt(csv, 'status', 'phase') === 'Succeeded';

/** While OLM upgrades, there are two of an operator: the one that works counts, or else the newest. */
export async function installed(
  cluster: Cluster,
  prefix: string,
  namespaces: readonly string[],
): Promise<KubeObject | undefined> {
  for (const namespace of namespaces) {
    const found = (await cluster.list(csvKind, { namespace })).filter(csv => nameOf(csv).startsWith(prefix));
    const newest = found.toSorted((a, b) => compareVersions(versionOf(b), versionOf(a)));
    const best = newest.find(succeeded) ?? newest[0];
    if (best !== undefined) return best;
  }
  return undefined;
}

function* health(csv: KubeObject): Iterable<Said> {
  if (succeeded(csv)) return;
  const why = [textAt(csv, 'status', 'phase') || 'without a status', told(textAt(csv, 'status', 'message'))];
  yield {
    finding: `${nameOf(csv)} is ${why.filter(Boolean).join(': ')}`,
    remedy: `wait, or see oc describe csv -n ${textAt(csv, 'metadata', 'namespace')} ${nameOf(csv)}`,
  };
}

/** What OLM is about to install instead. */
async function* pending(cluster: Cluster, { values }: Plan): AsyncIterable<Said> {
  for (const subscription of await cluster.list(subscriptionKind, { namespace: serverlessOperatorNamespace })) {
    const [now, next] = ['installedCSV', 'currentCSV'].map(field => textAt(subscription, 'status', field));
    if (!next?.startsWith('serverless-operator.v') || next === now) continue;
    const release = minorOf(next.slice('serverless-operator.'.length));
    if (release === values.serverless.release) continue;
    yield {
      finding: `Subscription ${nameOf(subscription)} is about to install ${next}, but serverless.release is ${values.serverless.release}`,
      remedy: `approve only what fits, or set serverless.release to ${release} once it is installed`,
    };
  }
}

export const serverlessOperator: Check = {
  id: 'serverless-operator',
  title: 'the operator of OpenShift Serverless works, and is of serverless.release',
  looksAt: `ClusterServiceVersions and Subscriptions in ${serverlessOperatorNamespace}`,
  source:
    'base document 1.4.1; github.com/opendatahub-io/opendatahub-operator v2.20.0 pkg/feature/serverless/conditions.go',
  settles: true,
  run: async function* (cluster, plan) {
    const csv = await installed(cluster, 'serverless-operator.v', [serverlessOperatorNamespace]);
    if (csv === undefined) {
      yield {
        finding: `no operator of OpenShift Serverless is installed in ${serverlessOperatorNamespace}`,
        remedy: 'install OpenShift Serverless from OperatorHub first',
      };
      return;
    }
    yield* health(csv);
    const release = minorOf(versionOf(csv));
    const wanted = plan.values.serverless.release;
    if (release !== wanted)
      yield {
        finding: `serverless.release is ${wanted}, but ${nameOf(csv)} is installed`,
        remedy:
          release === '' ? `see oc get csv -n ${serverlessOperatorNamespace}` : `set serverless.release to ${release}`,
      };
    yield* pending(cluster, plan);
  },
};

/** The operators of both generations, which a cluster may have side by side. */
const meshOperators = {
  v2: { prefix: 'servicemeshoperator.v', product: 'OpenShift Service Mesh 2', package: 'servicemeshoperator' },
  v3: { prefix: 'servicemeshoperator3.v', product: 'OpenShift Service Mesh 3', package: 'servicemeshoperator3' },
} as const;

/** The control plane version that the operator of Service Mesh 2 brings is its own; it runs older ones beside it. */
function* olderThanControlPlane(csv: KubeObject, plan: Plan): Iterable<Said> {
  const [has, oldest] = [minorOf(versionOf(csv)), controlPlaneVersions[0]];
  if (has !== '' && compareVersions(has, oldest) < 0)
    yield {
      finding: `${nameOf(csv)} is older than ${oldest}, the oldest that Serverless supports`,
      remedy: 'upgrade the operator of OpenShift Service Mesh',
    };
  const wanted = plan.values.mesh.controlPlane.version;
  const makes = planned(plan, 'ServiceMeshControlPlane') !== undefined;
  if (makes && wanted !== '' && has !== '' && compareVersions(has, wanted) < 0)
    yield {
      finding: `mesh.controlPlane.version is ${wanted}, which ${nameOf(csv)} does not know yet`,
      remedy: `upgrade the operator, or set mesh.controlPlane.version to ${has}`,
    };
}

export const meshOperator: Check = {
  id: 'mesh-operator',
  title: 'the operator of OpenShift Service Mesh works, and is of mesh.generation and new enough',
  looksAt: `ClusterServiceVersions in ${meshOperatorNamespace}`,
  source:
    'base document 1.1 (2.2 or later); github.com/opendatahub-io/opendatahub-operator v2.20.0 pkg/feature/servicemesh/conditions.go; github.com/openshift-knative/serverless-operator hack/lib/mesh3.bash',
  settles: true,
  run: async function* (cluster, plan) {
    const { prefix, product, package: name } = meshOperators[plan.values.mesh.generation];
    // OLM copies the ClusterServiceVersion of an operator for all namespaces into each of them.
    const csv = await installed(cluster, prefix, [meshOperatorNamespace, meshNamespace(plan)]);
    if (csv === undefined) {
      yield {
        finding: `no operator of ${product} is installed in ${meshOperatorNamespace}`,
        remedy: `install ${product} (${name}) from OperatorHub first`,
      };
      return;
    }
    yield* health(csv);
    if (!isV3(plan)) yield* olderThanControlPlane(csv, plan);
  },
};

const istioCrd = 'istios.sailoperator.io';

/** As the guard of the chart asks it: chart-templates/serverless-mesh/_cluster.tpl. */
export const istioVersion: Check = {
  id: 'istio-version',
  title: 'the operator of Service Mesh 3 knows the version of mesh.controlPlane',
  looksAt: `CustomResourceDefinition ${istioCrd}`,
  source:
    'github.com/istio-ecosystem/sail-operator chart/crds/sailoperator.io_istios.yaml (each release of the operator has its own list)',
  concerns: plan => planned(plan, 'Istio') !== undefined,
  run: async function* (cluster, plan) {
    const version = textAt(planned(plan, 'Istio'), 'spec', 'version');
    const crd = await cluster.get('apiextensions.k8s.io/v1/CustomResourceDefinition', istioCrd);
    if (crd === undefined)
      throw new Unseen(`there is no CustomResourceDefinition ${istioCrd}`, 'install the operator, then look again');
    for (const served of listAt(crd, 'spec', 'versions').filter(v => at(v, 'served') === true)) {
      const path = ['schema', 'openAPIV3Schema', 'properties', 'spec', 'properties', 'version', 'enum'];
      const known = listAt(served, ...path).map(String);
      if (known.length === 0 || known.includes(version)) continue;
      // There are about sixty, most of them patches of these.
      const latest = known.filter(v => v.endsWith('-latest'));
      yield {
        finding: `mesh.controlPlane.version is ${version}, which the installed Service Mesh operator does not know`,
        remedy: `write one of ${(latest.length > 0 ? latest : known).join(', ')}, or update the operator`,
      };
    }
  },
};
