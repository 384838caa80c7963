import { and } from '../../../gotmpl/functions.ts';
import { when } from '../../../gotmpl/index.ts';
import { gatewayNamespace, gatewaysWanted } from '../values.ts';
import { monitors, proxiesMonitor, resource, source } from './monitors.ts';

export default resource({
  doc: 'Collects the metrics of the ingress gateway. OpenShift ignores a namespaceSelector, so each namespace has a monitor of its own.',
  source,
  documents: when(and(monitors, gatewaysWanted), proxiesMonitor(gatewayNamespace)),
});
