/** What there is at all: half an installation, several meshes, unknown versions, and whose the objects are. */

import { ownerOf } from '../../checks/preflight/existing.ts';
import { nameOf, namespaceOf, titleOf } from '../../cluster/fields.ts';
import { knativeEventing, knativeNamespaces, knativeServing } from '../../model/facts/names.ts';
import type { Kind } from '../kinds.ts';
import { eventingOf, servingOf, usesIstio } from '../mesh.ts';
import { annotationsOf, labelsOf, oc, type Row, show } from '../row.ts';
import type { Seen } from '../seen.ts';

const control = ['ServiceMeshControlPlane', 'Istio'] as const;
const knative = ['KnativeServing', 'KnativeEventing', 'KnativeKafka'] as const;
const places = [
  ['KnativeServing', knativeServing, 'knative-serving'],
  ['KnativeEventing', knativeEventing, 'knative-eventing'],
  ['KnativeKafka', knativeEventing, 'knative-kafka'],
] as const;
const managed: readonly Kind[] = [...control, 'ServiceMeshMemberRoll', 'Gateway', ...knative];

/** A folder need not hold what others own. */
const elsewhere = (seen: Seen) => (seen.from === 'folder' ? { severity: 'risk' as const } : {});

export const whole: readonly Row[] = [
  {
    id: 'S2',
    title: 'every object is of a version whose fields are known',
    severity: 'risk',
    consequence: 'Nothing can be said of it: its fields may mean something else.',
    source: 'docs/doctor.md, which lists the versions',
    looksAt: [],
    *look(seen) {
      for (const { object, versions } of seen.unknown)
        yield {
          object,
          field: 'apiVersion',
          what: `version ${versions} is not known`,
          remedy: 'look at it yourself, or take the newest serverless-mesh',
        };
    },
  },
  {
    id: 'S3',
    title: 'the installation is whole',
    severity: 'breaks',
    consequence: 'Half an installation does not work: each part counts on the others.',
    source: 'base document 1.4',
    looksAt: [...control, ...knative, 'IstioCNI'],
    *look(seen) {
      const parts = knative.flatMap(kind => seen.all(kind));
      const serving = servingOf(seen);
      if (seen.meshes.length === 0 && parts.length === 0)
        yield {
          object: 'the installation',
          field: '',
          what: 'there is neither a control plane of a mesh nor a resource of Knative',
          remedy: 'see whether this is the cluster, or the folder, that you meant',
        };
      else if (seen.meshes.length === 0 && usesIstio(serving))
        yield {
          object: serving!,
          field: 'spec.ingress.istio.enabled',
          what: 'Knative takes requests through a mesh, and there is no control plane, neither ServiceMeshControlPlane nor Istio',
          remedy: 'serverless-mesh render, with your values, prints one; or see who removed it',
          ...elsewhere(seen),
        };
      else if (seen.meshes.length > 0 && parts.length === 0)
        yield {
          object: seen.meshes[0]!.controlPlane,
          field: '',
          what: 'there is a mesh, and no KnativeServing, KnativeEventing or KnativeKafka',
          remedy: 'serverless-mesh render, with your values, prints them',
          severity: 'note',
        };
      if (seen.mesh?.generation === 'v3' && seen.all('IstioCNI').length === 0)
        yield {
          object: 'IstioCNI default',
          field: '',
          what: 'it does not exist, and without it no pod of the mesh starts on OpenShift',
          remedy: 'serverless-mesh render, with mesh.generation v3, prints it',
          ...elsewhere(seen),
        };
    },
  },
  {
    id: 'S3',
    title: 'the gateways of Knative have a Knative Serving behind them',
    severity: 'breaks',
    consequence: 'Half an installation does not work: no Knative Service can be created or called.',
    source: 'base document 1.4.3 step 1',
    looksAt: ['Gateway', ...knative],
    *look(seen) {
      const ofKnative = (['knative-ingress-gateway', 'knative-local-gateway'] as const).filter(
        name => seen.find('Gateway', name, knativeServing) !== undefined,
      );
      const others = [...seen.all('KnativeEventing'), ...seen.all('KnativeKafka')];
      if (ofKnative.length === 0 || others.length === 0 || seen.all('KnativeServing').length > 0) return;
      yield {
        object: 'KnativeServing knative-serving/knative-serving',
        field: '',
        what: `it does not exist, though Gateway ${ofKnative.join(' and ')} in knative-serving ${ofKnative.length === 1 ? 'is' : 'are'} for it`,
        remedy:
          'serverless-mesh render, with your values, prints it; or delete the gateways, where you want Eventing only',
        ...elsewhere(seen),
      };
    },
  },
  {
    id: 'S11',
    title: 'each resource of Knative is where its operator takes it',
    severity: 'breaks',
    consequence:
      'The operator refuses it, or installs nothing of it: there may be one of each, of this name, in this namespace.',
    source:
      'github.com/openshift-knative/serverless-operator, validating webhooks (the example of base document 1.5 has no namespace)',
    looksAt: knative,
    *look(seen) {
      for (const [kind, namespace, name] of places)
        for (const object of seen.all(kind)) {
          if (namespaceOf(object) === namespace && nameOf(object) === name) continue;
          const isElsewhere = namespaceOf(object) !== namespace;
          yield {
            object,
            field: isElsewhere ? 'metadata.namespace' : 'metadata.name',
            what: `it is ${show((isElsewhere ? namespaceOf(object) : nameOf(object)) || undefined)}, and must be ${isElsewhere ? namespace : name}`,
            remedy: `write it into ${kind} ${namespace}/${name}, and leave this one out`,
          };
        }
    },
  },
  {
    id: 'S4',
    title: "it can be told which mesh is Knative's",
    severity: 'breaks',
    consequence: 'Nothing that depends on the mesh was judged, for that would be a guess.',
    source: 'base document 1.4.3 step 3 (spec.config.istio names the gateways)',
    looksAt: [...control, 'KnativeServing'],
    *look(seen) {
      if (seen.meshes.length < 2 || seen.mesh !== undefined) return;
      const meshes = seen.meshes.map(m => titleOf(m.controlPlane)).join(', ');
      yield {
        object: servingOf(seen) ?? 'KnativeServing knative-serving/knative-serving',
        field: 'spec.config.istio',
        what: `there are several meshes (${meshes}), and the addresses of its gateways fit none of them, or more than one`,
        remedy: 'write the Service of the gateway of one mesh there, as <service>.<namespace>.svc.cluster.local',
      };
    },
  },
  {
    id: 'S5',
    title: 'nobody else manages the resources',
    severity: 'note',
    consequence: 'Whatever is changed by hand, or taken over by a release, may be undone by its owner.',
    source: 'github.com/helm/helm pkg/action/validate.go',
    looksAt: managed,
    *look(seen) {
      for (const object of managed.flatMap(kind => seen.all(kind))) {
        const owner = ownerOf(object);
        const isChart = String(labelsOf(object)['helm.sh/chart'] ?? '').startsWith('serverless-mesh-');
        if (owner.kind === 'unknown' || (owner.kind === 'helm' && isChart)) continue;
        const field = owner.kind === 'object' ? 'metadata.ownerReferences' : 'metadata.annotations';
        yield { object, field, what: `it belongs to ${owner.words}`, remedy: 'ask its owner before you change it' };
      }
    },
  },
  {
    id: 'P24',
    title: 'no Helm release would delete a namespace that the Serverless operator makes',
    severity: 'risk',
    consequence: 'Uninstalling that release deletes the namespace, with all that is in it.',
    source:
      'github.com/openshift-knative/serverless-operator knative-operator/pkg/controller/knativeserving/knativeserving_controller.go',
    looksAt: ['Namespace'],
    *look(seen) {
      for (const object of seen.all('Namespace')) {
        const isKnatives = knativeNamespaces.some(n => n === nameOf(object));
        const keeps = annotationsOf(object)['helm.sh/resource-policy'] === 'keep';
        if (!isKnatives || keeps || ownerOf(object).kind !== 'helm') continue;
        yield {
          object,
          field: 'metadata.annotations["helm.sh/resource-policy"]',
          what: `it belongs to ${ownerOf(object).words}, and is not kept`,
          remedy: oc('annotate', object, 'helm.sh/resource-policy=keep'),
        };
      }
    },
  },
  {
    id: 'P29',
    title: 'GitOps does not fight with the webhook of Knative',
    severity: 'note',
    consequence:
      'The webhook adds the field, so that Argo CD sees a difference that is none, and may sync without an end.',
    source:
      'github.com/openshift-knative/serverless-operator knative-operator/pkg/webhook/knativeserving/webhook_mutating.go',
    looksAt: ['KnativeServing'],
    *look(seen) {
      const object = servingOf(seen);
      if (object === undefined || ownerOf(object).kind !== 'argocd') return;
      if ((object as { spec?: { ingress?: { kourier?: unknown } } }).spec?.ingress?.kourier !== undefined) return;
      yield {
        object,
        field: 'spec.ingress.kourier.enabled',
        what: `it is not set, and ${ownerOf(object).words} manages the object`,
        remedy:
          'write spec.ingress.kourier.enabled: false in Git, or ignoreDifferences for jsonPointers /spec/ingress/kourier',
      };
    },
  },
  {
    id: 'P27',
    title: 'Knative Kafka has its Knative Eventing',
    severity: 'breaks',
    consequence: 'The webhook refuses KnativeKafka, and nothing of Kafka is installed.',
    source: 'github.com/openshift-knative/serverless-operator knative-operator/pkg/webhook/knativekafka',
    looksAt: ['KnativeKafka', 'KnativeEventing'],
    *look(seen) {
      const [object] = seen.all('KnativeKafka');
      if (object === undefined || eventingOf(seen) !== undefined) return;
      yield {
        object,
        field: '',
        what: 'KnativeEventing knative-eventing/knative-eventing does not exist',
        remedy: `create it first: oc apply -f - <<< '{"apiVersion":"operator.knative.dev/v1beta1","kind":"KnativeEventing","metadata":{"name":"knative-eventing","namespace":"knative-eventing"},"spec":{"config":{"features":{"istio":"enabled"}}}}'`,
      };
    },
  },
];
