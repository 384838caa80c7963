/**
 * What differs between the releases of OpenShift Serverless, one row a release.
 * Source of every row: branch release-1.X of https://github.com/openshift-knative/serverless-operator
 * (olm-catalog/serverless-operator/project.yaml, openshift-knative-operator/pkg/{serving,eventing,monitoring}); v1.38 is its main branch.
 */

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
  /** False for a release that is not published yet. */
  readonly released: boolean;
}

const since132 = { networkPolicyOptOut: true, secretFiltering: 'environment', released: true } as const;
const since134 = { ...since132, jobSink: true, metrics: 'backend-destination' } as const;

export const releaseFacts: Readonly<Record<Release, ReleaseFacts>> = {
  'v1.31': {
    knative: '1.10',
    openshift: '4.11 to 4.13',
    networkPolicyOptOut: false,
    secretFiltering: 'annotation',
    jobSink: false,
    metrics: 'backend-destination',
    released: true,
  },
  'v1.32': { knative: '1.11', openshift: '4.12 to 4.14', ...since132, jobSink: false, metrics: 'backend-destination' },
  'v1.33': { knative: '1.12', openshift: '4.12 to 4.15', ...since132, jobSink: false, metrics: 'backend-destination' },
  'v1.34': { knative: '1.14', openshift: '4.13 to 4.15', ...since134 },
  'v1.35': { knative: '1.15', openshift: '4.14 to 4.18', ...since134 },
  'v1.36': { knative: '1.16', openshift: '4.14 to 4.20', ...since134 },
  'v1.37': { knative: '1.17', openshift: '4.14 to 4.22', ...since134 },
  'v1.38': { knative: '1.21', openshift: '4.16 to 4.22', ...since134, metrics: 'protocol', released: false },
};

/** True on the releases whose row fits; written as the shorter list of releases. */
export function onReleases(fits: (facts: ReleaseFacts) => boolean) {
  const those = releases.filter(r => fits(releaseFacts[r]));
  const others = releases.filter(r => !those.includes(r));
  if (those.length <= others.length) return oneOf(v.serverless.release, those);
  return not(oneOf(v.serverless.release, others));
}
