/** For each rule of serverless-mesh-tenant a small change that breaks it, and no rule that stands before it. */
import type { TenantValues } from '../../values-schema/tenant/index.ts';
import type { BreakRule } from './rule-breaks.ts';

type Break = BreakRule<TenantValues>;
const meanings = ['helm.sh/hook', 'networking.istio.io/a', 'serving.knative.dev/b', 'maistra.io/c'];
/** One namespace, no prefix. */
const plain = (values: TenantValues): void => {
  Object.assign(values, { namespaces: ['orders'], namespacePrefix: '' });
  values.mesh.namespace = 'mesh';
};
const names = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, i) => `${prefix}${String(i).padStart(60, '0')}`);

/** In the order of the rules. */
export const tenantRuleBreaks: readonly Break[] = [
  values => {
    values.namespaces = [];
  },
  values => {
    plain(values);
    values.namespaces = names(900, 'a');
  },
  values => {
    Object.assign(values, { namespaces: names(5600, 'a-'), namespacePrefix: 'a-' });
  },
  (values, d) => {
    plain(values);
    values.namespaces.push(d.pick(['knative-serving', 'knative-eventing', 'knative-serving-ingress', 'mesh']));
  },
  (values, d) => {
    plain(values);
    values.namespacePrefix = d.pick(['o', 'orders', '0']);
  },
  (values, d) => {
    plain(values);
    values.namespacePrefix = d.pick(['knative-', 'knative-serving-']);
  },
  (values, d) => {
    plain(values);
    values.namespacePrefix = d.pick(['orders-', 'b-']);
  },
  values => {
    plain(values);
    Object.assign(values, { serving: { enabled: false }, eventing: { enabled: false }, kafka: { enabled: false } });
  },
  values => {
    plain(values);
    Object.assign(values, { serving: { enabled: true }, eventing: { enabled: false }, kafka: { enabled: true } });
  },
  ({ commonLabels }, d) => {
    commonLabels[d.pick([...meanings, 'app', 'app.kubernetes.io/name'])] = 'a';
  },
  ({ commonAnnotations }, d) => {
    commonAnnotations[d.pick(meanings)] = 'a';
  },
];
