/**
 * Credentials from a program that a kubeconfig names. Ours, because the client's own puts what the program prints into
 * its errors, waits for ever, and does not pass KUBERNETES_EXEC_INFO.
 * Source: https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { basename } from 'node:path';
import { Unseen } from './unseen.ts';

export interface ExecPlugin {
  readonly command?: string;
  readonly args?: readonly string[] | null;
  readonly env?: readonly { readonly name: string; readonly value: string }[] | null;
  readonly apiVersion?: string;
  readonly provideClusterInfo?: boolean;
}
export interface Credential {
  readonly token?: string;
  readonly clientCertificateData?: string;
  readonly clientKeyData?: string;
  /** When the program must be asked again. */
  readonly expirationTimestamp?: string;
}

const largest = 1_000_000;
/** A program that opens a browser waits for a person. */
const patience = 120_000;

export async function askPlugin(plugin: ExecPlugin, cluster: object, limit = patience): Promise<Credential> {
  const { command } = plugin;
  const failed = (why: string) =>
    new Unseen(
      `the credential plugin of the kubeconfig ${why}; what it prints is not shown`,
      `log in again, or run ${command ? basename(command) : 'it'} by hand to see why`,
    );
  if (!command) throw failed('names no command');
  const apiVersion = plugin.apiVersion ?? 'client.authentication.k8s.io/v1';
  const info = {
    apiVersion,
    kind: 'ExecCredential',
    spec: { interactive: false, ...(plugin.provideClusterInfo && { cluster }) },
  };
  const own = Object.fromEntries((plugin.env ?? []).map(e => [e.name, e.value]));
  const env = { ...process.env, KUBERNETES_EXEC_INFO: JSON.stringify(info), ...own };
  const printed = await new Promise<string>((resolve, reject) => {
    // A group of its own, so that what the program has started ends with it.
    const detached = process.platform !== 'win32';
    const child = spawn(command, [...(plugin.args ?? [])], { env, stdio: ['ignore', 'pipe', 'ignore'], detached });
    const chunks: Buffer[] = [];
    let size = 0;
    const giveUp = (why: string) => {
      child.stdout.destroy();
      endGroup(child, detached);
      reject(failed(why));
    };
    const timer = setTimeout(() => giveUp(`did not end within ${limit / 1000} s`), limit);
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > largest) giveUp('printed too much');
      else chunks.push(chunk);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      reject(failed(`cannot be started (${error.code})`));
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(Buffer.concat(chunks).toString());
      else reject(failed(signal === null ? `failed with exit status ${code}` : `was ended by ${signal}`));
    });
  });
  const status = statusOf(printed);
  if (!status?.token && !status?.clientCertificateData) throw failed('printed no credential');
  return status;
}

function endGroup(child: ChildProcess, isGroup: boolean): void {
  try {
    if (isGroup && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function statusOf(printed: string): Credential | undefined {
  try {
    return (JSON.parse(printed) as { status?: Credential } | null)?.status;
  } catch {
    return undefined;
  }
}
