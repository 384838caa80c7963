/** What is built for the test cluster: Go modules in folders of their own below go/, one pinned go.mod each. */

export interface GoModule {
  /** Folder below go/, and the first part of the cache folder's name. */
  readonly name: string;
  /** Program name to Go package. */
  readonly programs: Readonly<Record<string, string>>;
  /** Variables for the linker, as `package.name=value`. */
  readonly linkerVariables?: readonly string[];
  /** Files and folders kept beside the programs, so that a cluster starts without the Go module cache. */
  readonly assets?: readonly Asset[];
  /** Changed source: see Patch. */
  readonly patches?: readonly Patch[];
}

export interface Asset {
  readonly module: string;
  /** Path in the module: a file, or a folder with all below it. */
  readonly from: string;
  /** Path in the cache folder. */
  readonly to: string;
  /** Name of the other module of this list whose go.mod pins it; the module itself where nothing is said. */
  readonly pinnedBy?: string;
}

/** One text in one file of a dependency, replaced in a copy of that module. The build fails unless it is there once. */
export interface Patch {
  readonly module: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const stages = 'kustomize/stage';
const istioCharts = 'manifests/charts';
const knativeCrds = 'config/crd/bases/operator.knative.dev';

const kubernetes = (version: string, programs: readonly string[]): GoModule => ({
  name: `kubernetes-${version.slice(0, version.lastIndexOf('.'))}`,
  programs: Object.fromEntries(programs.map(program => [program, `k8s.io/kubernetes/cmd/${program}`])),
  linkerVariables: [`k8s.io/component-base/version.gitVersion=v${version}`],
});

/** The API servers that the suite runs on: OpenShift 4.21 and 4.22. */
export const kubernetesVersions = ['1.34.4', '1.35.4'] as const;
export type KubernetesVersion = (typeof kubernetesVersions)[number];
/** Kubernetes' own kinds, as kubeconform checks them: a file beside that program. */
export const openApiFile = `kubernetes-${kubernetesVersions[0]}.json`;

/** In the order in which they are built: what the smallest useful cluster needs comes first. */
export const goModules: readonly GoModule[] = [
  { name: 'etcd', programs: { etcd: 'go.etcd.io/etcd/server/v3' } },
  // Controller manager and scheduler may be one minor version older than the API server, so one build serves both.
  kubernetes('1.34.4', ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler']),
  {
    name: 'istio',
    programs: { 'pilot-discovery': 'istio.io/istio/pilot/cmd/pilot-discovery' },
    assets: [
      { module: 'istio.io/istio', from: `${istioCharts}/base/files/crd-all.gen.yaml`, to: 'crds/istio.yaml' },
      { module: 'istio.io/istio', from: `${istioCharts}/istio-control/istio-discovery`, to: 'istiod-chart' },
    ],
  },
  {
    name: 'knative',
    programs: { 'knative-operator': 'knative.dev/operator/cmd/operator', webhook: 'knative.dev/serving/cmd/webhook' },
    assets: [
      { module: 'knative.dev/operator', from: `${knativeCrds}_knativeservings.yaml`, to: 'crds/knativeservings.yaml' },
      {
        module: 'knative.dev/operator',
        from: `${knativeCrds}_knativeeventings.yaml`,
        to: 'crds/knativeeventings.yaml',
      },
      { module: 'knative.dev/operator', from: 'cmd/operator/kodata', to: 'kodata' },
    ],
    // Only the listen addresses: the programs listen on all of the machine's addresses, and no setting changes that.
    patches: [
      {
        module: 'knative.dev/pkg',
        file: 'webhook/webhook.go',
        from: 'fmt.Sprint(":", wh.Options.Port)',
        to: 'fmt.Sprint("127.0.0.1:", wh.Options.Port)',
      },
      { module: 'knative.dev/pkg', file: 'profiling/server.go', from: '":" + port', to: '"127.0.0.1:" + port' },
      // Fixed to 8080 upstream, which two clusters could not share: any free port, as nobody calls it.
      {
        module: 'knative.dev/pkg',
        file: 'injection/health_check.go',
        from: '":" + strconv.Itoa(port)',
        to: '"127.0.0.1:" + strconv.Itoa(port*0)',
      },
    ],
  },
  {
    name: 'kwok',
    programs: { kwok: 'sigs.k8s.io/kwok/cmd/kwok' },
    assets: ['node/fast/node-initialize', 'pod/fast/pod-ready', 'pod/fast/pod-complete', 'pod/fast/pod-delete'].map(
      file => ({ module: 'sigs.k8s.io/kwok', from: `${stages}/${file}.yaml`, to: `stages/${file.split('/')[2]}.yaml` }),
    ),
  },
  { name: 'xds-client', programs: { 'xds-client': '.' } },
  // The same versions as in the module istio: nearly all of its packages are in Go's build cache then.
  { name: 'simulation', programs: { simulation: '.' } },
  kubernetes('1.35.4', ['kube-apiserver']),
  // No part of a cluster: the gate of test/gate-tools, which needs Kubernetes' definitions.
  {
    name: 'kubeconform',
    programs: { kubeconform: 'github.com/yannh/kubeconform/cmd/kubeconform' },
    linkerVariables: ['main.version=v0.8.0'],
    assets: [
      {
        module: 'k8s.io/kubernetes',
        from: 'api/openapi-spec/swagger.json',
        to: openApiFile,
        pinnedBy: 'kubernetes-1.34',
      },
    ],
  },
];
