/** Every field of every object has an answer, and the answers are right. */
import { isDeepStrictEqual } from 'node:util';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { charts } from '../../generator/charts.ts';
import { runExplain } from '../../generator/commands/explain.ts';
import { type About, answerObject, answerValue, stepsOf, valuePaths } from '../../generator/explain/answers.ts';
import { explainChart } from '../../generator/explain/objects.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { evaluateChart } from '../../generator/render/evaluate-chart.ts';
import { readEnvironments } from '../../generator/values/environments.ts';
import { pathText } from '../../generator/values/path.ts';
import { type Case, caseNamed, casesByChart, titleOf } from '../chart/cases.ts';
import { inProcess, newFolder, put } from '../cli/project.ts';

const test = suite('explain');
const release = { name: 'mine', namespace: 'here' };

function aboutCase({ chart, file }: Case): About {
  const [environment] = [...readEnvironments(chart, { environments: [file], files: [] })];
  return { chart, environment: environment!, ...explainChart(chart, environment!.values, release) };
}

/** How many scalars, and empty maps and lists, an object has. */
const leaves = (x: unknown): number =>
  typeof x === 'object' && x !== null && Object.keys(x).length > 0
    ? Object.values(x).reduce<number>((n, below) => n + leaves(below), 0)
    : 1;

test('every field of every object has one answer: what it is, and whether the chart or which values say so', () => {
  let answered = 0;
  for (const [chart, cases] of casesByChart)
    for (const c of cases) {
      const about = aboutCase(c);
      const objects = evaluateChart(chart, c.values, release).flatMap(({ object }) =>
        object.kind === 'List' ? (object.items as object[]) : [object],
      );
      const want = objects.reduce((n, o) => n + leaves(o), 0);
      const answers = about.objects.map(o => answerObject(about, o));
      const fields = answers.flatMap(a => a.fields);
      assert.is(fields.length, want, titleOf(c));
      for (const a of answers) assert.ok(a.what && a.source && a.template && a.model, a.object);
      for (const f of fields) {
        assert.ok(f.fixed !== f.madeOf.length > 0, `${f.object} ${f.field}`);
        assert.ok(f.source && f.template, f.object);
        for (const use of [...f.madeOf, ...f.dependsOn]) assert.ok(use.from && use.path, `${f.object} ${f.field}`);
      }
      answered += fields.length;
    }
  assert.ok(answered > 20_000, `${answered} answers`);
});

test('every value has an answer, and every value that templates use is told to decide something somewhere', () => {
  for (const chart of charts) {
    const cases = casesByChart.get(chart)!;
    const all = cases.map(aboutCase);
    const idle = valuePaths(chart).filter(path =>
      all.every(about => {
        const a = answerValue(about, stepsOf(path));
        assert.ok(a.title && a.meaning && a.type && a.from, path);
        return [a.fields, a.decides, a.leftOut, a.refused].every(list => list.length === 0);
      }),
    );
    // Declared for charts above, and for the checks in the cluster.
    assert.equal(
      idle.filter(path => !['global', 'enabled', 'preflight.enabled'].includes(path)),
      [],
      chart.name,
    );
  }
});

test('a private key in a value that is for none is not shown', async () => {
  const line = 'Jc/BBSoLEo5oxv0uYejWgLACHuftOf6WXuZb/fKllFKsUprHDqBJx45qNGiYJH6l';
  const key = `-----BEGIN PRIVATE KEY-----\n${line}\n-----END PRIVATE KEY-----\n`;
  const given = { serving: { config: { defaults: { a: 'b', key } } }, commonAnnotations: { 'example.com/key': line } };
  const file = put(newFolder(), 'values.yaml', JSON.stringify(given));
  for (const query of ['KnativeServing', 'serving.config', 'serving', 'commonAnnotations'])
    for (const output of ['text', 'json'] as const) {
      const options = { environments: [file], files: [], namespace: 'default', query, output };
      const { out, status } = await inProcess(io => runExplain(options, io));
      assert.is(status, 0, query);
      for (const part of [line, 'PRIVATE KEY']) assert.not.ok(out.includes(part), `${query} ${output}`);
      assert.match(out, '(not shown)');
    }
});

test('a long key of a field stays whole, so that it can be asked for', async () => {
  const key = 'metadata.annotations["serverless.openshift.io/disable-istio-net-policies-generation"]';
  const options = { environments: [], files: [], namespace: 'default', output: 'text' as const };
  const file = caseNamed('service-mesh-3').file;
  const all = await inProcess(io => runExplain({ ...options, files: [file], query: 'KnativeServing' }, io));
  assert.match(all.out, `\n  ${key} = true\n`);
  const one = await inProcess(io => runExplain({ ...options, files: [file], query: 'KnativeServing', field: key }, io));
  assert.is(one.status, 0);
  assert.match(one.out, `${key}\n`);
  assert.not.match(all.out + one.out, '…');
});

test('paths are read as they are written', () => {
  for (const path of [
    ['a', 'b'],
    ['a', 0, 'b'],
    ['commonLabels', 'example.com/team'],
    ['serving', 'config', 'a b', 'c"d'],
  ])
    assert.ok(isDeepStrictEqual(stepsOf(pathText(path)), path), pathText(path));
});

