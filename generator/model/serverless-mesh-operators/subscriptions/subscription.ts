/** What the Subscriptions have in common. */
import { type Expr, type Templated, when } from '../../../gotmpl/index.ts';
import type { Subscription } from '../../kinds/olm.ts';
import { inStage } from '../metadata.ts';
import { v } from '../values.ts';

const { metadata, resource } = inStage('subscriptions');

export { resource };

interface Operator {
  /** Package of the catalog; the Subscription has the same name, as the web console gives it. */
  readonly name: string | Expr<string>;
  readonly namespace: string;
  readonly channel: Expr<string>;
  readonly startingCSV: Expr<string>;
}
export const subscriptionTo = ({ name, namespace, channel, startingCSV }: Operator): Templated<Subscription> => ({
  apiVersion: 'operators.coreos.com/v1alpha1',
  kind: 'Subscription',
  metadata: metadata({ name, namespace }),
  spec: {
    channel,
    name,
    source: v.catalogSource,
    sourceNamespace: v.catalogSourceNamespace,
    installPlanApproval: v.installPlanApproval,
    startingCSV: when(startingCSV, startingCSV),
  },
});
