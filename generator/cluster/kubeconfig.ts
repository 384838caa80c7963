/** Finds and reads kubeconfig files as kubectl does. What is in them is in no message: only names of contexts. */
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
// Not the index, which brings a class for every kind of Kubernetes: 53 MB.
import { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import type { User } from '@kubernetes/client-node/dist/config_types.js';
import { GeneratorError } from '../errors.ts';
import { alternatives, shortened } from '../values/show.ts';

export interface KubeconfigOptions {
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
}

/** Where Kubernetes mounts the token of a pod. */
const podToken = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/**
 * The configuration with its current context chosen.
 *
 * @throws GeneratorError (2) where there is no kubeconfig, none that can be read, or no such context.
 */
export function loadKubeconfig({ kubeconfig, context }: KubeconfigOptions, env = process.env): KubeConfig {
  const config = new KubeConfig();
  const files = filesOf(kubeconfig, env);
  if (files.length > 0) for (const file of files) addFile(config, file);
  else if (env.KUBERNETES_SERVICE_HOST && existsSync(podToken)) config.loadFromCluster();
  else
    throw new GeneratorError(
      'There is no kubeconfig; log in with oc login, set KUBECONFIG, or write --kubeconfig FILE.',
      2,
    );
  if (context !== undefined) config.setCurrentContext(context);
  checkContext(config, context !== undefined);
  return config;
}

function filesOf(kubeconfig: string | undefined, env: NodeJS.ProcessEnv): string[] {
  if (kubeconfig !== undefined) return [kubeconfig];
  // Files that are absent are left out, as kubectl leaves them out.
  if (env.KUBECONFIG) {
    const named = env.KUBECONFIG.split(delimiter).filter(Boolean);
    const present = named.filter(file => existsSync(file));
    return present.length > 0 ? present : named.slice(0, 1);
  }
  const home = env.HOME || env.USERPROFILE;
  const usual = home === undefined ? undefined : join(home, '.kube', 'config');
  return usual !== undefined && existsSync(usual) ? [usual] : [];
}

/** What an earlier file has set, stays. */
function addFile(config: KubeConfig, file: string): void {
  const read = new KubeConfig();
  try {
    const text = readFileSync(file, 'utf8');
    read.loadFromString(text, { onInvalidEntry: 'filter' });
    read.makePathsAbsolute(dirname(file));
  } catch (error) {
    // A parser's message repeats lines of the file, which hold tokens.
    const { code } = error as NodeJS.ErrnoException;
    const why = code === undefined ? 'is no kubeconfig' : `cannot be read (${code})`;
    throw new GeneratorError(`${file || '""'}: ${why}; name a kubeconfig file.`, 2);
  }
  const known = (list: readonly { readonly name: string }[], name: string) => list.some(item => item.name === name);
  for (const c of read.getClusters() ?? []) if (!known(config.clusters, c.name)) config.addCluster(c);
  for (const c of read.getContexts() ?? []) if (!known(config.contexts, c.name)) config.addContext(c);
  for (const u of read.getUsers() ?? []) if (!known(config.users, u.name)) config.addUser(besides(u, dirname(file)));
  config.currentContext ||= read.currentContext;
}

/** The command of an exec plugin is named from its kubeconfig: https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins */
function besides(user: User, folder: string): User {
  const { exec, token } = user;
  // A token that was read from a file ends with its line.
  const trimmed = typeof token === 'string' ? { ...user, token: token.trim() } : user;
  const command: unknown = exec?.command;
  if (typeof command !== 'string' || !command.includes('/') || isAbsolute(command)) return trimmed;
  return { ...trimmed, exec: { ...exec, command: join(folder, command) } };
}

function checkContext(config: KubeConfig, chosen: boolean): void {
  const name = config.getCurrentContext();
  const names = config.getContexts().map(c => shortened(c.name));
  const choose = names.length === 0 ? 'name a kubeconfig that has one' : `write --context with ${alternatives(names)}`;
  if (!name) throw new GeneratorError(`The kubeconfig has no current context; ${choose}.`, 2);
  if (!config.getContexts().some(c => c.name === name))
    throw new GeneratorError(
      `${chosen ? '--context' : 'The current context'} ${shortened(JSON.stringify(name))} is not in the kubeconfig; ${choose}.`,
      2,
    );
  const server = config.getCurrentCluster()?.server;
  if (!server || !URL.canParse(server))
    throw new GeneratorError(
      `Context ${shortened(JSON.stringify(name))} of the kubeconfig has no cluster with a server; ${choose}.`,
      2,
    );
}