interface Row {
  readonly given: { readonly query?: string; readonly field?: string; readonly environments?: string[] };
  readonly want: readonly (string | RegExp)[];
  readonly status?: number;
}
const prod = ['environments/prod.yaml'];
const rows: readonly Row[] = [
  {
    given: { query: 'gateway.tls.secretName', environments: prod },
    want: [
      'Gateway knative-serving/knative-ingress-gateway: spec.servers[0].tls.credentialName',
      /is +wildcard-certs, /,
    ],
  },
  {
    given: { query: 'KnativeServing', field: 'spec.config.istio' },
    want: [
      'istio-ingressgateway.istio-system.svc.cluster.local',
      'mesh.namespace (istio-system, the default)',
      'base document 1.4.3 step 1',
      'templates/serving/knative-serving.yaml',
    ],
  },
  {
    given: { query: 'knativeserving/knative-serving', field: 'spec.config', environments: prod },
    want: ['serving.config.observability["logging.enable-request-log"] (true, environments/prod.yaml:'],
  },
  {
    given: { query: 'ServiceMeshControlPlane/basic', field: 'spec.gateways' },
    want: [/differs +.*The documentation has: none/],
  },
  {
    given: { query: 'ServiceEntry/knative-eventing/kafka-cluster', field: 'spec.ports[3].name', environments: prod },
    want: ['tcp-sasl-plain', 'differs', 'Istio refuses a ServiceEntry with one port name twice'],
  },
  {
    given: { query: 'KnativeServing', field: 'spec.config.observability' },
    want: ['left out', 'serving.metrics.enabled (false, the default)'],
  },
  { given: { query: 'mesh' }, want: ['group of values', 'ServiceMeshMemberRoll istio-system/default'] },
  { given: {}, want: ['Gateway knative-serving/knative-local-gateway: ', '(not there, by '] },
];
for (const { given, want } of rows)
  test(`says of ${JSON.stringify(given)}`, async () => {
    const { status, out, talk } = await inProcess(io =>
      Promise.resolve(runExplain({ environments: [], files: [], namespace: 'default', output: 'text', ...given }, io)),
    );
    assert.is(`${status}${talk}`, '0');
    for (const text of want)
      assert.ok(typeof text === 'string' ? out.includes(text) : text.test(out), `${text}\n${out}`);
    const json = await inProcess(io =>
      Promise.resolve(runExplain({ environments: [], files: [], namespace: 'default', output: 'json', ...given }, io)),
    );
    assert.ok(JSON.parse(json.out));
  });

const refusals: readonly [given: Row['given'], want: string, status?: number][] = [
  [{ query: 'gatway.tls' }, 'gatway.tls: is no value of serverless-mesh; did you mean gateway.tls?'],
  [{ query: 'secretName' }, 'secretName: is no value of serverless-mesh; did you mean gateway.tls.secretName?'],
  [
    { query: 'Gateway/foo' },
    'Gateway/foo: values renders no such object; write Gateway/knative-serving/knative-ingress-gateway or Gateway/knative-serving/knative-local-gateway.',
  ],
  [{ query: 'Deployment/knative-serving' }, 'see serverless-mesh explain, which lists all.'],
  [
    { query: 'KnativeServing', field: 'spec.conf' },
    'KnativeServing knative-serving/knative-serving: has no field spec.conf; did you mean spec.config?',
  ],
  [{ query: 'Secret' }, 'Secret: there is no object of this kind; see serverless-mesh explain, which lists all.'],
  [
    { query: 'kafka.listeners[5].port' },
    'kafka.listeners[5].port: kafka.listeners of values has 5 items; ask about kafka.listeners.',
  ],
  [{ query: 'mesh.members[0]' }, 'mesh.members[0]: mesh.members of values is empty; ask about mesh.members.'],
  [{ query: '' }, 'the query is empty; write a value, or an object as KIND/NAME.', 2],
  [{ query: 'Gateway', field: '' }, 'the field is empty; write one as spec.servers, or leave it out.', 2],
];
for (const [given, want, code = 1] of refusals)
  test(`refuses ${JSON.stringify(given)}`, async () => {
    const { status, out, talk } = await inProcess(io =>
      Promise.resolve(runExplain({ environments: [], files: [], namespace: 'default', output: 'text', ...given }, io)),
    );
    assert.is(`${status}${out}`, `${code}`);
    assert.ok(talk.includes(want), talk);
  });

test('no private key is shown, whatever is asked', async () => {
  const environments = ['test/cases/inline-certificate.yaml'];
  const about = aboutCase(casesByChart.get(serverlessMesh)!.find(c => c.name === 'inline-certificate')!);
  const { gateway } = about.environment.values as { gateway: { tls: { inline: { privateKey: string } } } };
  const lines = gateway.tls.inline.privateKey.split('\n').filter(l => l !== '' && !l.startsWith('-'));
  assert.ok(lines.length > 0);
  const encoded = Buffer.from(gateway.tls.inline.privateKey).toString('base64').slice(0, 60);
  const queries = [
    ['Secret'],
    ['Secret', 'data'],
    ['gateway'],
    ['gateway.tls.inline.privateKey'],
    ['gateway.tls.inline'],
  ];
  for (const [query, field] of queries)
    for (const output of ['text', 'json'] as const) {
      const { out } = await inProcess(io =>
        Promise.resolve(runExplain({ environments, files: [], namespace: 'default', output, query, field }, io)),
      );
      assert.ok(out.length > 100, `${query} says nothing`);
      for (const secret of [...lines, encoded]) assert.not.ok(out.includes(secret), `${query} ${field}`);
    }
});

test.run();
