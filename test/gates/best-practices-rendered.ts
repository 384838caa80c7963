/** Best practices of what is rendered. */
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import type { Values as MeshValues } from '../../values-schema/index.ts';
import type { Check } from './gate.ts';
import type { Render, Subject } from './subject.ts';
import { rendering } from './violations.ts';

type Texts = Readonly<Record<string, string>>;
interface Meta {
  readonly namespace?: string;
  readonly labels?: Texts;
  readonly annotations?: Texts;
}
type Each = (metadata: Meta, kind: string, render: Render) => readonly string[];

const each = (s: Subject, find: Each): string[] =>
  s.renders.flatMap(render =>
    render.manifests.flatMap(({ source, object }) =>
      find((object.metadata ?? {}) as Meta, String(object.kind), render).map(what => `${source}: ${what}`),
    ),
  );
const object = (metadata: string) => `kind: Job\nmetadata: ${metadata}\n`;

// A shell script may have empty lines.
const scripts = /^ {2}\w+\.sh: \|\n( {4}.*\n|\n)*/gm;
const recommended = [
  ...['app.kubernetes.io/name', 'app.kubernetes.io/instance', 'app.kubernetes.io/version'],
  ...['app.kubernetes.io/managed-by', 'helm.sh/chart'],
];
const clusterWide = /^(Namespace|ClusterRole|ClusterRoleBinding|Istio|IstioCNI|ClusterDomainClaim)$/;

/** Namespaces of Knative, and those that the values name. */
function knownNamespaces({ values }: Render): string[] {
  const { mesh, verify, kafka, gateway, monitoring } = values as unknown as MeshValues;
  return [
    ...['knative-serving', 'knative-eventing'],
    ...(mesh.generation === 'v3' ? ['knative-serving-ingress'] : []),
    ...(gateway.tls.source === 'clusterIngress' ? ['openshift-ingress'] : []),
    // Metrics of the operator, which say whether Knative is ready.
    ...(monitoring.enabled ? ['openshift-serverless'] : []),
    // Where the console looks for dashboards.
    ...(monitoring.dashboard.enabled ? ['openshift-config-managed'] : []),
    ...[mesh.namespace, ...mesh.members, ...kafka.consumerNamespaces, verify.namespace],
  ];
}

export const renderedChecks: readonly Check[] = [
  {
    id: '4 namespaces',
    rule: 'no namespace but those of Knative and of the values, and one on every object that has one',
    charts: [serverlessMesh.name],
    find: s =>
      each(s, ({ namespace }, kind, render) => {
        if (namespace === undefined) return clusterWide.test(kind) ? [] : [`${kind} has no namespace`];
        return knownNamespaces(render).includes(namespace) ? [] : [`namespace ${namespace}`];
      }),
    violation: rendering(object('{name: x, namespace: default}')),
    found: 'violation.yaml: namespace default',
  },
  {
    id: '14 empty lines',
    rule: 'no empty line in what is rendered',
    find: s =>
      s.renders
        // It has texts of several lines among its values.
        .filter(({ name }) => !name.startsWith('common-metadata'))
        .filter(({ text }) => /\n[ \t]*\n/.test(text.replace(scripts, '')))
        .map(({ name }) => `the render ${name}`),
    violation: rendering('a: 1\n\nb: 2\n'),
    found: 'the render violation',
  },
  {
    id: '16 labels',
    rule: `every object has ${recommended.join(', ')}`,
    find: s => each(s, ({ labels }) => recommended.filter(key => !labels?.[key]).map(key => `no ${key}`)),
    violation: rendering(object('{name: x, labels: {helm.sh/chart: x-1.0.0}}')),
    found: 'violation.yaml: no app.kubernetes.io/instance',
  },
  {
    id: '17 hooks are annotations',
    rule: 'no label of helm.sh but the chart',
    find: s =>
      each(s, ({ labels }) =>
        Object.keys(labels ?? {}).filter(key => key.startsWith('helm.sh/') && key !== 'helm.sh/chart'),
      ),
    violation: rendering(object('{name: x, labels: {helm.sh/hook: test}}')),
    found: 'violation.yaml: helm.sh/hook',
  },
  {
    id: '24 hooks',
    rule: 'every hook has a weight and a delete policy',
    find: s =>
      each(s, ({ annotations = {} }) =>
        annotations['helm.sh/hook'] === undefined
          ? []
          : ['helm.sh/hook-weight', 'helm.sh/hook-delete-policy']
              .filter(key => typeof annotations[key] !== 'string')
              .map(key => `no ${key}`),
      ),
    violation: rendering(object('{name: x, annotations: {helm.sh/hook: test, helm.sh/hook-weight: "1"}}')),
    found: 'violation.yaml: no helm.sh/hook-delete-policy',
  },
  {
    id: '25 keep',
    rule: 'helm.sh/resource-policy is keep, and not inside a List',
    find: s => [
      ...each(s, ({ annotations }) => {
        const policy = annotations?.['helm.sh/resource-policy'];
        return policy === undefined || policy === 'keep' ? [] : [`resource-policy ${policy}`];
      }),
      ...s.renders
        .flatMap(({ text }) => text.split(/^---/m))
        .filter(document => /^kind: List$/m.test(document) && document.includes('helm.sh/resource-policy'))
        .map(document => `${/# Source: (.*)/.exec(document)?.[1] ?? 'a List'}: resource-policy inside a List`),
    ],
    violation: rendering('kind: List\nitems:\n  - metadata:\n      annotations: {helm.sh/resource-policy: keep}\n'),
    found: 'a List: resource-policy inside a List',
  },
];
