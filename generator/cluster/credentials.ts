/** What a request needs to be let in: headers, and the connection with its certificates. */
import type { Agent, RequestOptions } from 'node:https';
import { createSecureContext } from 'node:tls';
import { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import { askPlugin, type Credential } from './exec-plugin.ts';
import type { Secrets } from './secrets.ts';
import { Unseen } from './unseen.ts';

export interface Entry {
  readonly headers: Readonly<Record<string, string>>;
  readonly auth?: string;
  readonly agent: Agent;
}

/** So many requests are under way at a time. */
export const atOnce = 6;
/** A credential is asked for again before it ends. */
const margin = 60_000;

/** Gives what lets a request in; asks a credential plugin when its last answer has ended. */
export function entrance(config: KubeConfig, secrets: Secrets): { get(): Promise<Entry>; close(): void } {
  const agents: Agent[] = [];
  let current: Promise<Entry> | undefined;
  let ends = Number.POSITIVE_INFINITY;
  const make = async (): Promise<Entry> => {
    const { config: plain, expires } = await withoutPlugin(config, secrets);
    const entry = await entryOf(plain, secrets);
    agents.push(entry.agent);
    ends = expires;
    return entry;
  };
  return {
    get: () => {
      if (current === undefined || Date.now() > ends) {
        ends = Number.POSITIVE_INFINITY;
        current = make();
      }
      return current;
    },
    close: () => {
      for (const agent of agents) agent.destroy();
    },
  };
}

/** The same configuration with what the plugin answered in its place. */
async function withoutPlugin(config: KubeConfig, secrets: Secrets): Promise<{ config: KubeConfig; expires: number }> {
  const user = config.getCurrentUser();
  const found = config.getCurrentCluster();
  // Over plain HTTP, as kubectl proxy speaks it, there is no certificate to check; the client wants to hear that.
  const cluster = found?.server.startsWith('http:') ? { ...found, skipTLSVerify: true } : found;
  const plain = new KubeConfig();
  const plainOf = (given: typeof user) =>
    plain.loadFromOptions({
      clusters: cluster ? [cluster] : [],
      users: given ? [given] : [],
      contexts: config.getContexts(),
      currentContext: config.getCurrentContext(),
    });
  if (!user?.exec) {
    plainOf(user);
    return { config: plain, expires: Number.POSITIVE_INFINITY };
  }
  const info = {
    server: cluster?.server,
    'tls-server-name': cluster?.tlsServerName,
    'insecure-skip-tls-verify': cluster?.skipTLSVerify,
    'certificate-authority-data': cluster?.caData,
  };
  const credential = await askPlugin(user.exec, info);
  for (const secret of [credential.token, credential.clientKeyData]) secrets.add(secret);
  plainOf({ name: user.name, ...ofPlugin(credential) });
  const expires = Date.parse(credential.expirationTimestamp ?? '') - margin;
  return {
    config: plain,
    expires: Number.isNaN(expires) ? Number.POSITIVE_INFINITY : Math.max(expires, Date.now() + 1000),
  };
}

/** PEM, which a kubeconfig holds in base64. */
const base64 = (pem: string | undefined) => (pem === undefined ? undefined : Buffer.from(pem).toString('base64'));
function ofPlugin({ token, clientCertificateData, clientKeyData }: Credential) {
  const [certData, keyData] = [base64(clientCertificateData), base64(clientKeyData)];
  return {
    ...(token === undefined ? {} : { token }),
    ...(certData === undefined ? {} : { certData }),
    ...(keyData === undefined ? {} : { keyData }),
  };
}

async function entryOf(config: KubeConfig, secrets: Secrets): Promise<Entry> {
  const user = config.getCurrentUser();
  for (const secret of [user?.token, user?.keyData, user?.password]) secrets.add(secret);
  // Set first, so that NODE_TLS_REJECT_UNAUTHORIZED=0 does not count; the kubeconfig may still say otherwise.
  const options: RequestOptions = { rejectUnauthorized: true };
  try {
    await config.applyToHTTPSOptions(options);
    // A key that is none would fail in each request.
    createSecureContext({ ca: options.ca, cert: options.cert, key: options.key });
  } catch {
    // Its message may hold what a plugin, or a key file, holds.
    throw new Unseen('the credentials of the kubeconfig cannot be used', 'log in again');
  }
  secrets.add(options.key === undefined ? undefined : String(options.key));
  // As the header of basic authentication has it.
  if (options.auth) secrets.add(Buffer.from(options.auth).toString('base64'));
  const agent = options.agent as Agent & { keepAlive?: boolean };
  agent.keepAlive = true;
  agent.maxSockets = atOnce;
  const headers = options.headers as Record<string, string> | undefined;
  for (const value of Object.values(headers ?? {})) secrets.add(String(value).replace(/^Bearer /, ''));
  return { headers: headers ?? {}, agent, ...(options.auth ? { auth: options.auth } : {}) };
}
