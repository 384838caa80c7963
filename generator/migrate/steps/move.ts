/** Steps that move the release. */
import type { Manifest } from '../../gotmpl/evaluate.ts';
import { knativeEventing } from '../../model/facts/names.ts';
import {
  gatewayNamespaceOf3,
  installOn2,
  meshNamespace,
  moveTo3,
  oldProxies,
  onObjects,
  ownMesh,
  stayOn2,
  uninstall,
} from '../commands.ts';
import type { Migration } from '../migration.ts';
import { helmKeep, serverlessOn3 } from '../sources.ts';
import type { Row } from '../step.ts';

/** What only the Jobs of the chart need may go at once. */
const ofJobs = [
  'ServiceAccount',
  'Role',
  'RoleBinding',
  'ClusterRole',
  'ClusterRoleBinding',
  'ConfigMap',
  'Job',
  'Namespace',
];
/** What the mesh that still serves needs, the control plane first: so it is deleted later, too. */
export const kept = ({ removed }: Migration): readonly Manifest[] =>
  removed.filter(o => !ofJobs.includes(String(o.kind))).sort((a, b) => rank(a) - rank(b));
const rank = (o: Manifest) => {
  const found = ['ServiceMeshControlPlane', 'ServiceMeshMemberRoll', 'ServiceMeshMember'].indexOf(String(o.kind));
  return found === -1 ? 3 : found;
};

export const keep: Row = {
  id: 'keep',
  title: 'Keep Service Mesh 2 over the upgrade',
  source: helmKeep,
  when: { words: 'objects that helm upgrade would take away', holds: m => kept(m).length > 0 },
  step: m => ({
    why: ownMesh(m)
      ? 'helm upgrade would delete these objects, and with the control plane the gateway that still serves every request.'
      : 'helm upgrade would delete these objects, which proxies of Service Mesh 2 still need.',
    commands: onObjects('annotate', kept(m), 'helm.sh/resource-policy=keep --overwrite'),
    check: {
      command: onObjects(
        'get',
        kept(m),
        '-o custom-columns=KIND:.kind,POLICY:.metadata.annotations."helm\\.sh/resource-policy"',
      ).join(' && '),
      shows: 'keep behind each object.',
    },
    back: { say: 'Helm may delete them again.', commands: onObjects('annotate', kept(m), 'helm.sh/resource-policy-') },
  }),
};

const gateway = 'deployment/knative-istio-ingressgateway';
const gatewayReady = `oc rollout status ${gateway} -n ${gatewayNamespaceOf3} --timeout=5m && ${oldProxies(gatewayNamespaceOf3, '-l knative=ingressgateway')}`;
const eventingReady = `oc get knativeeventing/knative-eventing -n ${knativeEventing}`;

const upgraded = (m: Migration) =>
  m.after.serving.enabled
    ? {
        command: gatewayReady,
        shows: `successfully rolled out, and then nothing: each pod of the new gateway has a proxy of Istio default.${m.method === 'in-place' ? ` Requests still go through the old one, for their Routes are in ${meshNamespace(m)}.` : ''}`,
      }
    : { command: eventingReady, shows: 'READY True.' };

export const upgrade: Row = {
  id: 'upgrade',
  title: 'Move the release to Service Mesh 3',
  source: serverlessOn3,
  step: m => ({
    why: 'It makes the new gateway and points Knative to it, while Service Mesh 2 still runs.',
    commands: [moveTo3(m, 'upgrade')],
    check: upgraded(m),
    back: {
      say: 'With the values of before, and not with helm rollback, which stumbles over the objects that were kept.',
      commands: [stayOn2(m, 'policies')],
    },
  }),
};

export const install: Row = {
  ...upgrade,
  id: 'install',
  title: 'Install the release with Service Mesh 3',
  step: m => ({
    why: 'Knative comes back, with the new gateway, and finds your Knative Services, Brokers and Triggers, which stayed in the cluster.',
    commands: [moveTo3(m, 'install')],
    check: upgraded(m),
    back: {
      say: 'Uninstall it, and install it with the values of before.',
      commands: [...uninstall(m, moveTo3(m, 'upgrade', 'uninstall.allowInUse=true')), installOn2(m)],
    },
  }),
};
