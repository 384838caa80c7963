/** What roles allow, and what calls of kubectl need. */
import type { KubernetesObject } from './run.ts';

export interface RoleRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}
/** `verb resource.group/name in namespace`, as a role allows it and a call needs it; `*` for any. */
export function allowed(objects: readonly KubernetesObject[]): string[] {
  return objects
    .filter(o => /^(Cluster)?Role$/.test(o.kind))
    .flatMap(o =>
      (o.rules as RoleRule[]).flatMap(r =>
        r.resources.flatMap(resource =>
          r.verbs.flatMap(verb =>
            (r.resourceNames ?? ['*']).map(
              name => `${verb} ${resource}.${r.apiGroups[0]}/${name} in ${o.metadata.namespace ?? '*'}`,
            ),
          ),
        ),
      ),
    );
}

/** Short names of kubectl, as the scripts write them. */
const resources: Readonly<Record<string, string>> = {
  pods: 'pods.',
  configmap: 'configmaps.',
  job: 'jobs.batch',
  deployment: 'deployments.apps',
  statefulset: 'statefulsets.apps',
};
/** What a call of kubectl asks the API server for. To delete or to restart an object, kubectl reads it first. */
export function needed(call: string): string[] {
  const [, action = '', list = ''] = /^(?:rollout )?(\w+) (?:-n \S+ )?((?:(?!-)\S+ ?)+)/.exec(call) ?? [];
  const [target = '', ...names] = list.trim().split(' ');
  const [kind = '', name = /metadata\.name=(\S+)/.exec(call)?.[1] ?? '*'] = target.split('/');
  const [singular = '', ...group] = kind.split('.');
  const resource = resources[kind] ?? `${singular.replace(/s?$/, 's')}.${group.join('.')}`;
  const namespace = / -n (\S+)/.exec(call)?.[1] ?? '*';
  const isList = !target.includes('/') && names.length === 0;
  const verb = action === 'get' && isList ? 'list' : action;
  const verbs = { delete: ['get', 'delete'], restart: ['get', 'patch'] }[verb] ?? [verb];
  return (names.length > 0 ? names : [name]).flatMap(of => verbs.map(v => `${v} ${resource}/${of} in ${namespace}`));
}
