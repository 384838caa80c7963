import { each, when } from '../../../gotmpl/index.ts';
import { monitors, proxiesMonitor, proxyNamespaces, resource, source } from './monitors.ts';

export default resource({
  doc: 'Collects the metrics of the proxies of Knative and of your namespaces. OpenShift ignores a namespaceSelector, so each namespace has a monitor of its own.',
  source,
  documents: when(monitors, each(proxyNamespaces, 'namespace', proxiesMonitor)),
});
