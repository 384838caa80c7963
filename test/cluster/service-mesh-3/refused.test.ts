/** What a cluster lacks is said at install, with the remedy, and nothing is made: on API servers that know no operator. */
import * as assert from 'uvu/assert';
import { helms } from '../../support/helm.ts';
import { createCrds } from '../bootstrap.ts';
import type { Cluster } from '../cluster.ts';
import { readCrds } from '../crds.ts';
import { everything, unchanged } from '../everything.ts';
import { helm } from '../releases.ts';
import { endShared, onEveryVersion } from '../shared.ts';
import { clusterSuite } from '../suite.ts';
import { caseFile, from } from './mesh.ts';

const test = clusterSuite('Service Mesh 3, what is missing', { allKinds: true });
test.after(() => endShared('api'));

const way = 'install it, for example with the chart serverless-mesh-operators, or set preflight.enabled to false';
const lacks = (generation: string, operators: string) =>
  `mesh.generation: is ${generation}, but this cluster lacks the operator of ${operators}; ${way}`;

interface Refused {
  /** Definitions that there are in addition to those of the rows before: all of these groups. */
  readonly groups?: readonly string[];
  readonly sets: readonly string[];
  readonly words: RegExp | string;
}
const [v2, v3] = ['mesh.generation=v2', 'mesh.generation=v3'];
const certManager = ['gateway.tls.source=certManager', 'cluster.appsDomain=apps.example.com'];
const rows: readonly Refused[] = [
  { sets: [v2], words: lacks('v2', 'OpenShift Serverless and that of OpenShift Service Mesh 2') },
  { sets: [v3], words: lacks('v3', 'OpenShift Serverless and that of OpenShift Service Mesh 3') },
  { groups: ['operator.knative.dev'], sets: [v2], words: lacks('v2', 'OpenShift Service Mesh 2') },
  { sets: [v3], words: lacks('v3', 'OpenShift Service Mesh 3') },
  {
    groups: ['sailoperator.io'],
    sets: [v3, 'mesh.controlPlane.version=v1.24.99'],
    words:
      /mesh\.controlPlane\.version: is v1\.24\.99, which the installed Service Mesh operator does not know; write one of v\S+, .*v1\.28\.3, .*v1\.24\.0, .*, or update the operator/,
  },
  {
    sets: [v3, 'mesh.controlPlane.version=v1.99.0', 'mesh.controlPlane.allowUnknownVersion=true'],
    words:
      /mesh\.controlPlane\.version: is v1\.99\.0, which the installed Service Mesh operator does not know; write one of v/,
  },
  {
    sets: [v3, ...certManager],
    words:
      'gateway.tls.source: is certManager, but this cluster does not know certificates.cert-manager.io; install the operator of cert-manager, or create the Secret and set the source to existing',
  },
];

async function define(cluster: Cluster, groups: readonly string[]): Promise<void> {
  const crds = readCrds().filter(({ name }) => groups.some(group => name.endsWith(`.${group}`)));
  await createCrds(cluster.rest, crds, async attempt => void (await cluster.waitFor('definitions served', attempt)));
}

test('each thing that is missing: both Helms say it with its remedy, and nothing is made', () =>
  onEveryVersion(async cluster => {
    for (const { groups = [], sets, words } of rows) {
      await define(cluster, groups);
      const before = await everything(cluster);
      for (const program of helms()) {
        const args = from('install', caseFile('defaults'), ...sets);
        const { exitCode, stderr } = await helm(cluster, program, args, { reject: false });
        assert.is(exitCode, 1);
        if (typeof words === 'string') assert.ok(stderr.includes(words), stderr);
        else assert.match(stderr, words);
        await unchanged(cluster, before);
      }
    }
  }, 'api'));

test.run();
