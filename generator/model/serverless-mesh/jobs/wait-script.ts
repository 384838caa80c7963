import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import type { Templated } from '../../../gotmpl/index.ts';
import { scriptFile } from '../../script-job.ts';
import { inStage } from '../metadata.ts';
import { v } from '../values.ts';
import { waitJob, whenJobs } from './jobs.ts';

const { metadata, resource } = inStage('namespaces');

const script = `. "$(dirname "$0")/functions.sh"

are_members() {
  ask get servicemeshmemberroll.maistra.io/default -n "$MESH_NAMESPACE" -o jsonpath='{.status.configuredMembers[*]}' || return 1
  missing=''
  for member in $MEMBERS; do
    case " $answer " in *" $member "*) ;; *) missing="$missing $member" ;; esac
  done
  [ -n "$missing" ] || return 0
  missing="servicemeshmemberroll/default does not list as configured:$missing"
  return 1
}

# Pods that ask for a proxy, and started before their namespace was in the mesh, never get one: they are replaced, once.
restarted=''
have_proxies() {
  namespace=$1 workloads=$2
  [ -n "$workloads" ] || return 0
  ask get pods -n "$namespace" -l sidecar.istio.io/inject=true --field-selector=status.phase!=Failed,status.phase!=Succeeded --no-headers \\
    -o custom-columns=D:.metadata.deletionTimestamp,K:.metadata.ownerReferences[0].kind,O:.metadata.ownerReferences[0].name,C:.spec.containers[*].name,I:.spec.initContainers[*].name || return 1
  outside=''
  for workload in $(echo "$answer" | without_proxy | sort -u); do
    case " $workloads " in *" \${workload#*/} "*) ;; *) continue ;; esac
    outside="$outside $workload"
    case $restarted in *" $namespace/$workload "*) continue ;; esac
    ask rollout restart -n "$namespace" "$workload" || return 1
    restarted="$restarted $namespace/$workload "
    say "restarted $workload in $namespace: it had pods without a proxy"
  done
  missing="there are pods without a proxy in $namespace:$outside"
  [ -z "$outside" ]
}
without_proxy() {
  while read -r deleted kind owner containers; do
    case "$deleted $containers" in *istio-proxy*) continue ;; '<none> '*) ;; *) continue ;; esac
    case $kind in ReplicaSet) echo "deployment/\${owner%-*}" ;; StatefulSet) echo "statefulset/$owner" ;; esac
  done
}

# Istio injects where the namespace says so; your pods that run already have to be started again.
have_labels() {
  for namespace in $LABEL_NAMESPACES; do
    if [ -n "\${REVISION-}" ]; then
      ask label namespace "$namespace" "istio.io/rev=$REVISION" istio-injection- --overwrite || return 1
    else
      ask label namespace "$namespace" istio-injection=enabled --overwrite || return 1
    fi
  done
}

gateway_works() {
  [ -z "\${GATEWAY_IS_INJECTED-}" ] || is_injected || return 1
  holds Available "deployment/$GATEWAY" -n "$GATEWAY_NAMESPACE"
}

# The pods first: one outside the mesh may be what keeps the rest from being ready.
works() { have_proxies "$1" "$3" && holds Ready "$2" -n "$1"; }

# A variable that is absent leaves out its step.
[ -z "\${CONTROL_PLANE-}" ] || wait_for "the control plane" holds Ready "servicemeshcontrolplane.maistra.io/$CONTROL_PLANE" -n "$MESH_NAMESPACE"
[ -z "\${MEMBER_ROLL-}" ] || wait_for "the member roll" holds Ready "servicemeshmemberroll.maistra.io/$MEMBER_ROLL" -n "$MESH_NAMESPACE"
[ -z "\${MEMBERS-}" ] || wait_for "the members of the mesh" are_members
[ -z "\${ISTIO-}" ] || wait_for Istio holds Ready "istio.sailoperator.io/$ISTIO"
[ -z "\${ISTIO_CNI-}" ] || wait_for IstioCNI holds Ready "istiocni.sailoperator.io/$ISTIO_CNI"
[ -z "\${LABEL_NAMESPACES-}" ] || wait_for "the labels of your namespaces" have_labels
[ -z "\${GATEWAY-}" ] || wait_for "the ingress gateway" gateway_works
[ -z "\${SERVING-}" ] || wait_for "Knative Serving" works knative-serving knativeserving.operator.knative.dev/knative-serving "\${SERVING_WORKLOADS-}"
[ -z "\${EVENTING-}" ] || wait_for "Knative Eventing" works knative-eventing knativeeventing.operator.knative.dev/knative-eventing "\${EVENTING_WORKLOADS-}"
[ -z "\${KAFKA-}" ] || wait_for "Knative Kafka" works knative-eventing knativekafka.operator.serverless.openshift.io/knative-kafka "\${KAFKA_WORKLOADS-}"
say "everything is ready"
`;

const manifest: Templated<IConfigMap> = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: metadata({ name: waitJob, namespace: v.mesh.namespace }),
  data: { [scriptFile]: script },
};

export default resource({
  doc: 'What the Job after install does: it waits for each stage, and brings the pods that came up too early into the mesh.',
  source: 'base document 1.4.2 and 1.4.3: the order of their steps',
  documents: whenJobs(manifest),
});
