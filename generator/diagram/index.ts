/** The pictures of what the chart serverless-mesh installs: a few whose differences matter, and that of any values. */
import type { Values } from '../values/maps.ts';
import { installationOf } from './describe.ts';
import { merged } from './found.ts';
import type { Installation } from './installation.ts';
import { installationPicture } from './picture.ts';

export interface Example {
  /** Part of a file name. */
  readonly name: string;
  readonly title: string;
  /** What differs from the default values. */
  readonly values: Values;
}

const kafka = { enabled: true, bootstrapServers: ['my-cluster-kafka-bootstrap.kafka.svc.cluster.local:9093'] };

/** One for each generation as it is, then the options that change who talks to whom, or what protects it. */
export const examples: readonly Example[] = [
  { name: 'service-mesh-2', title: 'Service Mesh 2, default values', values: {} },
  { name: 'service-mesh-3', title: 'Service Mesh 3, default values', values: { mesh: { generation: 'v3' } } },
  {
    name: 'kafka-and-metrics',
    title: 'Service Mesh 3 with Kafka and metrics',
    values: {
      mesh: { generation: 'v3', members: ['orders', 'shop'] },
      serving: { metrics: { enabled: true } },
      kafka: { ...kafka, consumerNamespaces: ['orders'] },
    },
  },
  {
    name: 'isolation',
    title: 'Service Mesh 3 with isolation, and mTLS to the local gateway',
    values: {
      mesh: { generation: 'v3', members: ['orders', 'shop'] },
      gateway: { local: { tls: 'mutual' } },
      isolation: { enabled: true },
    },
  },
  {
    name: 'existing-control-plane',
    title: 'Service Mesh 2 with a control plane that exists already',
    values: { mesh: { namespace: 'mesh-system', controlPlane: { create: false }, memberRoll: { create: false } } },
  },
  {
    name: 'kourier',
    title: 'Kourier, with two projects in a mesh of Service Mesh 2',
    values: { mesh: { members: ['orders', 'shop'] }, serving: { ingress: 'kourier' } },
  },
];

/** Where the words of a picture are that is in the documentation. */
const inPage = 'The page installation.md has the same in words.';

export const installationOfExample = ({ values }: Example): Installation => installationOf(merged(values));

/**
 * Self-contained SVGs, in the order in which they are to be shown. As images (`<img>`): put into a page, their style would
 * reach what is around them, and the ids of two of them would be the same.
 */
export const installationPictures = (): readonly {
  readonly name: string;
  readonly title: string;
  readonly svg: string;
}[] =>
  examples.map(example => ({
    name: example.name,
    title: example.title,
    svg: installationPicture(installationOfExample(example), example.title, inPage),
  }));
