/** Installations that are none, or not whole. */
import { nameOf, namespaceOf, textAt } from '../cluster/fields.ts';
import { knativeEventing, knativeServing } from '../model/facts/names.ts';
import { type Observed, ofKind, titled } from './observe.ts';

/** What must be together. */
export function* halves({ objects }: Observed): Iterable<string> {
  const [serving, eventing] = [ofKind(objects, 'KnativeServing'), ofKind(objects, 'KnativeEventing')];
  const planes = ofKind(objects, 'ServiceMeshControlPlane', 'Istio');
  if (serving.length + eventing.length === 0) {
    const rest = planes.length === 0 ? '' : `, only ${titled(planes)}`;
    yield `there is neither a KnativeServing nor a KnativeEventing${rest}: no installation to import; install the chart serverless-mesh instead.`;
    return;
  }
  for (const [all, place] of [
    [serving, knativeServing],
    [eventing, knativeEventing],
  ] as const)
    for (const o of all.filter(x => namespaceOf(x) !== place))
      yield `${titled([o])} ${namespaceOf(o) === '' ? 'has no namespace' : `is in ${namespaceOf(o)}`}, but the operator accepts it in ${place} only; put it there, then import again.`;
  const isIstio = serving.some(o => textAt(o, 'spec', 'ingress', 'istio', 'enabled') === 'true');
  const lacks = ['knative-ingress-gateway', 'knative-local-gateway'].filter(
    name => !ofKind(objects, 'Gateway').some(o => nameOf(o) === name && namespaceOf(o) === knativeServing),
  );
  if (isIstio && lacks.length > 0)
    yield `KnativeServing uses Istio, but Gateway ${lacks.join(' and ')} ${lacks.length === 1 ? 'is' : 'are'} not in knative-serving: half an installation; apply what is missing (base document 1.4.2, step 4), then import again.`;
  if (ofKind(objects, 'KnativeKafka').length > 0 && eventing.length === 0)
    yield 'there is a KnativeKafka, but no KnativeEventing, which it needs: half an installation; apply it, then import again.';
}
