/** The sets of policies that are held against the requests: what is documented, and what our charts render. */
import { base, type Mesh, ofTenant, repliesOf, type TenantValues } from './intended.ts';
import type { Policy } from './policies.ts';
import { type Generation, type Mode, mesh, type Tenant, tenants } from './world.ts';

export interface Subject {
  readonly title: string;
  /** The base set, isolation.enabled. */
  readonly base: (generation: Generation, mesh: Mesh) => readonly Policy[];
  /** The policies of one tenant. */
  readonly ofTenant: (values: TenantValues) => readonly Policy[];
}

export const documented: Subject = { title: 'the documented policies', base, ofTenant };
/** With the two policies about replies, which allow nothing that the others do not: replies.test.ts. */
export const withReplies: Subject = {
  title: 'the documented policies with the replies',
  base,
  ofTenant: values => [...ofTenant(values), ...repliesOf(values)],
};
/** Our charts. Each is held against every row, against its own mutants, and against the documented policies. */
export const charts: readonly Subject[] = [];

/** Values of serverless-mesh for the base set with all its parts. */
export const baseValues = (generation: Generation, { namespace, trustDomain, dnsDomain }: Mesh) => ({
  cluster: { dnsDomain },
  mesh: { generation, namespace, trustDomain },
  kafka: { enabled: true, bootstrapServers: ['kafka.example.com:9092'] },
  isolation: { enabled: true },
});
/** Values of serverless-mesh-tenant. */
export const tenantValues = ({ generation, mesh: given, serving, eventing, kafka, ...tenant }: TenantValues) => ({
  ...tenant,
  cluster: { dnsDomain: given.dnsDomain },
  mesh: { generation, namespace: given.namespace },
  trustDomain: given.trustDomain,
  serving: { enabled: serving },
  eventing: { enabled: eventing },
  kafka: { enabled: kafka },
});

export type Parts = Pick<TenantValues, 'serving' | 'eventing' | 'kafka'>;
export const allParts: Parts = { serving: true, eventing: true, kafka: true };
/** A tenant of the world, in a mode. */
export const valuesOf = ({ namespacePrefix, ...tenant }: Tenant, mode: Mode, parts: Parts): TenantValues => ({
  ...tenant,
  ...(mode.tenants === 'prefix' ? { namespacePrefix } : {}),
  generation: mode.generation,
  mesh,
  ...parts,
});
/** All policies of a subject in the world. */
export const policiesIn = (subject: Subject, mode: Mode, parts = allParts): readonly Policy[] => [
  ...subject.base(mode.generation, mesh),
  ...(mode.tenants === 'none' ? [] : tenants.flatMap(tenant => subject.ofTenant(valuesOf(tenant, mode, parts)))),
];
