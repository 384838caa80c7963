/** The control plane of Service Mesh 3, an Istio: whether it can be made, or has the settings that NOTES lists. */
import type { Cluster } from '../cluster/cluster.ts';
import { at, conditionOf, type KubeObject, nameOf, textAt, titleOf } from '../cluster/fields.ts';
import { told } from '../cluster/secrets.ts';
import { type Check, type Finding, part, type Said } from './check.ts';
import { lacking, seconds, setIn } from './control-plane-settings.ts';
import { unseenNamespaces } from './discovery.ts';
import { controlPlaneName, isV3, meshNamespace, type Plan, planned } from './plan.ts';
import { existing, installAgain, readiness } from './ready.ts';

export const istioKind = 'sailoperator.io/v1/Istio';
export const tagKind = 'sailoperator.io/v1/IstioRevisionTag';
const cniKind = 'sailoperator.io/v1/IstioCNI';

const drainPath = ['values', 'meshConfig', 'defaultConfig', 'terminationDrainDuration'];
const portsPath = ['values', 'global', 'proxy', 'excludeInboundPorts'];
const domainPath = ['values', 'global', 'proxy', 'clusterDomain'];
const trustPath = ['values', 'meshConfig', 'trustDomain'];
const portsOf = (spec: unknown) => textAt(spec, ...portsPath).split(/\s*,\s*/);

/** Where an Istio differs from what the chart would make. */
async function* settingsFindings(cluster: Cluster, found: KubeObject, plan: Plan): AsyncIterable<Said> {
  const [want, have] = [at(plan.controlPlane, 'spec'), at(found, 'spec')];
  const set = setIn(titleOf(found), have);
  const namespace = textAt(have, 'namespace');
  if (namespace !== meshNamespace(plan))
    yield {
      finding: `${titleOf(found)} has its control plane in ${namespace}, and mesh.namespace is ${meshNamespace(plan)}`,
      remedy: `set mesh.namespace to ${namespace}, or name another one in mesh.controlPlane.name`,
    };
  const drain = textAt(want, ...drainPath);
  if (!(seconds(textAt(have, ...drainPath)) >= seconds(drain))) yield set(drainPath, drain);
  const lacks = portsOf(want).filter(port => !portsOf(have).includes(port));
  if (lacks.length > 0 && !portsOf(have).includes('*')) yield lacking(titleOf(found), portsPath, lacks);
  const [wanted, given] = [want, have].map(spec => textAt(spec, ...domainPath) || 'cluster.local');
  if (wanted !== given) yield set(domainPath, wanted ?? '');
  // Without one of its own, policies call that of the mesh cluster.local, whichever it is.
  const trust = textAt(want, ...trustPath);
  if (trust !== '' && trust !== textAt(have, ...trustPath)) yield set(trustPath, trust);
  yield* revisionFindings(cluster, found);
  yield* part('its namespaces', () => unseenNamespaces(cluster, found, plan));
}

/** Updated by revisions, an Istio injects where one of these is named; the chart names the Istio, for which a tag can stand. */
async function* revisionFindings(cluster: Cluster, found: KubeObject): AsyncIterable<Finding> {
  const name = nameOf(found);
  if (textAt(found, 'spec', 'updateStrategy', 'type') !== 'RevisionBased') return;
  if ((await cluster.serves(tagKind)) && (await cluster.get(tagKind, name)) !== undefined) return;
  yield {
    finding: `${titleOf(found)} is updated by revisions (spec.updateStrategy), so that the labels of the chart inject nothing`,
    remedy: `make an IstioRevisionTag ${name} for it, or set spec.updateStrategy.type to InPlace`,
  };
}

