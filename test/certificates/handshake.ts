import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type TLSSocket } from 'node:tls';
import type { Issued } from '../../generator/certificates/issue.ts';

/** How a TLS client that trusts `ca` sees our server under `servername`: `authorized`, or the code of its refusal. */
export async function handshake(
  { certificate, privateKey }: Issued,
  servername: string,
  ca: string | undefined,
): Promise<string> {
  const server = createServer({ key: privateKey, cert: certificate });
  server.on('tlsClientError', () => undefined).on('secureConnection', socket => socket.on('error', () => undefined));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const client: TLSSocket = connect({ host: '127.0.0.1', port, servername, ...(ca === undefined ? {} : { ca }) });
  try {
    await once(client, 'secureConnect');
    return client.authorized ? 'authorized' : 'unauthorized';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  } finally {
    client.destroy();
    server.close();
  }
}
