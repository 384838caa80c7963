import { knativeEventing, knativeServing } from '../../facts/names.ts';
import { denial, receivers } from '../../facts/tenants.ts';
import { test } from './test.ts';

/**
 * Takes the namespaces from the policies in the cluster: a list in the release would be one more copy of their names, of
 * which Helm can keep 1 MiB. Labels of members: maistra/istio-operator pkg/controller/common/constants.go, and
 * https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/.
 */
const script = `. "$(dirname "$0")/functions.sh"

policies=authorizationpolicies.security.istio.io
# Names of namespaces, one on a line and sorted: a tenant may have thousands.
export LC_ALL=C
listed=$(mktemp) found=$(mktemp) others=$(mktemp)

# Policies of tenants allow; without the one that denies the rest, they mean nothing.
is_isolated() {
  ask get "$policies" ${denial} -n "$1" --ignore-not-found -o name || return 1
  [ -z "$answer" ] || return 0
  missing="$1 has no AuthorizationPolicy ${denial}. Upgrade the release of serverless-mesh with isolation.enabled true"
  return 1
}

# The policies of Knative name each host of the tenant, as *.NAMESPACE and longer ones.
names_namespaces() {
  names='' part=0
  while [ "$part" -lt "$PARTS" ]; do
    part=$((part + 1))
    names="$names allow-$TENANT-to-$workload-$part"
  done
  ask get "$policies" $names -n "$knative" -o jsonpath='{..hosts}' || return 1
  echo "$answer" | tr '"' '\\n' | sed -n 's/^\\*\\.\\([^.]*\\)$/\\1/p' | sort -u >"$listed"
  [ "$(count "$listed")" != "$NAMESPACES" ] || return 0
  missing="they name $(count "$listed") namespaces instead of $NAMESPACES. Upgrade this release"
  return 1
}
count() { echo $(($(wc -l <"$1"))); }

# all_found WHAT REMEDY: each listed namespace is in the file found. If not, says how many WHAT.
all_found() {
  comm -23 "$listed" "$found" >"$others"
  [ -s "$others" ] || return 0
  some=$(head -n 5 "$others" | tr '\\n' ' ')
  missing="of $(count "$listed") namespaces $(count "$others") $1, such as \${some% }. $2"
  return 1
}

# Which namespaces there are, and of which mesh, in one request.
are_members() {
  ask get namespaces --no-headers -o custom-columns='N:.metadata.name,M:.metadata.labels.maistra\\.io/member-of,I:.metadata.labels.istio-injection,R:.metadata.labels.istio\\.io/rev' || return 1
  echo "$answer" | sed 's/ .*//' | sort >"$found"
  all_found 'do not exist' 'Create them, or take them out of namespaces and upgrade this release' || return 1
  echo "$answer" | of_the_mesh | sort >"$found"
  all_found 'are no members of the mesh' 'Add them to mesh.members of serverless-mesh, and upgrade it'
}
# Service Mesh 2 labels its members. With Service Mesh 3, the namespace says by which revision its pods are injected.
of_the_mesh() {
  while read -r name mesh injection revision; do
    if [ -n "\${MESH_NAMESPACE-}" ]; then
      [ "$mesh" != "$MESH_NAMESPACE" ] || echo "$name"
    else
      case "$injection $revision" in '<none> <none>') ;; 'enabled '* | '<none> '*) echo "$name" ;; esac
    fi
  done
}

# A namespace that somebody made anew has no policy.
are_guarded() {
  ask get "$policies" -A --field-selector "metadata.name=allow-$TENANT" --no-headers || return 1
  echo "$answer" | sed 's/ .*//' | sort >"$found"
  all_found "have no AuthorizationPolicy allow-$TENANT" 'Upgrade this release'
}

# A variable that is absent leaves out its step.
knative=${knativeEventing} workload=${receivers[0]}
[ -z "\${SERVING-}" ] || knative=${knativeServing} workload=activator
[ -z "\${SERVING-}" ] || wait_for "the isolation of Knative Serving" is_isolated ${knativeServing}
[ -z "\${EVENTING-}" ] || wait_for "the isolation of Knative Eventing" is_isolated ${knativeEventing}
wait_for "the policies of the tenant in $knative" names_namespaces
wait_for "the namespaces of the tenant" are_members
wait_for "the policies of the namespaces" are_guarded
say "the policies of tenant $TENANT are in force in $(count "$listed") namespaces"
`;

export default test.script({
  script,
  doc: 'helm test: what its Job does. It holds what the policies name against the namespaces and the policies in the cluster.',
  source: 'serverless-operator hack/lib/mesh_resources/authorization-policies/setup',
});
