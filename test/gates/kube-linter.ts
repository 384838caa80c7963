/** kube-linter's checks that are on by default, and two of our own for Jobs, on every golden render. */
import { dump } from 'js-yaml';
import type { Check, Gate } from './gate.ts';
import { type KubeObject, makesPods, objectChecks } from './kube-linter-objects.ts';
import { type Container, containerChecks, type PodSpec, podChecks } from './kube-linter-pods.ts';
import type { Subject } from './subject.ts';
import { rendering } from './violations.ts';

type Fails = (o: KubeObject, all: readonly KubeObject[]) => readonly string[];

function find(s: Subject, fails: Fails): string[] {
  return s.renders.flatMap(({ manifests }) => {
    const all = manifests.map(m => m.object as unknown as KubeObject);
    return manifests.flatMap(({ source }, index) => {
      const o = all[index]!;
      return fails(o, all).map(what => `${source}: ${what}`);
    });
  });
}

const podOf = (o: KubeObject) => (makesPods(o) ? (o.spec?.template?.spec as PodSpec | undefined) : undefined);
const containersOf = (pod: PodSpec | undefined): readonly Container[] =>
  pod === undefined ? [] : [...(pod.initContainers ?? []), ...pod.containers];

const job = (pod: object) => {
  const spec = { template: { spec: { containers: [], ...pod } } };
  return dump({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'x' }, spec });
};
const check = (id: string, rule: string, fails: Fails, bad: string, what: string): Check => ({
  id,
  rule,
  find: s => find(s, fails),
  violation: rendering(bad),
  found: `violation.yaml: ${what}`,
});

const checks: readonly Check[] = [
  ...Object.entries(containerChecks).map(([id, { rule, passes, bad }]) =>
    check(
      id,
      rule,
      o => {
        const pod = podOf(o);
        return containersOf(pod)
          .filter(c => !passes(c, pod!))
          .map(c => `container ${c.name}`);
      },
      job({ containers: [{ name: 'c', image: 'x', ...bad }] }),
      'container c',
    ),
  ),
  ...Object.entries(podChecks).map(([id, { rule, passes, bad }]) =>
    check(
      id,
      rule,
      o => {
        const pod = podOf(o);
        return pod === undefined || passes(pod) ? [] : ['pod'];
      },
      job(bad),
      'pod',
    ),
  ),
  ...Object.entries(objectChecks).map(([id, { rule, passes, bad }]) =>
    check(id, rule, (o, all) => (passes(o, all) ? [] : [o.kind]), bad, /^kind: (.*)$/m.exec(bad)![1]!),
  ),
];

export const kubeLinter: Gate = {
  id: 'kube-linter',
  title: "kube-linter's default checks, written from its rules",
  source: 'https://github.com/stackrox/kube-linter/blob/main/docs/generated/checks.md',
  looked: `Every golden render: all objects, with the Jobs and Deployments of the charts. Hooks and tests are in them; Knative Services are no kind that it knows. Checks whose
names begin with "ours" are no rules of kube-linter.`,
  checks,
};