/** Whether an Istio works. Ready says nothing of the CNI plugin, which every pod needs on OpenShift. */
function* health(found: KubeObject): Iterable<Finding> {
  const before = [...readiness(found)];
  yield* before;
  if (before.length > 0) return;
  const dependencies = conditionOf(found, 'DependenciesHealthy');
  const state = textAt(found, 'status', 'state');
  if (textAt(dependencies, 'status') === 'False') yield* readiness(found, 'DependenciesHealthy');
  else if (state !== '' && state !== 'Healthy')
    yield {
      finding: `${titleOf(found)} is in state ${told(state)}`,
      remedy: `see oc describe istio ${nameOf(found)}`,
    };
}

/** Verify: an Istio that works, with these settings. */
export async function* istioAfter(cluster: Cluster, plan: Plan): AsyncIterable<Said> {
  const found = yield* existing(
    cluster,
    istioKind,
    controlPlaneName(plan),
    undefined,
    planned(plan, 'Istio') ? installAgain : 'correct mesh.controlPlane.name',
  );
  if (found === undefined) return;
  yield* health(found);
  yield* settingsFindings(cluster, found, plan);
}

/** Preflight: ours must be able to come; somebody else's must be there, and work. */
export async function* istioBefore(cluster: Cluster, plan: Plan): AsyncIterable<Said> {
  const all = await cluster.list(istioKind);
  const [name, namespace] = [controlPlaneName(plan), meshNamespace(plan)];
  const found = all.find(istio => nameOf(istio) === name);
  if (planned(plan, 'Istio') !== undefined) {
    for (const other of all)
      if (other !== found && textAt(other, 'spec', 'namespace') === namespace)
        yield {
          finding: `${titleOf(other)} has its control plane in ${namespace} already`,
          remedy: `set mesh.controlPlane.create to false and mesh.controlPlane.name to ${nameOf(other)}, or choose another mesh.namespace`,
        };
    yield* immovable(cluster, plan);
    return;
  }
  if (found === undefined) {
    const others = all.length === 0 ? '' : ` (it has ${all.map(nameOf).join(', ')})`;
    yield {
      finding: `mesh.controlPlane.create is false, but the cluster has no Istio ${name}${others}`,
      remedy: 'name the existing one in mesh.controlPlane.name, or set mesh.controlPlane.create to true',
    };
    return;
  }
  yield* health(found);
  yield* settingsFindings(cluster, found, plan);
}

/** The namespace of these is for ever: the API server refuses another one. */
async function* immovable(cluster: Cluster, plan: Plan): AsyncIterable<Said> {
  for (const kind of [istioKind, cniKind])
    yield* part(kind.replace(/.*\//, ''), async function* (): AsyncIterable<Said> {
      const wanted = planned(plan, kind.replace(/.*\//, ''));
      const found = await cluster.get(kind, nameOf(wanted));
      const [has, wants] = [found, wanted].map(o => textAt(o, 'spec', 'namespace'));
      if (found !== undefined && has !== wants)
        yield {
          finding: `${titleOf(found)} has spec.namespace ${has}, which cannot be changed to ${wants}`,
          remedy:
            kind === istioKind
              ? `set mesh.namespace to ${has}, or give mesh.controlPlane.name another name`
              : 'set mesh.controlPlane.create to false to use what is there',
        };
    });
}

/** A cluster has one, for all its meshes. */
export const istioCni: Check = {
  id: 'istio-cni',
  title: 'the CNI plugin of Service Mesh 3 is Ready',
  looksAt: 'IstioCNI default',
  source:
    'github.com/istio-ecosystem/sail-operator chart/crds/sailoperator.io_istiocnis.yaml (its name must be default)',
  settles: true,
  concerns: isV3,
  run: async function* (cluster, plan): AsyncIterable<Said> {
    const makes = planned(plan, 'IstioCNI') !== undefined;
    const remedy = makes ? installAgain : 'make one, or ask the owner of the mesh';
    const found = yield* existing(cluster, cniKind, 'default', undefined, remedy);
    if (found !== undefined) yield* readiness(found);
  },
};

/** Ours need not exist yet. */
export const istioCniBefore: Check = {
  ...istioCni,
  concerns: plan => isV3(plan) && planned(plan, 'IstioCNI') === undefined,
};
