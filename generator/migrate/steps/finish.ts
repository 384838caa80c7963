/** Steps that take Service Mesh 2 away. */
import { caName } from '../../model/serverless-mesh/certificates/cert-manager.ts';
import {
  controlPlane,
  gatewayNamespaceOf3,
  uninstall as helmUninstall,
  installOn2,
  meshNamespace,
  meshNamespaces,
  onObjects,
  ownMesh,
  restore,
  stayOn2,
} from '../commands.ts';
import type { Migration } from '../migration.ts';
import { guide, otherMesh } from '../sources.ts';
import type { Row } from '../step.ts';
import { kept } from './move.ts';

const maistra = 'servicemeshcontrolplanes.maistra.io,servicemeshmemberrolls.maistra.io,servicemeshmembers.maistra.io';
const onlyByReinstall = {
  say: 'From here on only by uninstalling, and installing again with the values of before and service-mesh-2.yaml.',
  commands: [],
};

export const uninstall: Row = {
  id: 'uninstall',
  title: 'Uninstall the release: nothing is served from now on',
  source: `${otherMesh}; https://github.com/knative/operator/issues/1950`,
  step: m => ({
    why: 'The finalizers of Knative and of the control plane need their operators, so the release goes first; your Knative Services and Brokers stay as objects, which the release must be allowed to leave behind.',
    commands: helmUninstall(m, stayOn2(m, 'release', 'uninstall.allowInUse=true')),
    check: {
      command: `oc get knativeservings.operator.knative.dev,knativeeventings.operator.knative.dev${ownMesh(m) ? ',servicemeshcontrolplanes.maistra.io,servicemeshmembers.maistra.io' : ''} -A`,
      shows: `No resources found${ownMesh(m) ? ', but for control planes of other meshes' : ''}.`,
    },
    back: {
      say: 'Install it again with the values of before.',
      commands: [installOn2(m)],
    },
  }),
};

export const injectionLabels: Row = {
  id: 'injection-labels',
  title: 'Label your namespaces for injection',
  source: `${guide} (migrating workloads)`,
  when: { words: 'mesh.members not empty', holds: m => m.after.mesh.members.length > 0 && ownMesh(m) },
  step: m => {
    const all = m.after.mesh.members.join(' ');
    return {
      why: 'Without the member roll, Istio injects where the namespace says so: now every pod there, but those with the label sidecar.istio.io/inject: "false".',
      commands: [`oc label namespace ${all} istio-injection=enabled --overwrite`],
      check: { command: `oc get namespace ${all} -L istio-injection`, shows: 'enabled for each.' },
      back: { say: 'Take the label away.', commands: [`oc label namespace ${all} istio-injection-`] },
    };
  },
};

export const removeObjects: Row = {
  id: 'remove-service-mesh-2',
  title: 'Remove what was kept of Service Mesh 2',
  source: `${guide} (completing the migration); https://github.com/maistra/istio-operator/issues/1198`,
  when: { words: 'objects that were kept', holds: m => kept(m).length > 0 },
  step: m => ({
    why: ownMesh(m)
      ? 'Nothing uses it any more: the control plane goes first, while its operator runs, and takes its gateway with it.'
      : 'Nothing of yours uses the old mesh any more; its control plane stays, for the mesh team.',
    commands: onObjects('delete', kept(m), '--ignore-not-found'),
    check: ownMesh(m)
      ? {
          command: `oc get ${maistra} -n ${meshNamespace(m)}; oc get mutatingwebhookconfigurations,validatingwebhookconfigurations -o name | grep istiod-${controlPlane(m)}-${meshNamespace(m)}; oc get secret/istio-ca-secret -n ${meshNamespace(m)}`,
          shows: 'No resources found, no webhook, and still the Secret with the root of the mesh.',
        }
      : {
          command: onObjects('get', kept(m), '--ignore-not-found').join(' && '),
          shows: 'nothing.',
        },
    back: onlyByReinstall,
  }),
};

