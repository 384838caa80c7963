import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import type { Templated } from '../../../gotmpl/index.ts';
import { scriptFile } from '../../script-job.ts';
import { inStage } from '../metadata.ts';
import { verifyName } from '../tests/verify.ts';
import { v } from '../values.ts';
import { certificateJob, uninstallJob, waitJob, whenJobs } from './jobs.ts';

const { metadata, resource } = inStage('namespaces');

const script = `. "$(dirname "$0")/functions.sh"

# A kind that the cluster does not know has no objects.
ask_known() { ask "$@" || case $missing in *"doesn't have a resource type"*) answer='' ;; *) return 1 ;; esac; }

# remove WHAT NAMESPACE [CASCADE]: deletes an object, and waits until it is gone.
remove() { wait_for "the end of $1" is_gone "$1" "$2" "\${3-background}"; }
is_gone() {
  ask_known get "$1" -n "$2" --ignore-not-found -o jsonpath='{.metadata.finalizers} {.metadata.deletionTimestamp}' || return 1
  [ -n "$answer" ] || return 0
  left="it is still there, finalizers: \${answer% *}; does its operator run?"
  case $answer in *' ') ask delete "$1" -n "$2" --ignore-not-found --cascade="$3" --wait=false || return 1 ;; esac
  missing=$left
  return 1
}

# refuse_in_use KIND WORDS: ends the Job while there are objects of that kind.
refuse_in_use() {
  wait_for "a look at the $2" ask_known get "$1" -A -o jsonpath='{range .items[*]}{.metadata.namespace}/{.metadata.name} {end}'
  set -- "$2" $answer
  [ $# -gt 1 ] || return 0
  say "refused, for Knative is in use: $(($# - 1)) $1, such as $2; delete them, or set uninstall.allowInUse to true with helm upgrade"
  exit 1
}

# A variable that is absent leaves out its step. What a failed helm test left is ours, and in nobody's use.
if [ -n "\${TEST_NAMESPACE-}" ]; then
  remove services.serving.knative.dev/${verifyName} "$TEST_NAMESPACE" foreground
  remove job/${verifyName} "$TEST_NAMESPACE"
  remove configmap/${verifyName} "$TEST_NAMESPACE"
fi
if [ -z "\${ALLOW_IN_USE-}" ]; then
  [ -z "\${SERVING-}" ] || refuse_in_use services.serving.knative.dev "Knative Services"
  [ -z "\${EVENTING-}" ] || refuse_in_use brokers.eventing.knative.dev Brokers
fi
# Of each domain mapping the namespace, in the same order.
set -- $(echo "\${DOMAIN_NAMESPACES-}" | tr , ' ')
for domain in $(echo "\${DOMAINS-}" | tr , ' '); do
  remove "domainmappings.serving.knative.dev/$domain" "$1"
  shift
done
# Helm leaves a hook that failed, and one that still runs.
remove "job/${waitJob}" "$MESH_NAMESPACE"
[ -z "\${CERTIFICATE-}" ] || remove "job/${certificateJob}" "$MESH_NAMESPACE"
[ -z "\${KAFKA-}" ] || remove knativekafka.operator.serverless.openshift.io/knative-kafka knative-eventing
[ -z "\${SERVING-}" ] || remove knativeserving.operator.knative.dev/knative-serving knative-serving
[ -z "\${EVENTING-}" ] || remove knativeeventing.operator.knative.dev/knative-eventing knative-eventing
if [ -n "\${CERTIFICATE-}" ]; then
  wait_for "a look at secret/$CERTIFICATE" look_at_copy
  [ "$copy" = foreign ] || remove "secret/$CERTIFICATE" "$GATEWAY_NAMESPACE"
fi
say "the resources of Knative are gone"
`;

const manifest: Templated<IConfigMap> = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: metadata({ name: uninstallJob, namespace: v.mesh.namespace }),
  data: { [scriptFile]: script },
};

export default resource({
  doc: 'What the Job before uninstall does: it deletes the Knative resources while the operators that their finalizers need still run.',
  source: 'https://github.com/knative/operator/issues/1950',
  documents: whenJobs(manifest),
});
