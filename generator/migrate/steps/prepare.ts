/** Steps before anything of Service Mesh 3 is there. */

import { releaseFacts } from '../../model/facts/releases.ts';
import { shellQuote } from '../../shell.ts';
import {
  controlPlane,
  liftsRelease,
  managesPolicies,
  mergePatch,
  meshNamespace,
  nothing,
  onCluster,
  ownMesh,
  routesFile,
  routesLabel,
  stayOn2,
  versionsAhead,
} from '../commands.ts';
import { guide, otherMesh } from '../sources.ts';
import type { Row } from '../step.ts';

const maistra = 'servicemeshcontrolplanes.maistra.io,servicemeshmemberrolls.maistra.io,servicemeshmembers.maistra.io';

export const backup: Row = {
  id: 'backup',
  title: 'Keep what there is',
  source: otherMesh,
  step: m => ({
    why: 'The way back needs the values and the objects of Service Mesh 2 as they are now.',
    commands: [
      `(umask 077; helm get values ${m.release.name} -n ${m.release.namespace} > helm-values-before.yaml)`,
      `oc get ${maistra} -A -o yaml > service-mesh-2.yaml`,
      "oc get networkpolicies -A -l '!maistra-version' -o yaml > network-policies-before.yaml",
      `oc get routes -n ${meshNamespace(m)} ${routesLabel} -o yaml > ${routesFile}`,
    ],
    check: {
      command: `ls -l helm-values-before.yaml service-mesh-2.yaml network-policies-before.yaml ${routesFile}`,
      shows: 'four files, none of them empty. The first one may hold a private key: only you can read it.',
    },
    back: nothing,
  }),
};

export const values: Row = {
  id: 'values',
  title: 'Write the values for Service Mesh 3',
  source: 'this chart: mesh.generation, and the rules between values',
  step: m => ({
    why: 'The release moves with a values file of its own, in which nothing is left that only Service Mesh 2 knows.',
    commands: [
      `serverless-mesh migrate-plan${m.files.map(file => ` -f ${shellQuote(file)}`).join('')} --values-out ${shellQuote(m.newFile)} > /dev/null`,
    ],
    check: {
      command: `serverless-mesh validate -f ${shellQuote(m.newFile)} && serverless-mesh render -f ${shellQuote(m.newFile)} | grep -c 'apiVersion: maistra.io/'`,
      shows: 'values: ok, and then 0.',
    },
    back: { say: 'Remove the file.', commands: [`rm ${shellQuote(m.newFile)}`] },
  }),
};

export const healthy: Row = {
  id: 'healthy',
  title: 'Start from a mesh that works, and is the only one',
  source: `${guide} (checklists)`,
  step: m => ({
    why: 'What is broken now cannot be told from what the migration breaks, and a second Service Mesh 2 would need to be shielded from Istio, too.',
    commands: [onCluster(m, 'verify', m.files)],
    check: {
      command:
        'oc get servicemeshcontrolplanes.maistra.io -A -o custom-columns=NAMESPACE:.metadata.namespace,NAME:.metadata.name,MODE:.spec.mode',
      shows: `one line, ${controlPlane(m)} in ${meshNamespace(m)}, which is not ClusterWide: that mode injects by istio-injection as Istio does, so follow the cluster-wide guide for the labels. With another one, give the namespaces of that mesh the label istio.io/rev with the name of its control plane, before Istio is there, and leave the operator of Service Mesh 2 at the end.`,
    },
    back: nothing,
  }),
};

export const serverlessRelease: Row = {
  id: 'serverless-release',
  title: 'Update OpenShift Serverless',
  source: 'openshift-docs modules/serverless-rn-1-37-0.adoc: Service Mesh 3 from 1.37 on, as a Technology Preview',
  when: { words: 'serverless.release below v1.37', holds: liftsRelease },
  step: m => {
    const release = m.after.serverless.release;
    const channel = { spec: { channel: `stable-${release.slice(1)}` } };
    return {
      why: `Serverless ${m.before.serverless.release} does not know Service Mesh 3; ${release} needs OpenShift ${releaseFacts[release].openshift}, and OLM goes there one release after the other.`,
      commands: [
        `oc patch subscription.operators.coreos.com serverless-operator -n openshift-serverless ${mergePatch(channel)}`,
        `until oc get csv -n openshift-serverless | grep 'serverless-operator.${release}.*Succeeded'; do sleep 10; done`,
        stayOn2(m, 'release'),
      ],
      check: {
        command: onCluster(m, 'verify', m.files),
        shows: `no finding but that of the release, which the files still call ${m.before.serverless.release}. With manual approval, approve each InstallPlan in openshift-serverless.`,
      },
      back: {
        say: 'None: OLM installs no older release. The integration with Service Mesh 2 goes on with this one, so stopping here is safe.',
        commands: [],
      },
    };
  },
};

