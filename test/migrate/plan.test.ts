import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { methods } from '../../generator/migrate/migration.ts';
import { rowsOf } from '../../generator/migrate/rows.ts';
import { caseNamed } from '../chart/cases.ts';
import { runProgram } from '../cli/project.ts';
import { fileOf, movable, type PlanJson, planOfFile, runPlan, shellOf } from './plans.ts';

const test = suite('migrate: plan');

const common = ['backup', 'values', 'healthy'];
const leave2 = ['service-mesh-2-version', 'service-mesh-2-add-ons', 'service-mesh-2-network-policies'];
const beside = ['shield', 'istio', 'root-of-the-mesh', 'labels', 'keep', 'upgrade'];
const operator = ['dns-capture', 'service-mesh-3-operator'];
const removed = [
  'remove-service-mesh-2',
  'stale-routes',
  'remove-labels',
  'remove-service-mesh-2-operator',
  'verify-again',
];

/** A case, the method, and the ids of its steps. */
const wanted: readonly (readonly [name: string, method: PlanJson['method'], ids: readonly string[]])[] = [
  [
    'defaults',
    'in-place',
    [
      ...[...common, ...leave2, 'network-policies', 'authorization-policies', ...operator, 'certificate-existing'],
      ...[...beside, 'restart-serving', 'restart-eventing', 'routes', 'verify', ...removed],
    ],
  ],
  [
    'base-document',
    'in-place',
    [
      ...[...common, 'serverless-release', ...leave2, 'network-policies', 'authorization-policies', ...operator],
      ...['certificate-existing', ...beside, 'restart-serving', 'restart-eventing', 'restart-kafka', 'restart-members'],
      ...['routes', 'verify', ...removed],
    ],
  ],
  [
    'eventing-only',
    'in-place',
    [
      ...[...common, ...leave2, 'network-policies', ...operator, 'shield', 'istio', 'labels', 'keep', 'upgrade'],
      ...['restart-eventing', 'restart-kafka', 'restart-members'],
      ...['verify', 'remove-service-mesh-2', 'remove-labels', 'remove-service-mesh-2-operator', 'verify-again'],
    ],
  ],
  [
    'own-network-policies',
    'in-place',
    [
      ...[...common, 'service-mesh-2-version', 'service-mesh-2-add-ons', 'network-policies', 'authorization-policies'],
      ...[...operator, 'certificate-existing', ...beside, 'restart-serving', 'restart-eventing', 'restart-members'],
      ...['routes', 'verify', ...removed],
    ],
  ],
  [
    'existing-control-plane',
    'in-place',
    [
      ...[...common, ...leave2, 'network-policies', 'authorization-policies', 'dns-capture', 'existing-member-roll'],
      ...['service-mesh-3-operator', 'certificate-existing', ...beside, 'restart-serving', 'restart-eventing'],
      ...['restart-members', 'routes', 'verify', 'leave-member-roll', 'remove-service-mesh-2', 'verify-again'],
    ],
  ],
  [
    'kafka-in-cluster',
    'reinstall',
    [
      ...[...common, 'network-policies', 'authorization-policies', ...operator, 'certificate-existing', 'uninstall'],
      ...['stale-routes', 'injection-labels', 'install', 'restart-members', 'verify', 'remove-service-mesh-2-operator'],
    ],
  ],
  [
    'existing-control-plane',
    'reinstall',
    [
      ...[...common, 'network-policies', 'authorization-policies', 'dns-capture', 'existing-member-roll'],
      ...['service-mesh-3-operator', 'certificate-existing', 'uninstall', 'leave-member-roll', 'shield', 'istio'],
      ...['root-of-the-mesh', 'labels', 'install', 'restart-members', 'routes', 'verify'],
    ],
  ],
];
for (const [name, method, ids] of wanted)
  test(`${name}, ${method}: which steps`, async () => {
    const { steps } = await planOfFile(caseNamed(name).file, { method });
    assert.equal(
      steps.map(s => s.id),
      ids,
    );
  });

const plans = movable.flatMap(({ name, file }) => methods.map(method => ({ name, file, method })));

