/** What differs between the releases of OpenShift Serverless: one row a release, each with its source. */

import { type Release, releases } from '../../../values-schema/index.ts';
import { not, oneOf } from '../../gotmpl/functions.ts';
import { v } from '../serverless-mesh/values.ts';

export interface ReleaseFacts {
  /** Version of Knative that the release carries. */
  readonly knative: string;
  /** Versions of OpenShift that its bundle lists. */
  readonly openshift: string;
  /** The operator makes NetworkPolicies for the mesh, unless an annotation says no (pull requests 2470 and 2493). */
  readonly networkPolicyOptOut: boolean;
  /** How secret filtering is chosen: opt-in annotation, or an environment variable that is on by default. */
  readonly secretFiltering: 'annotation' | 'environment';
  /** Eventing has the job-sink Deployment (pull request 2887). */
  readonly jobSink: boolean;
  /** Keys of config-observability that switch metrics on. */
  readonly metrics: 'backend-destination' | 'protocol';
  /** With Service Mesh 3. Release 1.36 calls it not supported; the release notes of 1.37 have it in Technology Preview. */
  readonly serviceMesh3: 'no' | 'Technology Preview';
  /** False for a release that is not published yet. */
  readonly released: boolean;
  /** The branch whose project.yaml, bundle and operator (pkg/serving, pkg/eventing, pkg/monitoring) were read. */
  readonly source: string;
}

const branch = (name: string) => `https://github.com/openshift-knative/serverless-operator/tree/${name}`;

const common = {
  networkPolicyOptOut: true,
  secretFiltering: 'environment',
  jobSink: true,
  metrics: 'backend-destination',
  serviceMesh3: 'no',
  released: true,
} as const;

export const releaseFacts: Readonly<Record<Release, ReleaseFacts>> = {
  'v1.31': {
    ...common,
    knative: '1.10',
    openshift: '4.11 to 4.13',
    networkPolicyOptOut: false,
    secretFiltering: 'annotation',
    jobSink: false,
    source: branch('release-1.31'),
  },
  'v1.32': { ...common, knative: '1.11', openshift: '4.12 to 4.14', jobSink: false, source: branch('release-1.32') },
  'v1.33': { ...common, knative: '1.12', openshift: '4.12 to 4.15', jobSink: false, source: branch('release-1.33') },
  'v1.34': { ...common, knative: '1.14', openshift: '4.13 to 4.15', source: branch('release-1.34') },
  'v1.35': { ...common, knative: '1.15', openshift: '4.14 to 4.18', source: branch('release-1.35') },
  'v1.36': { ...common, knative: '1.16', openshift: '4.14 to 4.20', source: branch('release-1.36') },
  'v1.37': {
    ...common,
    knative: '1.17',
    openshift: '4.14 to 4.22',
    serviceMesh3: 'Technology Preview',
    source: branch('release-1.37'),
  },
  'v1.38': {
    ...common,
    knative: '1.21',
    openshift: '4.16 to 4.22',
    metrics: 'protocol',
    serviceMesh3: 'Technology Preview',
    released: false,
    source: branch('main'),
  },
};

/** True on the releases whose row fits; written as the shorter list of releases. */
export function onReleases(fits: (facts: ReleaseFacts) => boolean) {
  const those = releases.filter(r => fits(releaseFacts[r]));
  const others = releases.filter(r => !those.includes(r));
  if (those.length <= others.length) return oneOf(v.serverless.release, those);
  return not(oneOf(v.serverless.release, others));
}
