/** Rules of common labels and annotations. */
import { keysOf, matches } from '../../../gotmpl/functions.ts';
import { type Expr, each, fail, when } from '../../../gotmpl/index.ts';
import type { Rule } from '../../chart.ts';
import { v } from '../values.ts';
import { rule } from './rule.ts';

/** Keys that Helm, Argo CD, Istio, Service Mesh, Knative or Kubernetes act upon. */
const actedUpon =
  '^((meta\\.)?helm\\.sh|argocd\\.argoproj\\.io|([a-z]+\\.)*istio\\.io|maistra\\.io|([a-z]+\\.)*knative\\.dev|([a-z]+\\.)*(serverless|knative)\\.openshift\\.io|((kubectl|pod-security)\\.)?kubernetes\\.io)/';
/** Labels that the chart sets itself, or that select pods and Services. */
const ownLabel = '^(app\\.kubernetes\\.io/(name|instance|version|managed-by)|istio|istio-injection|knative|app)$';
const common = (map: Expr<Readonly<Record<string, string>>>, pattern: string): Rule =>
  rule(
    map,
    each(keysOf(map), 'key', key =>
      when(
        matches(key, pattern),
        fail`has ${key}, which has a meaning for the products that read it; choose a key of your own, for example example.com/team`,
      ),
    ),
  );

export const metadataRules: readonly Rule[] = [
  common(v.commonLabels, `${actedUpon}|${ownLabel}`),
  common(v.commonAnnotations, actedUpon),
];
