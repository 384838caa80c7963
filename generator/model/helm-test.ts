/**
 * The objects of `helm test` in a chart that has no other Job: a Job, and what it needs. All of them are hooks, so
 * that whoever installs needs no right to give rights, and none stays where nobody tests.
 */
import type { IJob } from 'kubernetes-models/batch/v1/Job';
import type { IClusterRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole';
import type { IClusterRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRoleBinding';
import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import type { IServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { type Expr, type Format, fmt, type Item, type Templated, when } from '../gotmpl/index.ts';
import type { Resource } from './chart.ts';
import type { staged } from './metadata.ts';
import { release } from './release.ts';
import { type EnvVar, functionsFile, hook, jobHook, scriptFile, scriptJob } from './script-job.ts';
import { asking, waiting } from './scripts.ts';

type Rules = NonNullable<Templated<IRole>['rules']>;

/** Of all that is in the namespace of the release: a cluster may have several releases of the chart. */
export const testName = fmt`${release.Name}-test`;
const place = { name: testName, namespace: release.Namespace };

const rbac = 'rbac.authorization.k8s.io';
const rbacSource = 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/';
const subjects = [{ kind: 'ServiceAccount', ...place }];
const before = hook('test', 0);

interface Place {
  readonly name: string | Format;
  readonly namespace: string;
  /** Whether the values have something to look at there. */
  readonly wanted: Expr<unknown>;
}
interface Words {
  readonly doc: string;
}
/** Values of the chart. */
interface Settings {
  readonly jobs: { readonly image: Expr<string>; readonly timeoutSeconds: Expr<number> };
  readonly imagePullSecrets: Expr<readonly string[]>;
}

/** For what writes objects of the stage verification. */
export const helmTest = ({ metadata, resource }: ReturnType<ReturnType<typeof staged>>) => ({
  serviceAccount: (): Resource => {
    const manifest: Templated<IServiceAccount> = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: metadata({ ...place, annotations: before }),
    };
    return resource({
      doc: 'helm test: whom its Job acts as.',
      source: 'https://kubernetes.io/docs/concepts/security/service-accounts/',
      documents: manifest,
    });
  },

  role: ({ name, namespace, wanted, rules, doc }: Place & Words & { readonly rules: Rules }): Resource => {
    const manifest: Templated<IRole> = {
      apiVersion: `${rbac}/v1`,
      kind: 'Role',
      metadata: metadata({ name, namespace, annotations: before }),
      rules,
    };
    return resource({ doc, source: rbacSource, documents: when(wanted, manifest) });
  },

  roleBinding: ({ name, namespace, wanted }: Place): Resource => {
    const manifest: Templated<IRoleBinding> = {
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata: metadata({ name, namespace, annotations: before }),
      roleRef: { apiGroup: rbac, kind: 'Role', name },
      subjects,
    };
    return resource({
      doc: `helm test: gives its Job the role in ${namespace}.`,
      source: rbacSource,
      documents: when(wanted, manifest),
    });
  },

  clusterRole: ({ name, rules, doc }: Words & { readonly name: Format; readonly rules: Rules }): Resource => {
    const manifest: Templated<IClusterRole> = {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRole',
      metadata: metadata({ name, annotations: before }),
      rules,
    };
    return resource({ doc, source: rbacSource, documents: manifest });
  },

  clusterRoleBinding: (name: Format): Resource => {
    const manifest: Templated<IClusterRoleBinding> = {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: metadata({ name, annotations: before }),
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name },
      subjects,
    };
    return resource({ doc: 'helm test: gives its Job the cluster role.', source: rbacSource, documents: manifest });
  },

  /** `script` begins where the functions are known. */
  script: ({ script, doc, source }: Words & { readonly script: string; readonly source: string }): Resource => {
    const manifest: Templated<IConfigMap> = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: metadata({ ...place, annotations: before }),
      data: { [functionsFile]: `${asking}\n${waiting}`, [scriptFile]: script },
    };
    return resource({ doc, source, documents: manifest });
  },

  job: (
    { jobs: { image, timeoutSeconds }, imagePullSecrets }: Settings,
    { env, doc, source }: Words & { readonly env: readonly Item<EnvVar>[]; readonly source: string },
  ): Resource => {
    const manifest: Templated<IJob> = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: metadata({ ...place, annotations: jobHook('test', 1) }),
      spec: scriptJob({
        image,
        imagePullSecrets,
        timeoutSeconds,
        keptSeconds: 3600,
        serviceAccountName: testName,
        scripts: [testName],
        env: [{ name: 'TIMEOUT', value: fmt`${timeoutSeconds}` }, ...env],
      }),
    };
    return resource({ doc, source, documents: manifest });
  },
});
