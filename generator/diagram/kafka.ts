/** The Kafka that Knative uses: its brokers are no part of the installation. */
import { listAt, textAt } from '../cluster/fields.ts';
import { type Found, one } from './found.ts';

export interface Brokers {
  /** KnativeKafka; undefined: there is no Kafka. */
  readonly resource?: Found[number] | undefined;
  /** ServiceEntries, by which pods with a proxy know the brokers; one for each namespace. */
  readonly entries: Found;
  readonly bootstrap: readonly { readonly host: string; readonly port: string }[];
  /** Hosts of the brokers, as far as they are known. */
  readonly hosts: readonly string[];
  /** `9092 tcp-plain`. */
  readonly listeners: readonly string[];
}

export function brokersOf(objects: Found): Brokers {
  const resource = one(objects, 'KnativeKafka');
  const entries = objects.filter(({ kind }) => kind === 'ServiceEntry');
  const servers = [['channel'], ['broker', 'defaultConfig']].flatMap(path =>
    textAt(resource, 'spec', ...path, 'bootstrapServers').split(','),
  );
  const bootstrap = [...new Set(servers.filter(server => server !== ''))].map(server => {
    const colon = server.lastIndexOf(':');
    return { host: server.slice(0, colon), port: server.slice(colon + 1) };
  });
  const [entry] = entries;
  return {
    resource,
    entries,
    bootstrap,
    hosts:
      entry === undefined
        ? [...new Set(bootstrap.map(({ host }) => host))]
        : listAt(entry, 'spec', 'hosts').map(String),
    listeners: listAt(entry, 'spec', 'ports').map(port => `${textAt(port, 'number')} ${textAt(port, 'name')}`),
  };
}
