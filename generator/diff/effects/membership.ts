/** Which namespaces are in the mesh. */
import { listAt, namespaceOf, textAt } from '../../cluster/fields.ts';
import { kindOfId } from '../change.ts';
import { type EffectRow, listed, member, memberRoll, type Seen } from './row.ts';

const leavesText = (names: readonly string[]) =>
  `${listed(names)} ${names.length === 1 ? 'leaves' : 'leave'} the mesh: pods keep their proxy, which istiod serves no more, until they are restarted without it; calls between them and the mesh fail`;
const joinsText = (names: readonly string[]) =>
  `${listed(names)} ${names.length === 1 ? 'joins' : 'join'} the mesh: ${names.length === 1 ? 'it' : 'they'} must exist; pods with the inject label get a proxy when they are restarted, and the NetworkPolicies of the mesh refuse callers from elsewhere`;
const controller = 'maistra/istio-operator pkg/controller/servicemesh/memberroll; openshift-docs pull request 16551';

const rollMembers = (object: unknown) => listAt(object, 'spec', 'members').map(String);
const gone = (s: Seen) =>
  rollMembers(s.before).filter(
    name => !rollMembers(s.after).includes(name) && !isMember('after', name, s.namespace, s),
  );
const come = (s: Seen) =>
  rollMembers(s.after).filter(
    name => !rollMembers(s.before).includes(name) && !isMember('before', name, s.namespace, s),
  );
/** Whether another object that differs makes the namespace a member of that mesh: a roll may take over from ServiceMeshMembers. */
const isMember = (side: 'before' | 'after', name: string, mesh: string, { all }: Seen): boolean =>
  all.some(change => {
    const [kind, object] = [kindOfId(change.object), change[side]];
    if (kind === memberRoll) return namespaceOf(object) === mesh && rollMembers(object).includes(name);
    return kind === member && namespaceOf(object) === name && meshOf(object) === mesh;
  });
const meshOf = (object: unknown) => textAt(object, 'spec', 'controlPlaneRef', 'namespace');
const labelled = (object: unknown) => textAt(object, 'data', 'LABEL_NAMESPACES').split(' ').filter(Boolean);
const unlabelled = (s: Seen) => labelled(s.before).filter(name => !labelled(s.after).includes(name));
const newlyLabelled = (s: Seen) => labelled(s.after).filter(name => !labelled(s.before).includes(name));
const settings = { kinds: ['ConfigMap'], change: 'changed', field: /^data\.LABEL_NAMESPACES$/ } as const;
const webhooks = 'istio manifests/charts/istio-control/istio-discovery/templates/mutatingwebhook.yaml';

export const membershipRows: readonly EffectRow[] = [
  {
    ...{ id: 'member-control-plane', severity: 'refused', kinds: [member], change: 'changed' },
    field: /^spec\.controlPlaneRef\./,
    what: () => 'spec.controlPlaneRef cannot be changed: delete the object, and make it anew',
    source: 'maistra/istio-operator pkg/controller/servicemesh/webhooks/validation',
  },
  {
    ...{ id: 'members-leave', severity: 'membership', kinds: [memberRoll], change: 'changed' },
    field: /^spec\.members(\.|$)/,
    when: s => gone(s).length > 0,
    what: s => leavesText(gone(s)),
    source: controller,
  },
  {
    ...{ id: 'members-join', severity: 'membership', kinds: [memberRoll], change: 'changed' },
    field: /^spec\.members(\.|$)/,
    when: s => come(s).length > 0,
    what: s => joinsText(come(s)),
    source: controller,
  },
  {
    ...{ id: 'roll-removed', severity: 'membership', kinds: [memberRoll], change: 'removed' },
    when: s => gone(s).length > 0,
    what: s => leavesText(gone(s)),
    source: controller,
  },
  {
    ...{ id: 'roll-added', severity: 'membership', kinds: [memberRoll], change: 'added' },
    when: s => come(s).length > 0,
    what: s => joinsText(come(s)),
    source: controller,
  },
  {
    ...{ id: 'member-leaves', severity: 'membership', kinds: [member], change: 'removed' },
    when: s => !isMember('after', s.namespace, meshOf(s.before), s),
    what: s => leavesText([s.namespace]),
    source: controller,
  },
  {
    ...{ id: 'member-joins', severity: 'membership', kinds: [member], change: 'added' },
    when: s => !isMember('before', s.namespace, meshOf(s.after), s),
    what: s => joinsText([s.namespace]),
    source: controller,
  },
  {
    ...{ id: 'label-stays', severity: 'membership', ...settings },
    when: s => unlabelled(s).length > 0,
    what: s => `${listed(unlabelled(s))} stays in the mesh: nothing removes its injection label but you`,
    source: webhooks,
  },
  {
    ...{ id: 'label-added', severity: 'membership', ...settings },
    when: s => newlyLabelled(s).length > 0,
    what: s => `the Job after the upgrade labels ${listed(newlyLabelled(s))}: pods get a proxy when they are restarted`,
    source: webhooks,
  },
];
