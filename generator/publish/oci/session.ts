/**
 * Calls to one registry, with its credentials where it asks for them: to itself and its token service, never to a host to
 * which it redirects, and never over plain HTTP on a network.
 * Source: https://distribution.github.io/distribution/spec/auth/token/, https://distribution.github.io/distribution/spec/auth/oauth/
 */
import { GeneratorError } from '../../errors.ts';
import { type Answer, type Call, type CallOptions, mayPass, single } from './call.ts';
import type { Credential } from './credentials.ts';
import { isLoopback, type Registry } from './target.ts';

export interface SessionOptions extends CallOptions {
  readonly plainHttpRemote?: boolean | undefined;
  readonly credential: () => Promise<Credential | undefined>;
}
export type Send = (call: Call) => Promise<Answer>;

const redirects = new Set([301, 302, 303, 307, 308]);
const mostRedirects = 5;

/** `repository` is the one that a token is asked for. The result rejects as `single` does, or with a GeneratorError. */
export function openSession(registry: Registry, repository: string, options: SessionOptions): Send {
  let authorization: string | undefined;
  return async call => {
    const answer = await follow(call, registry, authorization, options);
    if (answer.status !== 401) return answer;
    const got = await authenticate(answer, registry, repository, options);
    if (typeof got !== 'string') return got;
    authorization = got;
    return await follow(call, registry, authorization, options);
  };
}

async function follow(
  call: Call,
  registry: Registry,
  authorization: string | undefined,
  options: SessionOptions,
): Promise<Answer> {
  let url: URL = call.url;
  for (let hops = 0; ; hops++) {
    checkPlain(url, registry, options);
    const own = url.origin === registry.origin && authorization !== undefined ? { authorization } : {};
    const answer = await single({ ...call, url, headers: { ...call.headers, ...own } }, options);
    const { location } = answer.headers;
    if (!redirects.has(answer.status) || location === undefined) return answer;
    if (hops === mostRedirects) throw new GeneratorError(`${registry.host}: redirects without end; check its address.`);
    url = resolved(location, url.href, registry);
  }
}

export function resolved(location: string, base: string, { host }: Registry): URL {
  if (!URL.canParse(location, base)) throw new GeneratorError(`${host}: redirects to no address; check the registry.`);
  return new URL(location, base);
}

function checkPlain(url: URL, registry: Registry, { plainHttpRemote = false }: SessionOptions): void {
  const mayBePlain = registry.origin.startsWith('http:') && (plainHttpRemote || isLoopback(url.hostname));
  if (url.protocol === 'https:' || (url.protocol === 'http:' && mayBePlain)) return;
  throw new GeneratorError(
    `${registry.host}: redirects to ${url.protocol}//${url.host}, which is not encrypted; check the registry.`,
  );
}

/** What to send as Authorization; or the answer of a token service that could not give any. */
async function authenticate(
  { headers }: Answer,
  registry: Registry,
  repository: string,
  options: SessionOptions,
): Promise<string | Answer> {
  const { host } = registry;
  const challenge = headers['www-authenticate'] ?? '';
  const credential = await options.credential();
  const url = new URL(registry.origin);
  if (credential !== undefined && url.protocol === 'http:' && !isLoopback(url.hostname))
    throw new GeneratorError(
      `${host}: asks for credentials, which are never sent over plain HTTP; leave --plain-http out.`,
    );
  if (/\bBearer\s/i.test(challenge)) return await bearer(challenge, credential, registry, repository, options);
  if (credential === undefined)
    throw new GeneratorError(`${host}: asks for credentials; log in first, with helm registry login ${host}.`);
  if (!/\bBasic\b/i.test(challenge) || !('user' in credential))
    throw new GeneratorError(
      `${host}: asks for other credentials than there are; log in again, with helm registry login ${host}.`,
    );
  return basic(credential.user, credential.password);
}

const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

async function bearer(
  challenge: string,
  credential: Credential | undefined,
  registry: Registry,
  repository: string,
  options: SessionOptions,
): Promise<string | Answer> {
  const { host } = registry;
  const given = new Map([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]));
  const realm = given.get('realm') ?? '';
  if (!URL.canParse(realm)) throw new GeneratorError(`${host}: names no token service; check the registry.`);
  const url = new URL(realm);
  checkPlain(url, registry, options);
  if (credential !== undefined && url.protocol === 'http:' && !isLoopback(url.hostname))
    throw new GeneratorError(
      `${host}: its token service ${url.host} is not encrypted, so it gets no credentials; check the registry.`,
    );
  const asked = new URLSearchParams({ scope: `repository:${repository}:pull,push` });
  const service = given.get('service');
  if (service !== undefined) asked.set('service', service);
  const answer = await single(tokenCall(url, asked, credential), options);
  if (answer.status === 401 || answer.status === 403)
    throw new GeneratorError(`${host}: refuses the credentials; log in again, with helm registry login ${host}.`);
  if (mayPass.has(answer.status)) return answer;
  // Not as the answer of the registry: a 404 would say that a chart is not there yet.
  if (answer.status !== 200)
    throw new GeneratorError(
      `${host}: its token service ${url.host} answers ${answer.status}; check the address of the registry.`,
    );
  const token = tokenIn(answer.body);
  if (token === undefined) throw new GeneratorError(`${host}: its token service gives no token; check the registry.`);
  return `Bearer ${token}`;
}

function tokenCall(url: URL, asked: URLSearchParams, credential: Credential | undefined): Call {
  if (credential !== undefined && 'refreshToken' in credential) {
    const form = { ...Object.fromEntries(asked), grant_type: 'refresh_token', client_id: 'serverless-mesh' };
    const body = new URLSearchParams({ ...form, refresh_token: credential.refreshToken }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return { method: 'POST', url, headers, body: new TextEncoder().encode(body) };
  }
  const query = new URL(url);
  for (const [key, value] of asked) query.searchParams.append(key, value);
  const headers = credential === undefined ? {} : { authorization: basic(credential.user, credential.password) };
  return { method: 'GET', url: query, headers };
}

function tokenIn(body: Uint8Array): string | undefined {
  try {
    const { token, access_token: other } = JSON.parse(new TextDecoder().decode(body)) as Record<string, unknown>;
    return [token, other].find(text => typeof text === 'string' && /^[\x21-\x7e]+$/.test(text)) as string | undefined;
  } catch {
    return undefined;
  }
}
