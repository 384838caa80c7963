/** Bindings of the Jobs' roles: all to the one service account, each of the name of its role. */
import type { IClusterRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRoleBinding';
import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import { type Expr, type Format, type Templated, when } from '../../../gotmpl/index.ts';
import type { Resource } from '../../chart.ts';
import { inStage } from '../metadata.ts';
import { v } from '../values.ts';
import { jobsName } from './jobs.ts';

const { metadata, resource } = inStage('namespaces');

const source = 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/';
const apiVersion = 'rbac.authorization.k8s.io/v1';
const apiGroup = 'rbac.authorization.k8s.io';
const subjects = [{ kind: 'ServiceAccount', name: jobsName, namespace: v.mesh.namespace }];

interface Binding {
  /** Of the role, and of its binding. */
  readonly name: string;
  readonly wanted: Expr<unknown>;
  readonly doc: string;
}

export function roleBinding({
  name,
  namespace,
  wanted,
  doc,
}: Binding & { namespace: string | Expr<string> }): Resource {
  return resource({ doc, source, documents: when(wanted, bindingOf(name, namespace)) });
}

/** The binding of the role of this name in this namespace. */
export const bindingOf = (name: string | Format, namespace: string | Expr<string>): Templated<IRoleBinding> => ({
  apiVersion,
  kind: 'RoleBinding',
  metadata: metadata({ name, namespace }),
  roleRef: { apiGroup, kind: 'Role', name },
  subjects,
});

export function clusterRoleBinding({ name, wanted, doc }: Binding): Resource {
  const manifest: Templated<IClusterRoleBinding> = {
    apiVersion,
    kind: 'ClusterRoleBinding',
    metadata: metadata({ name }),
    roleRef: { apiGroup, kind: 'ClusterRole', name },
    subjects,
  };
  return resource({ doc, source, documents: when(wanted, manifest) });
}