export const leaveRoll: Row = {
  id: 'leave-member-roll',
  title: 'Leave the member roll',
  source: `${guide} (completing the migration)`,
  when: {
    words: 'mesh.memberRoll.create false, without ServiceMeshMembers',
    holds: ({ before }) => !before.mesh.memberRoll.create && !before.mesh.serviceMeshMembers.create,
  },
  step: m => {
    const roll = `servicemeshmemberroll/default -n ${meshNamespace(m)}`;
    return {
      why: ownMesh(m)
        ? 'The roll is not part of the release, so Helm does not delete it; without it no namespace is a member any more.'
        : 'The roll belongs to the mesh team: the namespaces that have moved are taken off it by hand, those of others stay.',
      commands: [ownMesh(m) ? `oc delete ${roll}` : `oc edit ${roll}`],
      check: {
        command: `oc get namespace ${meshNamespaces(m).join(' ')} -L maistra.io/member-of`,
        shows: 'nothing under MEMBER-OF.',
      },
      back: {
        say: 'Put the namespaces on the roll again, as service-mesh-2.yaml has it.',
        commands: [ownMesh(m) ? restore('service-mesh-2.yaml') : `oc edit ${roll}`],
      },
    };
  },
};

/** Copies that nobody's Helm release holds. */
const leftSecrets = ({ after: { gateway } }: Migration): readonly string[] => {
  const { source, secretName, certManager } = gateway.tls;
  if (source === 'clusterIngress') return [secretName];
  if (source !== 'certManager') return [];
  return certManager.issuer.name === '' ? [secretName, caName] : [secretName];
};

export const removeSecrets: Row = {
  id: 'remove-old-certificate',
  title: 'Remove the certificate of the old gateway',
  source: 'https://cert-manager.io/docs/usage/certificate/#cleaning-up-secrets-when-certificates-are-deleted',
  when: {
    words: 'gateway.tls.source certManager or clusterIngress',
    holds: m => m.after.serving.enabled && leftSecrets(m).length > 0,
  },
  step: m => {
    const secrets = leftSecrets(m)
      .map(name => `secret/${name}`)
      .join(' ');
    return {
      why: 'Neither Helm nor cert-manager deletes these Secrets, and they hold private keys.',
      commands: [`oc delete ${secrets} -n ${meshNamespace(m)} --ignore-not-found`],
      check: {
        command: `oc get ${secrets} -n ${meshNamespace(m)} --ignore-not-found; oc get ${secrets} -n ${gatewayNamespaceOf3}`,
        shows: `nothing in ${meshNamespace(m)}, and each in ${gatewayNamespaceOf3}.`,
      },
      back: { say: `Not needed: the same is in ${gatewayNamespaceOf3}.`, commands: [] },
    };
  },
};

export const removeLabels: Row = {
  id: 'remove-labels',
  title: 'Remove the labels of the migration',
  source: `${guide} (completing the migration)`,
  when: { words: 'a mesh of the release', holds: ownMesh },
  step: m => {
    const all = meshNamespaces(m).join(' ');
    return {
      why: 'The webhook that the label kept away is gone.',
      commands: [`oc label namespace ${all} maistra.io/ignore-namespace-`],
      check: { command: `oc get namespace ${all} --show-labels | grep -c maistra.io/`, shows: '0.' },
      back: { say: 'Set it again.', commands: [`oc label namespace ${all} maistra.io/ignore-namespace=true`] },
    };
  },
};

export const removeOperator: Row = {
  id: 'remove-service-mesh-2-operator',
  title: 'Remove the operator of Service Mesh 2',
  source: `${guide} (completing the migration)`,
  when: { words: 'a mesh of the release', holds: ownMesh },
  step: () => ({
    why: 'Its finalizers have no more objects to end; in a cluster with another Service Mesh 2, leave it.',
    commands: [
      `oc get ${maistra} -A`,
      "csv=$(oc get subscription.operators.coreos.com servicemeshoperator -n openshift-operators -o jsonpath='{.status.installedCSV}')",
      'oc delete subscription.operators.coreos.com servicemeshoperator -n openshift-operators',
      'oc delete csv "$csv" -n openshift-operators',
      "for crd in $(oc get crd -o name | grep '[.]maistra[.]io$'); do oc delete $crd; done",
    ],
    check: {
      command:
        "oc get crd,mutatingwebhookconfigurations,validatingwebhookconfigurations -o name | grep maistra; oc get csv -n openshift-operators | grep 'servicemeshoperator[.]v2'",
      shows: 'nothing. The first command must have found no resources before you go on to the second.',
    },
    back: { say: 'Install it again from OperatorHub, with approval Manual.', commands: [] },
  }),
};
