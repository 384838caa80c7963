import type { IJob } from 'kubernetes-models/batch/v1/Job';
import { orElse } from '../../../gotmpl/functions.ts';
import { fmt, type Templated, when } from '../../../gotmpl/index.ts';
import { outsideMesh } from '../../facts/names.ts';
import { inStage } from '../metadata.ts';
import { v, verifyNamespace, verifyWanted } from '../values.ts';
import { pullSecrets } from '../workloads.ts';
import { page, testHook, verifyName } from './verify.ts';

const { metadata, resource } = inStage('verification');

// The certificate is always checked: against the given CA, or else against the public ones of the image.
const script = `set -eu
set --
if [ -s /verify/ca.crt ]; then set -- --cacert /verify/ca.crt; fi
page=$(curl "$@" --silent --show-error --fail --max-time 20 --retry 60 --retry-delay 5 --retry-all-errors "$URL")
echo "$URL answers: $page"
test "$page" = "${page}"
`;

const manifest: Templated<IJob> = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: metadata({ name: verifyName, namespace: verifyNamespace, annotations: testHook(2) }),
  spec: {
    backoffLimit: 0,
    activeDeadlineSeconds: 600,
    ttlSecondsAfterFinished: 3600,
    template: {
      metadata: { labels: outsideMesh },
      spec: {
        restartPolicy: 'Never',
        automountServiceAccountToken: false,
        imagePullSecrets: pullSecrets,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [
          {
            name: 'client',
            image: orElse(v.verify.clientImage, v.jobs.image),
            command: ['/bin/sh', '-c', script],
            env: [{ name: 'URL', value: fmt`https://${verifyName}-${verifyNamespace}.${v.cluster.appsDomain}` }],
            resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '64Mi' } },
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ['ALL'] },
            },
            volumeMounts: [{ name: 'verify', mountPath: '/verify', readOnly: true }],
          },
        ],
        volumes: [{ name: 'verify', configMap: { name: verifyName } }],
      },
    },
  },
};

export default resource({
  doc: 'helm test: calls the Knative Service from outside the mesh over its URL, and trusts nothing but the CA.',
  source: 'base document 1.4.4 step 3',
  documents: when(verifyWanted, manifest),
});
