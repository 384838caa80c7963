/** Who makes something of an object: without that operator, nothing happens, or the kind is not known. */
import {
  certificate,
  controlPlane2,
  type EffectRow,
  eventing,
  issuers,
  istio,
  istioCni,
  knativeKafka,
  member,
  memberRoll,
  serving,
} from './row.ts';

const operators: readonly (readonly [id: string, name: string, kinds: readonly string[], release: boolean])[] = [
  ['serverless', 'OpenShift Serverless operator', [serving, eventing, knativeKafka], true],
  ['service-mesh-2', 'operator of Service Mesh 2', [controlPlane2, memberRoll, member], false],
  ['service-mesh-3', 'operator of Service Mesh 3', [istio, istioCni], false],
  ['cert-manager', 'cert-manager operator', [certificate, ...issuers], false],
];
const noKind = 'https://github.com/argoproj/argo-cd/issues/6489 (no matches for kind); Helm says the same';

export const operatorRows: readonly EffectRow[] = operators.flatMap(([id, name, kinds, release]): EffectRow[] => [
  {
    ...{ id: `needs-${id}`, severity: 'operator', kinds, change: 'added' },
    what: () => `needs the ${name}, which brings this kind`,
    source: noKind,
  },
  {
    ...{ id: `reconciled-by-${id}`, severity: 'operator', kinds, change: 'changed' },
    field: /^spec\./,
    what: () =>
      `takes effect when the ${name} has read it${release ? '; a field that its release does not know has none' : ''}`,
    source: 'https://kubernetes.io/docs/concepts/extend-kubernetes/operator/',
  },
]);
