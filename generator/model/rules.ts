/** What rules are written with, and those that every chart has. */
import { keysOf, matches, not } from '../gotmpl/functions.ts';
import { type Expr, each, fail, type Path, when } from '../gotmpl/index.ts';
import type { Rule, RuleBody } from './chart.ts';

export const rule = (path: Expr<unknown>, refuse: RuleBody): Rule => ({ path: path as Path, refuse });
export const empty = (e: Expr<unknown>): Expr<boolean> => not(e);

/** Keys that Helm, Argo CD, Istio, Service Mesh, Knative, the console of OpenShift or Kubernetes act upon. */
export const actedUpon =
  '^((meta\\.)?helm\\.sh|argocd\\.argoproj\\.io|([a-z]+\\.)*istio\\.io|maistra\\.io|([a-z]+\\.)*knative\\.dev|([a-z]+\\.)*(serverless|knative|console)\\.openshift\\.io|((kubectl|pod-security)\\.)?kubernetes\\.io)/';
/** Labels that a chart sets itself, or that select pods and Services. */
const ownLabel = '^(app\\.kubernetes\\.io/(name|instance|version|managed-by)|istio|istio-injection|knative|app)$';
type Strings = Expr<Readonly<Record<string, string>>>;
const common = (map: Strings, pattern: string): Rule =>
  rule(
    map,
    each(keysOf(map), 'key', key =>
      when(
        matches(key, pattern),
        fail`has ${key}, which has a meaning for the products that read it; choose a key of your own, for example example.com/team`,
      ),
    ),
  );

/** Common labels and annotations: no key of ours, and none that matches `meaning`, as products read it. */
export const metadataRulesOf = (labels: Strings, annotations: Strings, meaning = actedUpon): readonly Rule[] => [
  common(labels, `${meaning}|${ownLabel}`),
  common(annotations, meaning),
];
