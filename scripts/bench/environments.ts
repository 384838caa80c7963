/** Values files of a large fleet: realistic, all valid, no two the same, and the same ones in each run. */

const teams = ['orders', 'payments', 'shipping', 'storefront', 'billing', 'search', 'ledger', 'catalog', 'identity'];
const regions = ['eu-west', 'eu-central', 'us-east', 'us-west', 'ap-south', 'sa-east'];
const stages = ['dev', 'test', 'staging', 'prod'];
const releases = ['v1.32', 'v1.33', 'v1.34', 'v1.35', 'v1.36', 'v1.37'];

export const environments = (count: number): string[] => Array.from({ length: count }, (_, i) => environment(i));

/** The i-th cluster of the fleet. */
function environment(i: number): string {
  const cluster = `${pick(stages, i)}-${pick(regions, i >> 2)}-${i}`;
  const members = teams.slice(0, 2 + (i % 7)).map((team, t) => `${team}-${(i + t) % 50}`);
  const parts = [base(i, cluster, members), serving(i)];
  if (i % 2 === 0) parts.push(kafka(i));
  if (i % 3 === 0) parts.push(verify(i, members[0]!));
  parts.push(labels(i, cluster));
  return parts.join('');
}

const pick = <T>(list: readonly T[], i: number): T => list[i % list.length]!;

const base = (i: number, cluster: string, members: readonly string[]) => `# Cluster ${cluster}.
serverless:
  release: ${pick(releases, i)}
cluster:
  appsDomain: apps.${cluster}.example.com
mesh:
  namespace: ${i % 5 === 0 ? `mesh-${i}` : 'istio-system'}
  members:
${members.map(m => `    - ${m}\n`).join('')}  controlPlane:
    version: ${pick(['v2.5', 'v2.6'], i)}
    terminationDrainDuration: ${35 + (i % 60)}s
gateway:
  hosts: ["*.apps.${cluster}.example.com"] # Another Gateway serves the rest.
  tls:
    secretName: wildcard-${cluster}
`;

const serving = (i: number) => `serving:
  metrics:
    enabled: ${i % 4 === 0}
  config:
    autoscaler:
      scale-to-zero-pod-retention-period: ${1 + (i % 30)}m
      container-concurrency-target-default: "${50 + (i % 100)}"
    observability:
      logging.enable-request-log: "true"
eventing:
  config:
    features:
      delivery-timeout: enabled
`;

const kafka = (i: number) => `kafka:
  enabled: true
  bootstrapServers:
    - events-${i}-kafka-bootstrap.kafka.svc.cluster.local:9093
    - audit-kafka-bootstrap.audit-${i % 20}.svc.cluster.local:9094
  broker:
    numPartitions: ${10 + (i % 20)}
  authSecret:
    name: kafka-credentials-${i}
    namespace: knative-eventing
`;

const verify = (i: number, member: string) => `verify:
  namespace: ${member}
  caCertificate: |
    -----BEGIN CERTIFICATE-----
${Array.from({ length: 16 }, (_, line) => `    ${base64(i * 16 + line)}\n`).join('')}    -----END CERTIFICATE-----
`;

const labels = (i: number, cluster: string) => `commonLabels:
  example.com/cluster: ${cluster}
  example.com/stage: ${pick(stages, i)}
commonAnnotations:
  example.com/owner: team-${i % 40}@example.com
`;

/** A line of 64 characters as in a certificate. */
const base64 = (seed: number) =>
  Buffer.from(Array.from({ length: 48 }, (_, i) => (seed * 31 + i * i * 7) % 256)).toString('base64');
