/** Which hosts the mesh must know as Kafka brokers, and where. */
import { grammar } from '../../../../values-schema/index.ts';
import { concat, hostsOf, union } from '../../../gotmpl/functions.ts';
import { knativeEventing } from '../../facts/names.ts';
import { v } from '../values.ts';

/** Hosts of the bootstrap servers, and those that the brokers advertise beyond them. */
export const brokerHosts = union(
  hostsOf(v.kafka.bootstrapServers, { type: 'string', ...grammar.dnsName }),
  v.kafka.additionalHosts,
);
/** A ServiceEntry counts in its own namespace only, so each namespace with clients has one. */
export const clientNamespaces = concat([knativeEventing], v.kafka.consumerNamespaces);
