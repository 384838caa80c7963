/** What is accepted, and why: one line each. A line that matches nothing any more fails. */
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import type { Exception } from './gate.ts';

const mesh = serverlessMesh.name;
const gateways = 'serverless-mesh/templates/gateways';
type Row = readonly [gate: string, check: string, chart: string | undefined, finding: RegExp, reason: string];

const rows: readonly Row[] = [
  [
    'chart-verifier',
    'v1.1/images-are-certified',
    mesh,
    /image auto/,
    "Istio replaces it with the image of its own operator's; it is rendered for Service Mesh 3 only, and not with the default values, which is what chart-verifier renders.",
  ],
  [
    'chart-verifier',
    'v1.1/images-are-certified',
    mesh,
    /image "mirror\.example\.com:5000\/.*"/,
    'A mirror that a values file of test/cases names; chart-verifier renders the default values.',
  ],
  [
    'kube-linter',
    'latest-tag',
    mesh,
    /.*\/gateway-deployment\.yaml: container istio-proxy/,
    'The image `auto` is replaced by Istio when the pod is made; a tag would pin the proxy apart from its control plane.',
  ],
  [
    'kube-linter',
    'dangling-service',
    mesh,
    new RegExp(`${gateways}/knative-local-gateway-service\\.yaml: Service`),
    'On Service Mesh 2 it selects the pods of istio-ingressgateway, which the operator makes.',
  ],
  [
    'kube-linter',
    'pdb-unhealthy-pod-eviction-policy',
    mesh,
    new RegExp(`${gateways}/gateway-disruption-budget\\.yaml: .*`),
    'The field is in Kubernetes 1.27 and later; the chart is for 1.24 and later, where Helm 3 refuses unknown fields.',
  ],
  [
    'console-form',
    'maps',
    undefined,
    /global: is hidden/,
    'For a chart that has this one as its dependency: nothing that anybody fills in.',
  ],
  [
    'console-form',
    'maps',
    undefined,
    /common(Labels|Annotations): is hidden/,
    'The keys are free: the form has no field for a map. The YAML view has.',
  ],
  [
    'console-form',
    'maps',
    mesh,
    /(serving|eventing)\.config: is hidden/,
    'Further configuration of Knative by ConfigMap and key, all of them free; the settings that many need are values of their own.',
  ],
  [
    'console-form',
    'maps',
    mesh,
    /placement\.nodeSelector: is hidden/,
    'Labels of nodes, whose keys are free, as those of Kubernetes itself: the YAML view has them.',
  ],
  [
    'helm-lint',
    'all',
    undefined,
    /\[INFO\] Chart\.yaml: icon is recommended/,
    'Only a publisher has an address for it: publisher.yaml. An information, no warning.',
  ],
  ...withoutPublisher(),
];

function withoutPublisher(): Row[] {
  const only = 'Only a publisher knows it: publisher.yaml at packaging. Nothing is invented without that file.';
  const packaging = 'Written at packaging, so that the files of the chart stay the same from release to release.';
  const hub = 'artifact-hub-without-publisher';
  const notProvided = (check: string, reason: string): Row => [hub, check, undefined, /.*: not provided/, reason];
  return [
    ['chart-testing-without-publisher', 'required fields', undefined, /Chart\.yaml: home is missing/, only],
    ...['license', 'logo URL', 'home URL', 'links', 'maintainers', 'screenshots', 'sign key'].map(check =>
      notProvided(check, only),
    ),
    ...['changes', 'recommendations'].map(check => notProvided(check, packaging)),
  ];
}

export const exceptions: readonly Exception[] = rows.map(([gate, check, chart, finding, reason]) => ({
  ...{ gate, check, finding, reason },
  ...(chart !== undefined && { chart }),
}));
