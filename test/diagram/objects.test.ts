/** The description against what Helm renders: the golden files, read here in a way of their own. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { at, listAt, nameOf, namespaceOf, textAt } from '../../generator/cluster/fields.ts';
import { installationOf } from '../../generator/diagram/describe.ts';
import { type Case, cases, goldenObjects } from '../chart/cases.ts';

const test = suite('diagram: objects');

const withPods = [
  'Namespace',
  'Deployment',
  'ServiceMeshControlPlane',
  'KnativeServing',
  'KnativeEventing',
  'KnativeKafka',
];
const read = (c: Case) => {
  const objects = goldenObjects(c).map(({ object }) => object);
  const named = (kind: string, name?: string) =>
    objects.find(object => object.kind === kind && (name === undefined || nameOf(object) === name));
  return { objects, named, installation: installationOf(c.values) };
};
const seen = { entries: 0, gateways: 0, mutual: 0, plain: 0, excluded: 0, proxies: 0 };

for (const c of cases)
  test(c.name, () => {
    const { objects, named, installation } = read(c);
    const { edges, parties, namespaces, facts } = installation;
    const titles = namespaces.flatMap(({ key, title }) => [key, ...title]);
    for (const object of objects.filter(({ kind }) => withPods.includes(`${kind}`)))
      assert.ok(titles.includes(object.kind === 'Namespace' ? nameOf(object) : namespaceOf(object)), nameOf(object));

    const entry = named('ServiceEntry');
    const toBrokers = edges.filter(({ to }) => to === 'Kafka brokers');
    for (const { ports } of entry === undefined ? [] : toBrokers) {
      assert.equal(
        ports,
        listAt(entry, 'spec', 'ports').map(port => textAt(port, 'number')),
      );
      seen.entries += 1;
    }
    assert.is(toBrokers.length > 0, named('KnativeKafka') !== undefined);

    const local = named('Gateway', 'knative-local-gateway');
    const calls = edges.filter(({ from, to }) => from === 'Your pods' && to.endsWith('gateway'));
    if (local !== undefined) {
      const service = objects.find(
        o => o.apiVersion === 'v1' && o.kind === 'Service' && nameOf(o) === 'knative-local-gateway',
      );
      const want = at(local, 'spec', 'servers', 0, 'tls', 'mode') === 'ISTIO_MUTUAL' ? 'mTLS' : 'plain';
      assert.equal(
        calls.map(({ protection, ports }) => [protection, ports]),
        [
          [
            want,
            [`${textAt(service, 'spec', 'ports', 0, 'port')} → ${textAt(service, 'spec', 'ports', 0, 'targetPort')}`],
          ],
        ],
      );
      assert.is(parties.find(({ name }) => name === calls[0]!.to)?.namespace, namespaceOf(service));
      seen.gateways += 1;
      seen[want === 'mTLS' ? 'mutual' : 'plain'] += 1;
    }

    const text = JSON.stringify(objects.filter(({ kind }) => kind === 'ServiceMeshControlPlane' || kind === 'Istio'));
    const excluded = /"excludeInboundPorts":"([\d,]*)"|"excludedPorts":\[([\d,]*)\]/.exec(text);
    const [said] = facts.flatMap(fact => /leave alone.*: (.+)\.$/.exec(fact)?.slice(1) ?? []);
    if (said !== undefined) {
      assert.is(said.replaceAll(', ', ','), (excluded?.[1] ?? excluded?.[2]) || 'none');
      seen.excluded += 1;
    }

    const injected = ['KnativeServing', 'KnativeEventing', 'KnativeKafka'].flatMap(kind =>
      listAt(named(kind), 'spec', 'workloads').filter(w => textAt(w, 'labels', 'sidecar.istio.io/inject') === 'true'),
    );
    const proxies = parties.filter(({ inMesh }) => inMesh).flatMap(({ name, details }) => [name, ...details]);
    for (const name of injected.map(workload => textAt(workload, 'name'))) {
      if (/^kafka-(broker|channel|source|sink)/.test(name)) {
        const [, part] = name.split('-');
        assert.is(proxies.includes(name), at(named('KnativeKafka'), 'spec', part!, 'enabled') === true, name);
      } else assert.ok(proxies.includes(name), name);
      seen.proxies += 1;
    }
    for (const { sources } of edges)
      for (const source of sources.filter(one => /^[A-Z]\w+ /.test(one))) {
        const [kind, name] = source.split(' ');
        const found = objects.some(
          o => o.kind === kind && [namespaceOf(o), nameOf(o)].filter(Boolean).join('/') === name,
        );
        assert.ok(found, source);
      }
  });

test('there was something of each to compare', () => {
  for (const [what, count] of Object.entries(seen)) assert.ok(count > 3, `${what}: ${count}`);
});

test.run();
