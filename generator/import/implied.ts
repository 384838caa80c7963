/** What a value needs beside it, where no object says that. */
import type { Values } from '../values/maps.ts';
import { valueAt, withValue } from './setting.ts';

/** `path` is that of the value which was set. */
export const withImplied = (values: Values, path: string): Values => withMembers(withListeners(values, path), path);

/** Each port of a bootstrap server must be a listener, and with Kourier no object says which there are. */
function withListeners(values: Values, path: string): Values {
  if (path !== 'kafka.bootstrapServers') return values;
  const listeners = valueAt(values, 'kafka.listeners') as readonly { name: string; port: number }[];
  const ports = (valueAt(values, path) as readonly string[]).map(server => Number(server.split(':').at(-1)));
  const more = [...new Set(ports)].filter(port => port > 0 && !listeners.some(l => l.port === port));
  return withValue(values, 'kafka.listeners', [...listeners, ...more.map(port => ({ name: `tcp-${port}`, port }))]);
}

/** A domain leads to a member; with Service Mesh 3 no object says which there are. */
function withMembers(values: Values, path: string): Values {
  if (path !== 'domainMappings' || valueAt(values, 'mesh.generation') !== 'v3') return values;
  const members = valueAt(values, 'mesh.members') as readonly string[];
  const namespaces = (valueAt(values, path) as readonly { namespace: string }[]).map(m => m.namespace);
  return withValue(values, 'mesh.members', [...new Set([...members, ...namespaces])]);
}
