/** What a row says: which difference has which effect, and where that is known from. */
import type { Manifest } from '../../gotmpl/evaluate.ts';
import type { ValueChange } from '../causes.ts';
import type { ObjectChange } from '../change.ts';

/** Worst first. */
export const severities = [
  'unsupported',
  'refused',
  'interrupts',
  'membership',
  'identity',
  'traffic',
  'certificate',
  'address',
  'restart',
  'operator',
  'scale',
  'live',
] as const;
export type Severity = (typeof severities)[number];

export const severityWords: Readonly<Record<Severity, string>> = {
  unsupported: 'an upgrade cannot do it, or what it takes away does not come back',
  refused: 'the API server refuses it',
  interrupts: 'requests or events are interrupted',
  membership: 'who is in the mesh changes',
  identity: 'identities in the mesh change',
  traffic: 'traffic is allowed or refused otherwise',
  certificate: 'other certificates',
  address: 'other addresses',
  restart: 'pods are restarted, or must be',
  operator: 'it needs an operator',
  scale: 'another number of pods',
  live: 'nothing is interrupted',
};

/** A scalar that differs. */
export interface Leaf {
  readonly steps?: readonly (string | number)[];
  /** Its place with dots alone, as `spec.workloads.0.labels.sidecar.istio.io/inject`. */
  readonly path: string;
  /** The difference that it is part of. */
  readonly field: string;
  /** Names of the items of lists that it is in: `['activator']`. */
  readonly items: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
}
/** An object with differences that a row matches. */
export interface Seen {
  readonly name: string;
  readonly namespace: string;
  readonly before: Manifest | undefined;
  readonly after: Manifest | undefined;
  /** None for an object that is new or gone. */
  readonly leaves: readonly Leaf[];
  readonly items: readonly string[];
  /** All objects that differ, this one too. */
  readonly all: readonly ObjectChange[];
}

export interface EffectRow {
  readonly id: string;
  readonly severity: Severity;
  /** With their groups, as `KnativeServing.operator.knative.dev`. */
  readonly kinds: readonly string[] | 'all';
  readonly change: 'added' | 'removed' | 'changed' | 'any';
  /** Which fields of a changed object, by the path of a leaf; any without it. */
  readonly field?: RegExp;
  /** About removed objects that Helm keeps. No other row is. */
  readonly kept?: true;
  readonly when?: (seen: Seen) => boolean;
  /** What happens, one sentence that goes on behind the name of the object. */
  readonly what: (seen: Seen) => string;
  readonly source: string;
}
export interface ValueRow {
  readonly id: string;
  readonly severity: Severity;
  readonly value: string;
  readonly what: (change: ValueChange) => string;
  readonly source: string;
}

export const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

export const serving = 'KnativeServing.operator.knative.dev';
export const eventing = 'KnativeEventing.operator.knative.dev';
export const knativeKafka = 'KnativeKafka.operator.serverless.openshift.io';
export const controlPlane2 = 'ServiceMeshControlPlane.maistra.io';
export const memberRoll = 'ServiceMeshMemberRoll.maistra.io';
export const member = 'ServiceMeshMember.maistra.io';
export const istio = 'Istio.sailoperator.io';
export const istioCni = 'IstioCNI.sailoperator.io';
export const certificate = 'Certificate.cert-manager.io';
export const issuers = ['Issuer.cert-manager.io', 'ClusterIssuer.cert-manager.io'] as const;
export const subscription = 'Subscription.operators.coreos.com';
