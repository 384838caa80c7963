/** Steps that look at what users of the mesh made themselves. */
import {
  gatewayNamespaceOf3,
  meshNamespace,
  nothing,
  ofUsers,
  ownMesh,
  policiesThatName,
  restore,
} from '../commands.ts';
import { authorizations, guide } from '../sources.ts';
import type { Row } from '../step.ts';

export const networkPolicies: Row = {
  id: 'network-policies',
  title: 'Free your own NetworkPolicies from the labels of Service Mesh 2',
  source: `${guide} (network policies)`,
  step: m => ({
    why: `The label maistra.io/member-of disappears with Service Mesh 2; your policies must admit ${gatewayNamespaceOf3} and knative-serving to the namespaces of the mesh, and both to ${meshNamespace(m)}, by the label kubernetes.io/metadata.name.`,
    commands: [
      `oc get networkpolicies -A -l '!maistra-version' -o jsonpath='{range .items[*]}{.metadata.namespace}/{.metadata.name} {.spec}{"\\n"}{end}' | grep maistra.io/ || echo none`,
    ],
    check: {
      command: `oc get networkpolicies -A -l '!maistra-version' -o jsonpath='{.items[*].spec}' | grep -c maistra.io/`,
      shows: '0, after you have changed each policy that the command listed (oc edit).',
    },
    back: { say: 'Apply what was there again.', commands: [restore('network-policies-before.yaml')] },
  }),
};

export const authorizationPolicies: Row = {
  id: 'authorization-policies',
  title: 'Let the new gateway through your AuthorizationPolicies',
  source: authorizations,
  when: { words: 'serving.enabled', holds: m => m.after.serving.enabled },
  step: m => {
    // With isolation, those of the charts have steps of their own: helm upgrade stumbles over what was edited.
    const selector = m.after.isolation.enabled ? ofUsers : '';
    const list = `${policiesThatName(meshNamespace(m), selector)} | grep -v ${gatewayNamespaceOf3}`;
    return {
      why: `Requests come from ${gatewayNamespaceOf3} instead of ${meshNamespace(m)}, so each policy that allows the one must allow the other beside it, until the old gateway is gone.`,
      commands: [
        'oc get authorizationpolicies.security.istio.io -A -o yaml > authorization-policies-before.yaml',
        `${list} || echo none`,
      ],
      check: {
        command: list,
        shows: `nothing, after you have added ${gatewayNamespaceOf3} to each policy that the command listed (oc edit); principals then name its service account knative-istio-ingressgateway.`,
      },
      back: { say: 'Apply what was there again.', commands: [restore('authorization-policies-before.yaml')] },
    };
  },
};

export const dnsCapture: Row = {
  id: 'dns-capture',
  title: 'Look for ServiceEntries that need DNS of the proxy',
  source: `${guide} (DNS capture); maistra/istio-operator resources/helm/v2.5/global.yaml`,
  step: () => {
    const list = `oc get serviceentries.networking.istio.io -A -o custom-columns=NAMESPACE:.metadata.namespace,NAME:.metadata.name,RESOLUTION:.spec.resolution,HOSTS:.spec.hosts --no-headers | grep -v ' NONE '`;
    return {
      why: 'Proxies of Service Mesh 2 answered DNS for the hosts of ServiceEntries, those of Service Mesh 3 do not by default; the ServiceEntry of this chart has resolution NONE and needs no such answer.',
      commands: [`${list} || echo none`],
      check: {
        command: list,
        shows: `only hosts that your DNS servers know. Pods that call another one need the annotation proxy.istio.io/config: '{"proxyMetadata": {"ISTIO_META_DNS_CAPTURE": "true"}}'.`,
      },
      back: nothing,
    };
  },
};

/** The member roll is somebody else's, and may have members that the values do not know. */
export const foreignRoll: Row = {
  id: 'existing-member-roll',
  title: 'Compare the member roll with mesh.members',
  source: 'this chart: with Service Mesh 3, mesh.members are the namespaces that get proxies',
  when: {
    words: 'mesh.memberRoll.create false, without ServiceMeshMembers',
    holds: ({ before }) => !before.mesh.memberRoll.create && !before.mesh.serviceMeshMembers.create,
  },
  step: m => {
    const list = `oc get servicemeshmemberroll/default -n ${meshNamespace(m)} -o jsonpath='{range .status.configuredMembers[*]}{@}{"\\n"}{end}'`;
    const known = ['knative-serving', 'knative-eventing', ...m.after.mesh.members].map(n => ` -e ${n}`).join('');
    return {
      why: 'The values do not list who else is on the roll, and what is not in mesh.members gets no label and so no proxy.',
      commands: [list],
      check: {
        command: `${list} | grep -v -x${known}`,
        shows: `only namespaces of ${ownMesh(m) ? 'nobody' : 'other teams'}; add yours to mesh.members in ${m.newFile}, and to the namespaces in the commands below.`,
      },
      back: nothing,
    };
  },
};
