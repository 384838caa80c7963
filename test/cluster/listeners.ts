import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A socket on which a process waits for others. */
export interface Listener {
  readonly pid: number;
  readonly kind: 'tcp' | 'udp' | 'unix';
  /** An IP address and port, or the path of a unix socket. */
  readonly address: string;
}

/** The other end of a connection that a process has, or is trying to make. */
export interface Peer {
  readonly pid: number;
  readonly address: string;
}

interface Socket {
  readonly kind: Listener['kind'];
  readonly address: string;
}

/** The column `st`: TCP_LISTEN, and TCP_CLOSE of a UDP socket without a peer. */
const waiting = { tcp: '0A', udp: '07' } as const;
/** TCP_ESTABLISHED, TCP_SYN_SENT. */
const connected = ['01', '02'];
/** Bit 16 of a unix socket's flags: it accepts connections. */
const acceptsConnections = 0x10000;

/** All that the processes listen on, as the kernel tells it. Linux only. */
export function listenersOf(pids: readonly number[]): Listener[] {
  return pids.flatMap(pid => {
    const sockets = new Map([...internetSockets(pid, 'tcp'), ...internetSockets(pid, 'udp'), ...unixSockets(pid)]);
    return inodesOf(pid).flatMap(inode => {
      const socket = sockets.get(inode);
      return socket === undefined ? [] : [{ pid, ...socket }];
    });
  });
}

/** Whom the processes talk to over TCP and UDP just now. Linux only. */
export function peersOf(pids: readonly number[]): Peer[] {
  return pids.flatMap(pid => {
    const own = new Set(inodesOf(pid));
    return ['tcp', 'tcp6', 'udp', 'udp6']
      .flatMap(file => table(`/proc/${pid}/net/${file}`))
      .filter(columns => connected.includes(columns[3] as string) && own.has(columns[9] as string))
      .map(columns => ({ pid, address: addressOf(columns[2] as string) }));
  });
}

function inodesOf(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap(fd => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
    } catch {
      // Closed since the folder was read.
      return [];
    }
  });
}

function internetSockets(pid: number, kind: 'tcp' | 'udp'): [string, Socket][] {
  return [kind, `${kind}6`].flatMap(file =>
    table(`/proc/${pid}/net/${file}`)
      .filter(columns => columns[3] === waiting[kind])
      .map(columns => [columns[9] as string, { kind, address: addressOf(columns[1] as string) }]),
  );
}

function unixSockets(pid: number): [string, Socket][] {
  return table(`/proc/${pid}/net/unix`)
    .filter(columns => (Number.parseInt(columns[3] as string, 16) & acceptsConnections) !== 0)
    .map(columns => [columns[6] as string, { kind: 'unix', address: columns[7] ?? '(unnamed)' }]);
}

const table = (path: string) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map(line => line.trim().split(/\s+/));

/** `0100007F:1F90` is 127.0.0.1:8080: 32-bit words in the machine's (little) byte order. */
function addressOf(text: string): string {
  const [words = '', port = ''] = text.split(':');
  const bytes = (words.match(/.{8}/g) ?? []).flatMap(word => [...Buffer.from(word, 'hex').reverse()]);
  const number = Number.parseInt(port, 16);
  if (bytes.length === 4) return `${bytes.join('.')}:${number}`;
  const isMapped = bytes.slice(0, 10).every(byte => byte === 0) && bytes[10] === 255;
  if (isMapped) return `${bytes.slice(12).join('.')}:${number}`;
  return `[${bytes.map(byte => byte.toString(16).padStart(2, '0')).join('')}]:${number}`;
}
