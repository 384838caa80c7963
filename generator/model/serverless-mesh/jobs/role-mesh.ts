import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { and, or } from '../../../gotmpl/functions.ts';
import { type Templated, when } from '../../../gotmpl/index.ts';
import { ingressGatewayService } from '../../facts/names.ts';
import { inStage } from '../metadata.ts';
import { controlPlaneName, gatewaysWanted, membersWanted, rollWanted, v, v2 } from '../values.ts';
import { certificateJob, copiesCertificate, jobsName, waitJob, whenJobs } from './jobs.ts';

const { metadata, resource } = inStage('namespaces');

const manifest: Templated<IRole> = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  metadata: metadata({ name: jobsName, namespace: v.mesh.namespace }),
  rules: [
    when(and(v2, v.mesh.controlPlane.create), {
      apiGroups: ['maistra.io'],
      resources: ['servicemeshcontrolplanes'],
      resourceNames: [controlPlaneName],
      verbs: ['get'],
    }),
    when(or(rollWanted, membersWanted), {
      apiGroups: ['maistra.io'],
      resources: ['servicemeshmemberrolls'],
      resourceNames: ['default'],
      verbs: ['get'],
    }),
    when(and(v2, gatewaysWanted), {
      apiGroups: ['apps'],
      resources: ['deployments'],
      resourceNames: [ingressGatewayService],
      verbs: ['get'],
    }),
    {
      apiGroups: ['batch'],
      resources: ['jobs'],
      resourceNames: [waitJob, when(copiesCertificate, certificateJob)],
      verbs: ['get', 'delete'],
    },
  ],
};

export default resource({
  doc: 'Lets the Jobs see whether the mesh is ready, and remove what a failed run left.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  documents: whenJobs(manifest),
});
