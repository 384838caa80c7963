/** Steps that bring Service Mesh 3 up, beside Service Mesh 2. */
import { adoption } from '../../checks/preflight/existing.ts';
import { resourceOf } from '../../cluster/fields.ts';
import { cniNamespace } from '../../model/facts/names.ts';
import {
  apply,
  controlPlane,
  gatewayNamespaceOf3,
  meshNamespace,
  meshNamespaces,
  ownMesh,
  templateOnly,
  toWebhookOf2,
  toWebhookOf3,
} from '../commands.ts';
import { guide, serverlessOn3, troubleshooting, webhooks } from '../sources.ts';
import type { Row } from '../step.ts';

const subscription = {
  apiVersion: 'operators.coreos.com/v1alpha1',
  kind: 'Subscription',
  metadata: { name: 'servicemeshoperator3', namespace: 'openshift-operators' },
  spec: {
    channel: 'stable',
    name: 'servicemeshoperator3',
    source: 'redhat-operators',
    sourceNamespace: 'openshift-marketplace',
  },
};

export const operator: Row = {
  id: 'service-mesh-3-operator',
  title: 'Install the operator of Service Mesh 3',
  source: serverlessOn3,
  step: () => ({
    why: 'It runs beside that of Service Mesh 2 and changes nothing until there is an Istio resource, whose kind it brings.',
    commands: [
      apply(subscription),
      'until oc get crd istios.sailoperator.io istiocnis.sailoperator.io; do sleep 5; done',
    ],
    check: {
      command:
        'oc wait crd/istios.sailoperator.io crd/istiocnis.sailoperator.io --for=condition=Established --timeout=2m && oc get csv -n openshift-operators | grep servicemeshoperator3',
      shows: 'condition met twice, and the operator as Succeeded.',
    },
    back: {
      say: 'Remove the operator; leave its CRDs, for the objects of Istio are shared with Service Mesh 2.',
      commands: [
        "csv=$(oc get subscription.operators.coreos.com servicemeshoperator3 -n openshift-operators -o jsonpath='{.status.installedCSV}')",
        'oc delete subscription.operators.coreos.com servicemeshoperator3 -n openshift-operators',
        'oc delete csv "$csv" -n openshift-operators',
      ],
    },
  }),
};

export const shield: Row = {
  id: 'shield',
  title: 'Shield the namespaces from Istio, until it is ready',
  source: `${webhooks}; ${troubleshooting} (with a proxy of each, a pod does not start)`,
  step: m => {
    const all = meshNamespaces(m);
    return {
      why: 'As soon as Istio default is there, its webhook takes every pod with the label sidecar.istio.io/inject, but not in a namespace with the revision of another one; that of Service Mesh 2 does not look at this label.',
      commands: [toWebhookOf2(m, all)],
      check: {
        command: `oc get namespace ${all.join(' ')} -L istio.io/rev,istio-injection,maistra.io/ignore-namespace`,
        shows: `${controlPlane(m)} for each, and nothing under the two others.`,
      },
      back: { say: 'Take the label away.', commands: [`oc label namespace ${all.join(' ')} istio.io/rev-`] },
    };
  },
};

export const labels: Row = {
  id: 'labels',
  title: 'Give the namespaces to Istio',
  source: `${guide} (migrating workloads); ${webhooks}`,
  step: m => {
    const { members } = m.after.mesh;
    const all = meshNamespaces(m);
    return {
      why: 'From here on new pods get their proxy from Istio, and those that run keep theirs; pods of both kinds trust each other.',
      commands: [
        toWebhookOf3(all),
        ...(members.length > 0 ? [`oc label namespace ${members.join(' ')} istio-injection=enabled --overwrite`] : []),
      ],
      check: {
        command: `oc get namespace ${all.join(' ')} -L maistra.io/ignore-namespace,istio-injection,istio.io/rev`,
        shows: `true for each, ${members.length > 0 ? `enabled for ${members.join(', ')}, ` : ''}and no revision. In a namespace that is enabled all pods get a proxy, but those with the label sidecar.istio.io/inject: "false".`,
      },
      back: { say: 'Service Mesh 2 injects again.', commands: [toWebhookOf2(m, all)] },
    };
  },
};

export const istio: Row = {
  id: 'istio',
  title: 'Start Istio beside Service Mesh 2',
  source: `${guide}; ${serverlessOn3}`,
  step: m => {
    const resources = m.istio.map(
      ({ object }) => `${resourceOf(object)}/${(object.metadata as { name: string }).name}`,
    );
    const own = ownMesh(m);
    return {
      why: own
        ? `In the namespace of the old control plane it takes over the root that signs the proxies' certificates, so that both meshes trust each other; it comes before the rest of the release, so that the gateway finds it.`
        : 'The mesh team owns Istio: agree with them; this is what the release needs, in the namespace of the old control plane, whose root it takes over so that both meshes trust each other.',
      commands: [
        `oc get namespace/${cniNamespace} || oc create namespace ${cniNamespace}`,
        `${templateOnly(m, m.istio, ...(own ? [] : ['mesh.controlPlane.create=true']))} | oc apply -f -`,
        ...(own ? m.istio.map(({ object }) => adoption(object, m.release)) : [strict(m.before.mesh.namespace)]),
        `oc wait ${resources.join(' ')} --for=condition=Ready --timeout=10m`,
      ],
      check: {
        command: `oc logs -n ${meshNamespace(m)} deployment/istiod | grep -i 'existing secret'`,
        shows:
          'that istiod loads signing key and certificate from the existing Secret istio-ca-secret, and makes no root of its own.',
      },
      back: {
        say: 'Take it away; nothing uses it yet.',
        commands: [`oc delete ${resources.join(' ')}`],
      },
    };
  },
};

/** What the chart makes with a mesh of its own. */
const strict = (namespace: string) =>
  apply({
    apiVersion: 'security.istio.io/v1beta1',
    kind: 'PeerAuthentication',
    metadata: { name: 'mesh-mtls', namespace },
    spec: { mtls: { mode: 'STRICT' } },
  });

export const rootOfNewNamespaces: Row = {
  id: 'root-of-the-mesh',
  title: 'Let the new istiod hand out the root of the mesh',
  source: `${troubleshooting} (ConfigMap istio-ca-root-cert not found)`,
  when: { words: 'serving.enabled', holds: m => m.after.serving.enabled },
  step: m => {
    const old = `deployment/istiod-${controlPlane(m)} -n ${meshNamespace(m)}`;
    return {
      why: `One of the two istiods writes the ConfigMap istio-ca-root-cert; the old one leaves out ${gatewayNamespaceOf3}, which is no member of its mesh, and without it no pod of the new gateway starts.`,
      commands: [`oc rollout restart ${old}`, `oc rollout status ${old} --timeout=5m`],
      check: {
        command: `oc get configmap/istio-ca-root-cert -n ${gatewayNamespaceOf3}`,
        shows:
          'the ConfigMap. Where it is not found after a minute, restart again: the other one must become the leader.',
      },
      back: { say: 'Not needed: a restarted istiod is as good as before.', commands: [] },
    };
  },
};
