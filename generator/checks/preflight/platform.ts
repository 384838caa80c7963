/** The cluster that the release is planned for. */
import { compareVersions, listAt, mapAt, minorOf, textAt } from '../../cluster/fields.ts';
import { type ReleaseFacts, releaseFacts } from '../../model/facts/releases.ts';
import { serverlessMesh } from '../../model/serverless-mesh/index.ts';
import { type Check, part, type Said } from '../check.ts';
import { planned } from '../plan.ts';

export const kubernetesVersion: Check = {
  id: 'kubernetes',
  title: 'the API server answers, and is new enough for the chart',
  looksAt: 'the version of the API server',
  source: 'kubeVersion of the chart: OpenShift 4.11, the oldest that Serverless 1.31 supports',
  run: async function* (cluster) {
    const has = await cluster.version();
    const [, oldest = ''] = />=([\d.]+)/.exec(serverlessMesh.kubeVersion) ?? [];
    if (compareVersions(has, oldest) >= 0) return;
    yield {
      finding: `the API server is ${has}, and the chart needs ${oldest} or later`,
      remedy: 'upgrade the cluster',
    };
  },
};

export const openshiftVersion: Check = {
  id: 'openshift',
  title: 'serverless.release supports this version of OpenShift',
  looksAt: 'ClusterVersion version',
  source: 'docs/supported-releases.md: olm-catalog of github.com/openshift-knative/serverless-operator',
  essential: false,
  run: async function* (cluster, { values }) {
    const found = await cluster.get('config.openshift.io/v1/ClusterVersion', 'version');
    const version = minorOf(textAt(found, 'status', 'desired', 'version')).slice(1);
    const facts = releaseFacts[values.serverless.release];
    if (version === '') yield { unseen: 'the version of OpenShift is not told', remedy: 'see oc get clusterversion' };
    else if (!supports(facts, version))
      yield {
        finding: `Serverless ${values.serverless.release} is for OpenShift ${facts.openshift}, and this is ${version}`,
        remedy: remedyFor(version),
      };
  },
};

function supports({ openshift }: ReleaseFacts, version: string): boolean {
  const [first = '', last = ''] = openshift.split(' to ');
  return compareVersions(version, first) >= 0 && compareVersions(version, last) <= 0;
}

function remedyFor(version: string): string {
  const fitting = Object.entries(releaseFacts).filter(([, facts]) => facts.released && supports(facts, version));
  const names = fitting.map(([release]) => release);
  return names.length === 0
    ? 'no release that the chart knows is for it'
    : `set serverless.release to ${names.join(' or ')}, and install that release`;
}

export const appsDomain: Check = {
  id: 'apps-domain',
  title: 'cluster.appsDomain is the domain of the cluster',
  looksAt: 'ingresses.config.openshift.io cluster',
  source: 'github.com/openshift-knative/serverless-operator hack/lib/mesh.bash',
  essential: false,
  concerns: ({ values }) => values.cluster.appsDomain !== '',
  run: async function* (cluster, { values }) {
    const found = await cluster.get('config.openshift.io/v1/Ingress', 'cluster');
    const domain = textAt(found, 'spec', 'domain');
    if (domain === '')
      yield { unseen: 'the cluster names no domain', remedy: 'see oc get ingresses.config.openshift.io cluster' };
    else if (domain !== values.cluster.appsDomain)
      yield {
        finding: `cluster.appsDomain is ${values.cluster.appsDomain}, and the cluster has ${domain}`,
        remedy: `set cluster.appsDomain to ${domain}, or check that this is the cluster you mean`,
      };
  },
};

export const identity: Check = {
  id: 'identity',
  title: 'the control plane proves service account tokens as this kind of cluster needs it',
  looksAt: 'infrastructures.config.openshift.io cluster',
  source: 'github.com/openshift-knative/serverless-operator hack/lib/mesh.bash (red-hat-clustertype=rosa)',
  essential: false,
  concerns: plan => planned(plan, 'ServiceMeshControlPlane') !== undefined,
  run: async function* (cluster, { values }) {
    const found = await cluster.get('config.openshift.io/v1/Infrastructure', 'cluster');
    const tags = listAt(found, 'status', 'platformStatus', 'aws', 'resourceTags');
    const rosa = tags.some(t => textAt(t, 'key') === 'red-hat-clustertype' && textAt(t, 'value') === 'rosa');
    if (rosa && values.mesh.controlPlane.identity !== 'ThirdParty')
      yield {
        finding: 'this is Red Hat OpenShift Service on AWS, whose tokens are not those of Kubernetes',
        remedy: 'set mesh.controlPlane.identity to ThirdParty',
      };
  },
};

export const kafkaService: Check = {
  id: 'kafka',
  title: 'the bootstrap servers inside the cluster have a Service with that port',
  looksAt: 'Services that kafka.bootstrapServers names',
  source: 'base document 1.4.3 step 5 and 7',
  concerns: ({ values }) => values.kafka.enabled,
  run: async function* (cluster, { values }) {
    const suffix = `.svc.${values.cluster.dnsDomain}`;
    for (const server of values.kafka.bootstrapServers) {
      const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(server) ?? [];
      const inside = host.endsWith(suffix) || host.endsWith('.svc');
      const [name = '', namespace = '', ...more] = host
        .replace(suffix, '')
        .replace(/\.svc$/, '')
        .split('.');
      // Two words may be name.namespace, or a host elsewhere.
      if (more.length > 0 || namespace === '') {
        yield { fact: `${server} is outside the cluster: not looked at` };
        continue;
      }
      yield* part(server, async function* (): AsyncIterable<Said> {
        if (!inside && (await cluster.get('v1/Namespace', namespace)) === undefined) {
          yield { fact: `${server} is outside the cluster: not looked at` };
          return;
        }
        const service = await cluster.get('v1/Service', name, namespace);
        if (service === undefined)
          yield {
            finding: `${server}: there is no Service ${namespace}/${name}`,
            remedy: 'correct kafka.bootstrapServers, or install Kafka',
          };
        else if (!listAt(service, 'spec', 'ports').some(p => textAt(mapAt(p), 'port') === port))
          yield {
            finding: `${server}: Service ${namespace}/${name} has no port ${port}`,
            remedy: 'write one of its ports in kafka.bootstrapServers',
          };
      });
    }
  },
};