for (const { name, file, method } of plans) {
  test(`${name}, ${method}: each step says why, what to run, how to check it, the way back and its source`, async () => {
    const { steps } = await planOfFile(file, { method });
    assert.ok(steps.length > 10);
    for (const { id, title, why, commands, check, back, source } of steps) {
      assert.match(title, /^[A-Z].*[^.]$/, id);
      // One sentence: a full stop at its end, and no other.
      assert.match(why, /^[A-Za-z].*[^.]\.$/, id);
      assert.not.match(why, /[a-z][.] [A-Z]/, id);
      assert.ok(commands.length > 0 && commands.every(c => c.trim() === c && c !== ''), id);
      assert.ok(check.command !== '' && check.shows !== '', id);
      assert.ok(back.say.endsWith('.'), id);
      assert.ok(source.length > 10, id);
    }
    assert.is(new Set(steps.map(s => s.id)).size, steps.length);
  });

  test(`${name}, ${method}: names instead of placeholders, in commands that shells can read`, async () => {
    const { steps, notice } = await planOfFile(file, { method });
    const text = JSON.stringify([steps, notice]);
    for (const placeholder of [/<[a-z][\w-]*>/i, /\$\{/, /\bundefined\b|\[object/, /TODO|FIXME|\bNAME\b/])
      assert.not.match(text.replaceAll('NAME:.metadata.name', ''), placeholder);
    const script = `${steps.flatMap(shellOf).join('\n')}\n`;
    for (const shell of ['bash', 'sh'])
      assert.equal(await runProgram(shell, ['-n', '-c', script]), { status: 0, out: '', talk: '' });
  });
}

const known = new Set(methods.flatMap(method => rowsOf[method].map(({ id }) => id)));
test('every row is in the plan of some case', async () => {
  const all = await Promise.all(plans.map(({ file, method }) => planOfFile(file, { method })));
  const issuer = fileOf({
    cluster: { appsDomain: 'apps.example.com' },
    gateway: { tls: { source: 'certManager', certManager: { issuer: { name: 'corporate' } } } },
  });
  const seen = new Set([...all, await planOfFile(issuer)].flatMap(p => p.steps.map(s => s.id)));
  assert.equal(
    [...known].filter(id => !seen.has(id)),
    [],
  );
});

test('the same values give the same bytes; text and JSON hold the same commands', async () => {
  for (const { file } of movable) {
    const [first, second, json] = [await runPlan(file), await runPlan(file), await planOfFile(file)];
    assert.equal(first, second);
    const lines = new Set(first.out.split('\n').map(line => line.trim()));
    for (const line of json.steps.flatMap(shellOf).flatMap(c => c.split('\n'))) assert.ok(lines.has(line.trim()), line);
  }
});

const noticed: readonly (readonly [name: string, values: object, wanted: RegExp, method?: PlanJson['method']])[] = [
  ['Technology Preview', {}, /Technology Preview: Red Hat does not support it in production/],
  ['not a documented move', {}, /calls the move to another mesh unsupported.*describes no migration either/],
  ['the safe way', {}, /maintenance window.*--method reinstall/],
  ['the other way', {}, /nothing is served from the step uninstall.*--method in-place/, 'reinstall'],
  ['Argo CD', { argocd: { syncWaves: true } }, /With Argo CD switch off automated sync/],
  ['a mesh team', { mesh: { controlPlane: { create: false } } }, /The mesh team runs the control plane/],
];
for (const [name, values, sentence, method = 'in-place'] of noticed)
  test(`what to know before: ${name}`, async () => {
    const { notice } = await planOfFile(fileOf(values), { method });
    assert.ok(
      notice.some(line => sentence.test(line)),
      notice.join('\n'),
    );
    assert.is(
      (await planOfFile(fileOf({}), { method })).notice.some(line => sentence.test(line)),
      !/Argo|team/.test(name),
    );
  });

test("the user's names are in the commands", async () => {
  const file = fileOf({ mesh: { namespace: 'my-mesh', members: ['a', 'b'], controlPlane: { name: 'full' } } });
  const options = { releaseName: 'kn', namespace: 'gitops', chart: 'charts/my mesh.tgz' };
  const shell = (await planOfFile(file, options)).steps.flatMap(shellOf).join('\n');
  for (const part of [
    `helm upgrade kn 'charts/my mesh.tgz' -n gitops -f ${file} --set mesh.controlPlane.version=v2.6`,
    'helm get values kn -n gitops',
    'oc wait servicemeshcontrolplane/full -n my-mesh',
    'deployment/istiod-full -n my-mesh',
    'oc label namespace knative-serving knative-eventing a b maistra.io/ignore-namespace=true istio.io/rev-',
    'oc label namespace a b istio-injection=enabled',
    'meta.helm.sh/release-name=kn meta.helm.sh/release-namespace=gitops',
    'for namespace in a b; do',
    'oc get routes -n my-mesh -l serving.knative.openshift.io/ingressName',
  ])
    assert.ok(shell.includes(part), part);
  for (const usual of ['istio-system', ' basic', '/basic', 'serverless-mesh dist', '-n default'])
    assert.not.ok(shell.includes(usual), usual);
});

test('what was chosen of Kafka is restarted, each as what it is', async () => {
  const kafka = { enabled: true, bootstrapServers: ['kafka.example.com:9092'], channel: { enabled: false } };
  const { steps } = await planOfFile(fileOf({ kafka: { ...kafka, source: { enabled: false } } }));
  const restart = steps.find(s => s.id === 'restart-kafka')!.commands[1];
  assert.is(
    restart,
    'oc rollout restart -n knative-eventing deployment/kafka-controller deployment/kafka-broker-receiver statefulset/kafka-broker-dispatcher deployment/kafka-sink-receiver',
  );
});

test.run();
