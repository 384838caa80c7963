/**
 * Credentials of a registry from the places where `podman login`, `helm registry login` and `docker login` put them. Nothing
 * of what they hold, and nothing that a credential helper prints, is ever part of a message.
 * Source: https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md, https://docs.docker.com/reference/cli/docker/login/
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { GeneratorError } from '../../errors.ts';
import { isMap } from '../../values/maps.ts';
import { dockerHub, dockerHubs } from './target.ts';

export type Credential =
  | { readonly user: string; readonly password: string }
  /** To get access tokens with. */
  | { readonly refreshToken: string };

export type Environment = Readonly<Record<string, string | undefined>>;

/** In the order in which they are looked at. */
export function credentialFiles(env: Environment, home = homedir(), platform = process.platform): string[] {
  const helmHome =
    env.HELM_CONFIG_HOME ??
    (env.XDG_CONFIG_HOME
      ? join(env.XDG_CONFIG_HOME, 'helm')
      : join(home, platform === 'darwin' ? 'Library/Preferences/helm' : '.config/helm'));
  return [
    env.REGISTRY_AUTH_FILE,
    env.XDG_RUNTIME_DIR && join(env.XDG_RUNTIME_DIR, 'containers/auth.json'),
    env.HELM_REGISTRY_CONFIG || join(helmHome, 'registry/config.json'),
    join(env.DOCKER_CONFIG || join(home, '.docker'), 'config.json'),
  ].filter((path): path is string => path !== undefined && path !== '');
}

/** The first credential for `host` and `path` in these files; undefined where there is none, for anonymous access. */
export async function findCredential(
  host: string,
  path: string,
  env: Environment = process.env,
  home?: string,
): Promise<Credential | undefined> {
  for (const file of credentialFiles(env, home)) {
    const found = await credentialIn(file, host, path, env);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function credentialIn(
  file: string,
  host: string,
  path: string,
  env: Environment,
): Promise<Credential | undefined> {
  const config = readConfig(file);
  const { auths, credHelpers, credsStore } = config;
  const helper = isMap(credHelpers) ? credHelpers[host] : undefined;
  if (typeof helper === 'string') return await askHelper(helper, host, env);
  const names = serverNames(host, path);
  const name = names.find(n => isMap(auths) && isMap(auths[n]));
  const stored = name === undefined ? undefined : credentialOf((auths as Record<string, object>)[name]!, file);
  if (stored !== undefined) return stored;
  return typeof credsStore === 'string' && credsStore !== ''
    ? await askHelper(credsStore, names.at(-1)!, env)
    : undefined;
}

function readConfig(file: string): Record<string, unknown> {
  try {
    const config: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (isMap(config)) return config;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return {};
    if (code !== undefined) throw new GeneratorError(`${file}: cannot be read (${code}); check its permissions.`);
  }
  throw new GeneratorError(
    `${file}: is no JSON with the credentials of registries; log in again, or correct the file.`,
  );
}

/** The most specific first, then the ways in which the programs write a host. */
function serverNames(host: string, path: string): string[] {
  const parts = path.split('/');
  const paths = parts.map((_, i) => `${host}/${parts.slice(0, parts.length - i).join('/')}`);
  const hub = [...dockerHubs, dockerHub].includes(host) ? ['docker.io', 'https://index.docker.io/v1/'] : [];
  return [...paths, `https://${host}/v1/`, `https://${host}/v2/`, `https://${host}/`, `https://${host}`, host, ...hub];
}

function credentialOf(entry: object, file: string): Credential | undefined {
  const { auth, identitytoken, username, password } = entry as Record<string, unknown>;
  if (typeof identitytoken === 'string' && identitytoken !== '') return { refreshToken: identitytoken };
  if (typeof username === 'string' && typeof password === 'string' && username !== '')
    return { user: username, password };
  if (typeof auth !== 'string' || auth === '') return undefined;
  const text = Buffer.from(auth, 'base64').toString();
  const colon = text.indexOf(':');
  if (colon < 1) throw new GeneratorError(`${file}: holds a credential that is none; log in again.`);
  return { user: text.slice(0, colon), password: text.slice(colon + 1).replace(/\0+$/, '') };
}

/** A helper may open a window and wait for a person. */
const patience = 120_000;

/** Source: https://github.com/docker/docker-credential-helpers#development */
async function askHelper(name: string, server: string, env: Environment): Promise<Credential | undefined> {
  const program = `docker-credential-${name}`;
  const failed = (why: string) =>
    new GeneratorError(
      `${program}: ${why}, and what it prints is not shown; log in again, or run it by hand to see why.`,
    );
  if (!/^[A-Za-z0-9._-]+$/.test(name)) throw failed('has no name of a program');
  const { code, printed } = await run(program, server, env).catch((why: string) => {
    throw failed(why);
  });
  if (code !== 0) {
    if (/credentials not found/.test(printed)) return undefined;
    throw failed(`failed with exit status ${code}`);
  }
  try {
    const { Username: user, Secret: password } = JSON.parse(printed) as Record<string, unknown>;
    if (typeof user === 'string' && typeof password === 'string')
      return user === '<token>' ? { refreshToken: password } : { user, password };
  } catch {
    // Told below.
  }
  throw failed('printed no credential');
}

function run(program: string, input: string, env: Environment): Promise<{ code: number | null; printed: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['get'], {
      env: env as NodeJS.ProcessEnv,
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: patience,
    });
    let printed = '';
    child.stdout.on('data', chunk => {
      printed = (printed + chunk).slice(0, 1_000_000);
    });
    child.on('error', (error: NodeJS.ErrnoException) => reject(`cannot be started (${error.code})`));
    child.on('close', code => resolve({ code, printed }));
    // A helper that ends without reading is no failure of ours.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