export const newestServiceMesh2: Row = {
  id: 'service-mesh-2-version',
  title: 'Bring Service Mesh 2 to its newest 2.6, and hold it there',
  source: `${guide} (before migrating)`,
  step: m => {
    const { version } = m.before.mesh.controlPlane;
    const [name, namespace] = [controlPlane(m), meshNamespace(m)];
    const waitReady = `oc wait servicemeshcontrolplane/${name} -n ${namespace} --for=condition=Ready --timeout=10m`;
    const approval = (installPlanApproval: string) =>
      `oc patch subscription.operators.coreos.com servicemeshoperator -n openshift-operators ${mergePatch({ spec: { installPlanApproval } })}`;
    const upgrades = versionsAhead(m).flatMap(v =>
      ownMesh(m)
        ? [stayOn2(m, 'release', `mesh.controlPlane.version=${v}`), waitReady]
        : [
            `oc patch servicemeshcontrolplane/${name} -n ${namespace} ${mergePatch({ spec: { version: v } })}`,
            waitReady,
          ],
    );
    return {
      why: 'Only 2.6 in its newest patch release can be left for 3, and no update may come in between.',
      commands: [...upgrades, approval('Manual')],
      check: {
        command: `oc get servicemeshcontrolplane/${name} -n ${namespace} -o jsonpath='{.spec.version} {.status.chartVersion}{"\\n"}' && oc get csv -n openshift-operators | grep servicemeshoperator.v2`,
        shows: `v2.6, the patch version of the newest operator, and that operator as Succeeded.${version === '' ? ' Where the first command is refused because the version is too old, go there one minor version at a time.' : ''}`,
      },
      back: {
        say: 'Let OLM update the operator again; an older control plane is not needed.',
        commands: [approval('Automatic')],
      },
    };
  },
};

const addOns = (value: 'off' | 'default') => {
  const enabled = value === 'off' ? false : null;
  const off = { enabled };
  return {
    spec: {
      tracing: { type: value === 'off' ? 'None' : null },
      addons: { kiali: off, prometheus: off, grafana: off },
      gateways: { openshiftRoute: off },
    },
  };
};

export const addOnsOff: Row = {
  id: 'service-mesh-2-add-ons',
  title: 'Switch off the add-ons and the Routes that Service Mesh 2 makes',
  source: `${guide} (checklists)`,
  step: m => {
    const object = `servicemeshcontrolplane/${controlPlane(m)} -n ${meshNamespace(m)}`;
    return {
      why: 'Service Mesh 3 has no add-ons and makes no Routes from Gateways (IOR); Knative needs neither, for its Routes come from the Serverless operator.',
      commands: [
        `oc get routes -n ${meshNamespace(m)} -l maistra.io/generated-by=ior -o yaml > ior-routes.yaml`,
        `oc patch ${object} ${mergePatch(addOns('off'))}`,
      ],
      check: {
        command: `oc get ${object} -o jsonpath='{.spec.tracing.type} {.spec.addons.kiali.enabled} {.spec.addons.prometheus.enabled} {.spec.addons.grafana.enabled} {.spec.gateways.openshiftRoute.enabled}{"\\n"}'`,
        shows:
          'None false false false false. Routes in ior-routes.yaml that you need, for Gateways of your own, make again as Routes of your own.',
      },
      back: {
        say: 'Give them back to the defaults of the control plane; what was set before is in service-mesh-2.yaml.',
        commands: [`oc patch ${object} ${mergePatch(addOns('default'))}`],
      },
    };
  },
};

export const policiesOff: Row = {
  id: 'service-mesh-2-network-policies',
  title: 'Let Service Mesh 2 make no NetworkPolicies',
  source: `${guide} (network policies); https://github.com/openshift-knative/serverless-operator/pull/2470`,
  when: { words: 'mesh.controlPlane.manageNetworkPolicy true', holds: managesPolicies },
  step: m => {
    const patch = (manageNetworkPolicy: boolean) =>
      ownMesh(m)
        ? []
        : [
            `oc patch servicemeshcontrolplane/${controlPlane(m)} -n ${meshNamespace(m)} ${mergePatch({ spec: { security: { manageNetworkPolicy } } })}`,
          ];
    return {
      why: 'Its NetworkPolicies would keep pods from the new control plane, and vanish with the old one; those that your security rules demand must be there, as your own, before this step.',
      commands: [...patch(false), stayOn2(m, 'policies')],
      check: {
        command: `oc get networkpolicies -A -l maistra-version && oc get knativeserving,knativeeventing -A -o jsonpath='{range .items[*]}{.kind} {.metadata.annotations.serverless\\.openshift\\.io/disable-istio-net-policies-generation}{"\\n"}{end}'`,
        shows: `No resources found for ${meshNamespace(m)} and its members, and true behind each kind: Serverless makes no NetworkPolicies either.`,
      },
      back: { say: 'Both make them again.', commands: [...patch(true), stayOn2(m, 'version')] },
    };
  },
};
