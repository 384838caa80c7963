import type { IService } from '@kubernetes-models/knative/serving.knative.dev/v1/Service';
import { note, type Templated, when } from '../../../gotmpl/index.ts';
import { inStage } from '../metadata.ts';
import { inMesh, v, verifyNamespace, verifyWanted } from '../values.ts';
import { pullSecrets } from '../workloads.ts';
import { testHook, verifyName } from './verify.ts';

const { metadata, resource } = inStage('verification');

const manifest: Templated<IService> = {
  apiVersion: 'serving.knative.dev/v1',
  kind: 'Service',
  metadata: metadata({
    name: verifyName,
    namespace: verifyNamespace,
    annotations: {
      ...testHook(1),
      'serving.knative.openshift.io/enablePassthrough': note(
        'A pass-through route: the ingress gateway itself serves the wildcard certificate.',
        'true',
      ),
    },
  }),
  spec: {
    template: {
      metadata: inMesh,
      spec: {
        imagePullSecrets: pullSecrets,
        containers: [
          {
            image: v.verify.serviceImage,
            ports: [{ containerPort: 8080 }],
            resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '128Mi' } },
            volumeMounts: [{ name: 'page', mountPath: '/var/www/html', readOnly: true }],
          },
        ],
        volumes: [
          { name: 'page', configMap: { name: verifyName, items: [{ key: 'index.html', path: 'index.html' }] } },
        ],
      },
    },
  },
};

export default resource({
  doc: 'helm test: a Knative Service in the mesh, as yours should be: inject label, probe annotation, pass-through route.',
  source: 'base document 1.4.4 step 1',
  documents: when(verifyWanted, manifest),
});
