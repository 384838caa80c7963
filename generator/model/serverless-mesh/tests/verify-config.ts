import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { type Templated, when } from '../../../gotmpl/index.ts';
import { inStage } from '../metadata.ts';
import { v, verifyNamespace, verifyWanted } from '../values.ts';
import { page, testHook, verifyName } from './verify.ts';

const { metadata, resource } = inStage('verification');

const manifest: Templated<IConfigMap> = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: metadata({ name: verifyName, namespace: verifyNamespace, annotations: testHook(0) }),
  data: {
    'index.html': page,
    'ca.crt': when(v.verify.caCertificate, v.verify.caCertificate),
  },
};

export default resource({
  doc: 'helm test: the page that is served, and the CA that the client trusts.',
  source: 'base document 1.4.4',
  documents: when(verifyWanted, manifest),
});
