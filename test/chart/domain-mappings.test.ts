/** Domain mappings wait for Knative's definitions, which no cluster has before the first install. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseManifests } from '../support/render.ts';
import { caseNamed } from './cases.ts';
import { renderedKinds } from './cluster.ts';
import { renderIn } from './render-in.ts';
import { inEachHelm, withHelm } from './with-helm.ts';

const test = suite('chart/domain-mappings');
const testHelm = withHelm(test);
const { values } = caseNamed('domain-mappings');
const objects = [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kube-system' } }];
const knatives = /^(serving\.knative\.dev|networking\.internal\.knative\.dev)\//;

for (const [name, kinds, mapped] of [
  ['a cluster without Knative', renderedKinds.filter(kind => !knatives.test(kind)), []],
  [
    'a cluster with Knative',
    renderedKinds,
    ['ClusterDomainClaim shop.example.com', 'ClusterDomainClaim www.blog.example.org'].concat([
      'DomainMapping shop.example.com',
      'DomainMapping www.blog.example.org',
    ]),
  ],
] as const)
  testHelm(name, async () => {
    for (const [{ version }, [outcome]] of await inEachHelm([{ objects, kinds }], (helm, cluster) =>
      renderIn(helm, cluster, values),
    )) {
      assert.is(outcome!.stderr, '', version);
      const found = parseManifests(outcome!.stdout)
        .map(({ object }) => `${object.kind} ${(object.metadata as { name: string }).name}`)
        .filter(title => title.startsWith('Domain') || title.startsWith('ClusterDomain'));
      assert.equal(found.sort(), mapped, version);
    }
  });

test.run();
