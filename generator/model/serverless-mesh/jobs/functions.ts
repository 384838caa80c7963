import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import type { Templated } from '../../../gotmpl/index.ts';
import { aggregatedServingRoles, gatewaySelector } from '../../facts/names.ts';
import { functionsFile } from '../../script-job.ts';
import { asking, waiting } from '../../scripts.ts';
import { inStage } from '../metadata.ts';
import { v } from '../values.ts';
import { jobsName, whenJobs } from './jobs.ts';

const { metadata, resource } = inStage('namespaces');

const gatewayLabel = Object.entries(gatewaySelector)
  .map(([key, value]) => `${key}=${value}`)
  .join(',');

const functions = `${asking}
# The condition is true of what the object asks for now; after a change, it may still be that of before.
# KnativeKafka does not say which generation it speaks of.
holds() {
  condition=$1
  shift
  ask get "$@" -o jsonpath="{.status.conditions[?(@.type=='$condition')].status} {.metadata.generation} {.status.observedGeneration}" || return 1
  ! is_current $answer || return 0
  ask get "$@" -o jsonpath="{range .status.conditions[?(@.status!='True')]}{.type} {.reason} {.message}; {end}" || return 1
  missing="$1 is not $condition yet. $answer"
  # Beside an empty ClusterRole of a former Knative the operator cannot install. It makes both again.
  case $answer in *'.rules accessor error'*) missing="\${missing}if this stays: oc delete clusterrole --ignore-not-found ${aggregatedServingRoles.join(' ')}" ;; esac
  return 1
}
is_current() { [ "\${1-}" = True ] && { [ $# -lt 3 ] || [ "$2" = "$3" ]; }; }

# The pods of the ingress gateway have the image that Istio gives them.
is_injected() {
  ask get pods -n "$GATEWAY_NAMESPACE" -l ${gatewayLabel} --field-selector=status.phase!=Failed,status.phase!=Succeeded --no-headers \\
    -o custom-columns=D:.metadata.deletionTimestamp,I:.spec.containers[*].image || return 1
  missing="there are no pods of $GATEWAY in $GATEWAY_NAMESPACE yet"
  case "$answer" in *'<none>'*) ;; *) return 1 ;; esac
  missing="pods of $GATEWAY in $GATEWAY_NAMESPACE started before Istio was there, and have the image auto"
  ! echo "$answer" | grep -Eq '^<none> +(.*,)?auto(,.*)? *$'
}

# What stands in the place of the router's copied certificate, in $copy: absent, ours or foreign.
look_at_copy() {
  ask get secret "$CERTIFICATE" -n "$GATEWAY_NAMESPACE" --ignore-not-found \\
    -o jsonpath='{.metadata.annotations.meta\\.helm\\.sh/release-namespace}/{.metadata.annotations.meta\\.helm\\.sh/release-name}' || return 1
  case $answer in
    '') copy=absent ;;
    "$RELEASE_NAMESPACE/$RELEASE") copy=ours ;;
    *) copy=foreign ;;
  esac
}

${waiting}`;

const manifest: Templated<IConfigMap> = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: metadata({ name: jobsName, namespace: v.mesh.namespace }),
  data: { [functionsFile]: functions },
};

export default resource({
  doc: 'What the scripts of both Jobs share.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/',
  documents: whenJobs(manifest),
});
