import { meshOperatorNamespace, serverlessOperatorNamespace } from '../../facts/operators.ts';
import { test } from './test.ts';

/**
 * Whatever condition of a Subscription is True is something in its way, and InstallPlanPending has the phase of the
 * InstallPlan as its reason: github.com/operator-framework/api pkg/operators/v1alpha1/subscription_types.go.
 */
const script = `. "$(dirname "$0")/functions.sh"

# The Subscription says which version it has installed, and that version whether it works.
works() {
  subscription="subscriptions.operators.coreos.com/$1" namespace=$2
  ask get "$subscription" -n "$namespace" -o jsonpath='{.status.installedCSV}' || return 1
  version=$answer
  [ -n "$version" ] || { says_why "$1"; return 1; }
  ask get "clusterserviceversions.operators.coreos.com/$version" -n "$namespace" -o jsonpath='{.status.phase}' || return 1
  [ "$answer" != Succeeded ] || return 0
  phase=$answer
  ask get "clusterserviceversions.operators.coreos.com/$version" -n "$namespace" -o jsonpath='{.status.reason} {.status.message}' || return 1
  missing="ClusterServiceVersion $version is not Succeeded yet. $phase $answer"
  return 1
}

# Why the Subscription has installed nothing, in $missing.
says_why() {
  ask get "$subscription" -n "$namespace" -o jsonpath="{.status.conditions[?(@.type=='InstallPlanPending')].reason} {.status.installPlanRef.name}" || return 1
  case $answer in 'RequiresApproval '*) waits_for_approval "\${answer#* }" ;; *) approval=0 ;; esac
  ask get "$subscription" -n "$namespace" -o jsonpath="{range .status.conditions[?(@.status=='True')]}{.type} {.reason} {.message}; {end}" || return 1
  missing="Subscription $1 has installed nothing yet. $answer"
}

# Nothing comes before somebody approves; but just after that, the Subscription may still say so.
waits_for_approval() {
  approval=$((approval + 1))
  [ "$approval" -ge 5 ] || return 0
  say "InstallPlan $1 in $namespace waits for your approval. Read it, then approve it: oc patch installplan -n $namespace $1 --type merge -p '{\\"spec\\": {\\"approved\\": true} }'"
  exit 1
}

installed=''
# is_installed PACKAGE NAMESPACE
is_installed() {
  approval=0
  wait_for "$1 in $2" works "$1" "$2"
  installed="$installed $version"
}

# A variable that is absent leaves out its step.
[ -z "\${SERVERLESS_OPERATOR-}" ] || is_installed "$SERVERLESS_OPERATOR" ${serverlessOperatorNamespace}
[ -z "\${MESH_OPERATOR-}" ] || is_installed "$MESH_OPERATOR" ${meshOperatorNamespace}
say "the operators work:$installed"
`;

export default test.script({
  script,
  doc: 'helm test: what its Job does. It waits until each Subscription has installed a version that is Succeeded.',
  source: 'https://olm.operatorframework.io/docs/concepts/crds/subscription/',
});
