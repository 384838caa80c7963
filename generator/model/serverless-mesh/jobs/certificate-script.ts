import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { type Templated, when } from '../../../gotmpl/index.ts';
import { routerNamespace } from '../../facts/names.ts';
import { scriptFile } from '../../script-job.ts';
import { filterLabel, inStage } from '../metadata.ts';
import { v } from '../values.ts';
import { certificateJob, copiesCertificate } from './jobs.ts';

const { metadata, resource } = inStage('namespaces');

const filterLine = Object.entries(filterLabel)
  .map(([key, value]) => `${key}: ${value}`)
  .join();

const script = `. "$(dirname "$0")/functions.sh"

# Somebody else's Secret is not changed, and waiting would not help.
refuse() {
  say "refused, for secret/$CERTIFICATE in $GATEWAY_NAMESPACE $1; delete it, or set gateway.tls.source to existing"
  exit 1
}

# Copies the certificate of the router, of which nothing is ever printed. It writes as Helm 4 does: where the source
# becomes inline, Helm must be able to take the copy over.
copy_certificate() {
  ask get secret "$CERTIFICATE_OF_ROUTER" -n ${routerNamespace} -o jsonpath='{.data.tls\\.crt} {.data.tls\\.key}' || return 1
  pair=$answer
  answer=''
  case $pair in
    ?*' '?*) ;;
    *)
      missing="secret/$CERTIFICATE_OF_ROUTER in ${routerNamespace} has no tls.crt, or no tls.key"
      return 1
      ;;
  esac
  kubectl apply --server-side --field-manager=helm -f - >/dev/null 2>"$errors" <<EOF && return
apiVersion: v1
kind: Secret
type: kubernetes.io/tls
metadata:
  name: "$CERTIFICATE"
  namespace: "$GATEWAY_NAMESPACE"
  labels:
    app.kubernetes.io/managed-by: Helm
    ${filterLine}
  annotations:
    meta.helm.sh/release-name: "$RELEASE"
    meta.helm.sh/release-namespace: "$RELEASE_NAMESPACE"
data:
  tls.crt: "\${pair% *}"
  tls.key: "\${pair#* }"
EOF
  missing=$(cat "$errors")
  case $missing in *'Apply failed with '*) refuse "was changed by somebody else: $(head -n 1 "$errors")" ;; esac
  return 1
}

wait_for "a look at secret/$CERTIFICATE" look_at_copy
[ "$copy" != foreign ] || refuse "is not of this release"
wait_for "the copy of the router's certificate" copy_certificate
`;

const manifest: Templated<IConfigMap> = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: metadata({ name: certificateJob, namespace: v.mesh.namespace }),
  data: { [scriptFile]: script },
};

export default resource({
  doc: 'What the Job for the certificate does: it copies that of the router, so that Helm can take the Secret over where another source follows.',
  source:
    'https://docs.openshift.com/container-platform/4.18/security/certificates/replacing-default-ingress-certificate.html',
  documents: when(copiesCertificate, manifest),
});
