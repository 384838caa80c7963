/** Users of a test cluster that may do little: service accounts, with their tokens in a kubeconfig. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { object } from '../../cluster-commands/healthy.ts';
import type { Cluster } from '../cluster.ts';
import { kubeconfig } from '../layout.ts';
import type { KubeObject } from '../objects.ts';
import { make } from '../releases.ts';
import { unmake } from './openshift.ts';

/** As a ClusterRole has it. */
export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}
export interface User {
  readonly kubeconfig: string;
  readonly token: string;
  /** Takes the account and its rights away. */
  remove(): Promise<void>;
}

const namespace = 'default';

/** A user that may do this, in all namespaces, and nothing else. */
export async function createUser(cluster: Cluster, name: string, rules: readonly Rule[]): Promise<User> {
  const rbac = 'rbac.authorization.k8s.io/v1';
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name };
  const objects: KubeObject[] = [
    object('v1/ServiceAccount', name, namespace),
    object(`${rbac}/ClusterRole`, name, undefined, { rules }),
    object(`${rbac}/ClusterRoleBinding`, name, undefined, {
      roleRef,
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    }),
  ];
  for (const wanted of objects) await make(cluster, wanted);
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`;
  const { status, body } = await cluster.rest('POST', path, {
    body: { apiVersion: 'authentication.k8s.io/v1', spec: {} },
  });
  if (status !== 201) throw new Error(`token of ${name}: ${status} ${JSON.stringify(body)}`);
  const { token } = (body as { status: { token: string } }).status;
  return { kubeconfig: kubeconfigOf(cluster, name, token), token, remove: () => unmake(cluster, objects) };
}

/** A kubeconfig with a token, whether the cluster knows it or not. */
export function kubeconfigOf(cluster: Cluster, name: string, token: string): string {
  const file = join(cluster.dir, `kubeconfig-${name}`);
  const server = `https://127.0.0.1:${cluster.port('kube-apiserver')}`;
  writeFileSync(file, JSON.stringify(kubeconfig(server, token)), { mode: 0o600 });
  return file;
}
