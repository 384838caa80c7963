/** Whether a control plane of Service Mesh 2 that somebody else made has the settings of the base document. */
import type { Cluster } from '../cluster/cluster.ts';
import { at, type KubeObject, listAt, nameOf, textAt } from '../cluster/fields.ts';
import { told } from '../cluster/secrets.ts';
import type { Finding, Said } from './check.ts';
import { controlPlaneName, meshNamespace, type Plan, planned } from './plan.ts';

export const controlPlaneKind = 'maistra.io/v2/ServiceMeshControlPlane';

/** The control plane of the mesh: the one that values name, or else the only one. */
export async function controlPlaneOf(cluster: Cluster, plan: Plan): Promise<KubeObject | undefined> {
  const all = await cluster.list(controlPlaneKind, { namespace: meshNamespace(plan) });
  const named = all.find(c => nameOf(c) === controlPlaneName(plan));
  return named ?? (plan.values.mesh.controlPlane.name === '' && all.length === 1 ? all[0] : undefined);
}

const drainPath = ['techPreview', 'meshConfig', 'defaultConfig', 'terminationDrainDuration'];
const portsPath = ['proxy', 'networking', 'trafficControl', 'inbound', 'excludedPorts'];
const trustPath = ['security', 'trust', 'domain'];
/** What the operator takes for what is not set: github.com/maistra/istio-operator resources/helm/v2.5/global.yaml. */
const unset: Readonly<Record<string, string>> = {
  mtls: 'false',
  manageNetworkPolicy: 'true',
  clusterDomain: 'cluster.local',
};

export const seconds = (duration: string) => {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(s|m|h)$/.exec(duration) ?? [];
  return number === undefined ? Number.NaN : Number(number) * { s: 1, m: 60, h: 3600 }[unit as 's' | 'm' | 'h'];
};

/** Says of a field of a control plane's spec what it is, and what it must be. */
export const setIn =
  (title: string, spec: unknown) =>
  (path: readonly string[], value: string): Finding => ({
    finding: `${title}: spec.${path.join('.')} is ${told(textAt(spec, ...path)) || 'not set'}`,
    remedy: `set it to ${value}`,
  });
export const lacking = (title: string, path: readonly string[], ports: readonly unknown[]): Finding => ({
  finding: `${title}: spec.${path.join('.')} lacks ${ports.join(', ')}`,
  remedy: `add ${ports.join(' and ')} to the list`,
});

/** Where the spec of a control plane differs from the document. With Kourier it may be any. */
export function* settingsFindings(found: KubeObject, plan: Plan): Iterable<Finding> {
  if (plan.values.serving.ingress !== 'istio') return;
  const want = at(plan.controlPlane, 'spec');
  const have = at(found, 'spec');
  const title = `ServiceMeshControlPlane ${meshNamespace(plan)}/${nameOf(found)}`;
  const set = setIn(title, have);
  for (const path of [
    ['security', 'dataPlane', 'mtls'],
    ['security', 'manageNetworkPolicy'],
    ['proxy', 'networking', 'clusterDomain'],
  ]) {
    const leaf = path.at(-1) ?? '';
    const wanted = textAt(want, ...path) || unset[leaf];
    const given = textAt(have, ...path) || unset[leaf];
    if (wanted !== given) yield set(path, wanted ?? '');
  }
  // In policies cluster.local means the trust domain of the mesh, whichever that is: istio pilot/pkg/trustdomain/bundle.go.
  const trust = textAt(want, ...trustPath);
  if (trust !== '' && trust !== textAt(have, ...trustPath)) yield set(trustPath, trust);
  const drain = textAt(want, ...drainPath);
  if (!(seconds(textAt(have, ...drainPath)) >= seconds(drain))) yield set(drainPath, drain);
  const label = ['gateways', 'ingress', 'service', 'metadata', 'labels', 'knative'];
  if (textAt(want, ...label) !== '' && textAt(want, ...label) !== textAt(have, ...label))
    yield set(label, textAt(want, ...label));
  const lacks = listAt(want, ...portsPath).filter(
    p =>
      !listAt(have, ...portsPath)
        .map(String)
        .includes(String(p)),
  );
  if (lacks.length > 0) yield lacking(title, portsPath, lacks);
}

/** Before an install: ours must be the only one; somebody else's must exist, with these settings. */
export async function* controlPlaneFindings(cluster: Cluster, plan: Plan): AsyncIterable<Said> {
  const namespace = meshNamespace(plan);
  if (planned(plan, 'ServiceMeshControlPlane') === undefined) {
    const found = await controlPlaneOf(cluster, plan);
    if (found !== undefined) yield* settingsFindings(found, plan);
    else
      yield {
        finding: `mesh.controlPlane.create is false, but ${namespace} has no ServiceMeshControlPlane ${controlPlaneName(plan)}`,
        remedy:
          'name the existing one in mesh.namespace and mesh.controlPlane.name, or set mesh.controlPlane.create to true',
      };
    return;
  }
  for (const other of await cluster.list(controlPlaneKind, { namespace }))
    if (nameOf(other) !== controlPlaneName(plan))
      yield {
        finding: `${namespace} already has ServiceMeshControlPlane ${nameOf(other)}, and may have one only`,
        remedy: `set mesh.controlPlane.create to false and mesh.controlPlane.name to ${nameOf(other)}, or choose another mesh.namespace`,
      };
}
