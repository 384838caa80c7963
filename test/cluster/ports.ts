import { createServer, type Server } from 'node:net';

/** Ports of 127.0.0.1 that nobody else takes before the program they are meant for. */
export interface Ports {
  /** The port reserved for a listener, e.g. `etcd-peer`; always the same one for a name. */
  of(name: string): number;
  /** Frees the port just before its program starts. */
  release(...names: readonly string[]): Promise<void>;
  releaseAll(): Promise<void>;
}

/**
 * Below the range from which Linux takes the local ports of outgoing connections: a cluster opens hundreds, and one of
 * them could sit on the port of a component that starts later.
 */
const [lowest, highest] = [20_000, 32_000];

/** Holds a listener on each port until it is released, so that clusters that start at the same time do not collide. */
export async function reservePorts(names: readonly string[]): Promise<Ports> {
  const held = new Map<string, Server>();
  const numbers = new Map<string, number>();
  for (const name of names) {
    const server = await listenSomewhere();
    held.set(name, server);
    numbers.set(name, (server.address() as { port: number }).port);
  }
  const release = async (...released: readonly string[]) => {
    const servers = released.flatMap(name => held.get(name) ?? []);
    for (const name of released) held.delete(name);
    await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
  };
  const of = (name: string) => {
    const port = numbers.get(name);
    if (port === undefined) throw new Error(`no port was reserved for ${name}`);
    return port;
  };
  return { of, release, releaseAll: () => release(...held.keys()) };
}

async function listenSomewhere(): Promise<Server> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    const server = await listen(port);
    if (server !== undefined) return server.unref();
  }
  throw new Error(`no free port between ${lowest} and ${highest} in 100 tries`);
}

const listen = (port: number) =>
  new Promise<Server | undefined>(resolve => {
    const server = createServer(socket => socket.destroy());
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
