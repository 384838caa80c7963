/** Operators, their webhooks, and what becomes of their resources. */

import { readiness } from '../../checks/ready.ts';
import { listAt, mapAt, nameOf, namespaceOf, textAt, titleOf } from '../../cluster/fields.ts';
import { told } from '../../cluster/secrets.ts';
import type { Kind } from '../kinds.ts';
import { type Found, oc, type Row } from '../row.ts';
import type { Seen } from '../seen.ts';

const operator = 'github.com/openshift-knative/serverless-operator';
const main: readonly Kind[] = [
  ...(['ServiceMeshControlPlane', 'ServiceMeshMemberRoll', 'Istio', 'IstioCNI'] as const),
  ...(['KnativeServing', 'KnativeEventing', 'KnativeKafka'] as const),
];
const hooks = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'EndpointSlice'] as const;

const hasKnative = (seen: Seen) => seen.all('KnativeServing').length > 0 || seen.all('KnativeEventing').length > 0;

function* operatorFindings(seen: Seen): Iterable<Found> {
  const wanted = [
    ...(hasKnative(seen) ? [['serverless-operator.v', 'openshift-serverless', 'OpenShift Serverless']] : []),
    ...(seen.meshes.some(m => m.generation === 'v2')
      ? [['servicemeshoperator.v', 'openshift-operators', 'OpenShift Service Mesh 2']]
      : []),
    ...(seen.meshes.some(m => m.generation === 'v3')
      ? [['servicemeshoperator3.v', 'openshift-operators', 'OpenShift Service Mesh 3']]
      : []),
  ] as const;
  for (const [prefix = '', namespace = '', product] of wanted) {
    const found = seen
      .all('ClusterServiceVersion')
      .filter(c => namespaceOf(c) === namespace && nameOf(c).startsWith(prefix));
    const object = found[0] ?? `ClusterServiceVersion ${namespace}/${prefix}*`;
    if (found.length === 0)
      yield { object, field: '', what: `the operator of ${product} is not there`, remedy: `install ${product} again` };
    else if (!found.some(c => textAt(c, 'status', 'phase') === 'Succeeded'))
      yield {
        object,
        field: 'status.phase',
        what: `it is ${textAt(found[0], 'status', 'phase') || 'not set'}`,
        remedy: oc('describe', found[0]!),
      };
  }
}

/** Webhooks that fail closed, with a Service behind which nothing answers. */
function* deadHooks(seen: Seen, isMeant: (text: string) => boolean): Iterable<Found> {
  for (const configuration of hooks.slice(0, 2).flatMap(kind => seen.all(kind))) {
    const said = new Set<string>();
    for (const hook of listAt(configuration, 'webhooks')) {
      const service = mapAt(hook, 'clientConfig', 'service');
      const [namespace, name] = [textAt(service, 'namespace'), textAt(service, 'name')];
      const groups = listAt(hook, 'rules').flatMap(r => listAt(r, 'apiGroups'));
      const text = [nameOf(configuration), name, ...groups].join(' ');
      const title = `${namespace}/${name}`;
      if (name === '' || textAt(hook, 'failurePolicy') === 'Ignore' || said.has(title) || !isMeant(text)) continue;
      said.add(title);
      const slices = seen
        .all('EndpointSlice')
        .filter(
          s => namespaceOf(s) === namespace && mapAt(s, 'metadata', 'labels')['kubernetes.io/service-name'] === name,
        );
      if (slices.some(s => listAt(s, 'endpoints').some(e => textAt(e, 'conditions', 'ready') !== 'false'))) continue;
      yield {
        object: configuration,
        field: `webhooks[${textAt(hook, 'name')}].clientConfig.service`,
        what: `behind ${title} nothing answers`,
        remedy: `start what serves it; if it was uninstalled: ${oc('delete', configuration)}`,
      };
    }
  }
}
const ofMaistra = (text: string) => /maistra/.test(text);
const ofIstio = (text: string) => !ofMaistra(text) && /istio/.test(text) && !/knative/.test(text);
const ofKnative = (text: string) => !ofMaistra(text) && !ofIstio(text) && /knative|serverless/.test(text);

export const operators: readonly Row[] = [
  {
    id: 'S1',
    title: 'the operators are installed, and work',
    severity: 'breaks',
    consequence:
      'Nothing looks after the resources any more: no change of them takes effect, and none of them can be deleted.',
    source: `github.com/opendatahub-io/opendatahub-operator v2.20.0 pkg/feature/serverless/conditions.go`,
    looksAt: ['ClusterServiceVersion'],
    running: true,
    look: operatorFindings,
  },
  {
    id: 'P12',
    title: 'the webhook of Service Mesh 2 answers',
    severity: 'breaks',
    consequence: 'Control planes and member rolls can be neither created nor changed: failed calling webhook.',
    source: `${operator} hack/lib/mesh.bash (creating smcp often fails due to webhook error)`,
    looksAt: hooks,
    running: true,
    look: seen => deadHooks(seen, ofMaistra),
  },
  {
    id: 'P13',
    title: 'no webhook of a former Istio is left',
    severity: 'breaks',
    consequence: 'The API server refuses objects of Istio, or pods, since nobody answers for them.',
    source: 'https://github.com/maistra/istio-operator/issues/1198',
    looksAt: hooks,
    running: true,
    look: seen => deadHooks(seen, ofIstio),
  },
  {
    id: 'P26',
    title: 'no webhook of a former Knative is left',
    severity: 'breaks',
    consequence:
      'Knative cannot be installed again, or takes no changes: no endpoints available for service "webhook".',
    source: 'release notes of OpenShift Serverless 1.37, known issues',
    looksAt: hooks,
    running: true,
    look: seen => deadHooks(seen, ofKnative),
  },
  {
    id: 'P25',
    title: 'no resource waits for its end',
    severity: 'breaks',
    consequence:
      'The resource stays until its operator takes the finalizers off, and nothing new can stand in its place.',
    source: 'https://github.com/knative/operator/issues/1950',
    looksAt: main,
    *look(seen) {
      for (const object of main.flatMap(kind => seen.all(kind)))
        if (textAt(object, 'metadata', 'deletionTimestamp') !== '')
          yield {
            object,
            field: 'metadata.finalizers',
            what: `it is being deleted, and waits for ${listAt(object, 'metadata', 'finalizers').map(String).join(', ') || 'the API server'}`,
            remedy: 'let its operator run until it is gone: oc get csv -A',
          };
    },
  },
  {
    id: 'S6',
    title: 'every resource is Ready',
    severity: 'breaks',
    consequence: 'What its operator should have made of it is not, or not all, there.',
    source: `${operator} vendor/knative.dev/operator (Ready); github.com/maistra/istio-operator pkg/apis/maistra`,
    looksAt: main,
    running: true,
    *look(seen) {
      for (const object of main.flatMap(kind => seen.all(kind)))
        if (textAt(object, 'metadata', 'deletionTimestamp') === '')
          for (const { finding, remedy } of readiness(object))
            yield { object, field: 'status', what: told(finding.replace(`${titleOf(object)} `, 'it ')), remedy };
    },
  },
];
