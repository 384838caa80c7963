import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { type Templated, when } from '../../../gotmpl/index.ts';
import { scriptFile } from '../../script-job.ts';
import { inStage } from '../metadata.ts';
import { v } from '../values.ts';
import { gatewayJob, healsGateway } from './jobs.ts';

const { metadata, resource } = inStage('namespaces');

const script = `. "$(dirname "$0")/functions.sh"

# Pods that started before Istio's webhook was there keep the image auto, which does not exist.
restarted=0
heal() {
  ! is_injected || return 0
  reason=$missing
  case $reason in *auto*) ;; *) return 1 ;; esac
  now=$(date +%s)
  if [ $((now - restarted)) -ge 30 ]; then
    ask rollout restart -n "$GATEWAY_NAMESPACE" "deployment/$GATEWAY" || return 1
    restarted=$now
    say "restarted deployment/$GATEWAY in $GATEWAY_NAMESPACE: it had pods with the image auto"
  fi
  missing=$reason
  return 1
}

# Until Istio is ready, new pods would be no better, or could not be made at all.
[ -z "\${ISTIO-}" ] || wait_for Istio holds Ready "istio.sailoperator.io/$ISTIO"
wait_for "the pods of the ingress gateway" heal
`;

const manifest: Templated<IConfigMap> = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: metadata({ name: gatewayJob, namespace: v.mesh.namespace }),
  data: { [scriptFile]: script },
};

export default resource({
  doc: 'What the Job beside the ingress gateway does: it waits for Istio, and restarts the gateway where Istio came too late.',
  source: 'https://github.com/istio/istio/issues/46307',
  documents: when(healsGateway, manifest),
});
