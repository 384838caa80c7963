/** What real API servers do not show: to users who may see little, and when they, or their etcd, stop. */
import * as assert from 'uvu/assert';
import { preflightChecks } from '../../../generator/checks/preflight/index.ts';
import { runPreflight } from '../../../generator/commands/preflight.ts';
import { inProcess } from '../../cli/project.ts';
import { concernedBy } from '../../cluster-commands/coverage.ts';
import { optionsFor, unseenOf } from '../../cluster-commands/run.ts';
import type { Cluster } from '../cluster.ts';
import { kubernetesVersions } from '../modules.ts';
import { make, prepare } from '../releases.ts';
import { sharedCluster } from '../shared.ts';
import { clusterSuite } from '../suite.ts';
import { assertNothingWrong, preflight, those, verify } from './commands.ts';
import { givenObjects, unmake, valuesOf } from './openshift.ts';
import { createUser, kubeconfigOf, type Rule } from './users.ts';

const test = clusterSuite('commands that see little', { allKinds: true });
const given = givenObjects();
const values = valuesOf('prod');
let cluster: Cluster;

test.before(async () => {
  cluster = await sharedCluster(kubernetesVersions[1]);
  await prepare(cluster, 'prod');
  for (const wanted of await given) await make(cluster, wanted);
});
test.after(async () => unmake(cluster, await given));

const mayRead = (apiGroup: string, ...resources: string[]): Rule => ({
  apiGroups: [apiGroup],
  resources,
  verbs: ['get', 'list'],
});

test('a user with a few rights: what was not seen is never ok, and the token is in no output', async () => {
  const rules = [mayRead('', 'namespaces', 'services'), mayRead('maistra.io', 'servicemeshcontrolplanes')];
  const user = await createUser(cluster, 'looker', rules);
  try {
    const told = await preflight(user, values);
    assert.is(told.status, 1);
    assert.equal(those(told, 'finding'), []);
    // The rights of everybody, discovery, and those of above.
    const seen = ['kubernetes', 'apis', 'exposed-gateway', 'control-plane', 'member-namespaces', 'kafka'];
    assert.equal(those(told, 'ok'), seen);
    assert.equal(unseenOf(told, 'gateway-conflict'), [
      'forbidden: gateways.networking.istio.io is forbidden: User "system:serviceaccount:default:looker" cannot list resource "gateways" in API group "networking.istio.io" at the cluster scope; let this user read Gateway objects, or ask one who may',
    ]);
    // What a check has seen is told beside what it has not.
    const facts = told.checks.find(c => c.id === 'release-objects')!.facts;
    assert.ok(facts.some(fact => fact.startsWith('Namespace istio-system exists')));
    const ways = [{ output: 'text' }, { output: 'json' }];
    const texts = [
      told,
      ...(await Promise.all(ways.flatMap(way => [preflight(user, values, way), verify(user, values, way)]))),
    ];
    for (const { out, talk } of texts) {
      assert.match(out, 'forbidden');
      assert.not.match(out + talk, user.token);
      // The parts that say who, and until when.
      for (const word of user.token.split('.')) assert.not.match(out + talk, word);
    }
  } finally {
    await user.remove();
  }
});

test('a user who may see all that is essential: status 0', async () => {
  const groups = [
    'apps',
    'batch',
    'policy',
    'rbac.authorization.k8s.io',
    'admissionregistration.k8s.io',
    'discovery.k8s.io',
  ];
  const products = ['operators.coreos.com', 'maistra.io', 'networking.istio.io', 'operator.knative.dev'];
  const all = [...groups, ...products, 'operator.serverless.openshift.io'];
  const rules = [mayRead('', 'namespaces', 'services', 'secrets', 'configmaps', 'serviceaccounts')];
  const user = await createUser(cluster, 'reader', [...rules, ...all.map(group => mayRead(group, '*'))]);
  try {
    const told = await preflight(user, values);
    assertNothingWrong(told, ['openshift', 'identity', 'apps-domain']);
    assert.match(
      unseenOf(told, 'apps-domain').join(),
      /^forbidden: ingresses\.config\.openshift\.io "cluster" is forbidden/,
    );
  } finally {
    await user.remove();
  }
});

test('a token that the cluster does not know: nothing was seen, and the token is not shown', async () => {
  const token = 'sha256~nobody-knows-this-one';
  const told = await preflight({ kubeconfig: kubeconfigOf(cluster, 'nobody', token) }, values);
  assert.is(told.status, 1);
  assert.is(those(told, 'could not look').length, told.checks.length);
  for (const { unseen } of told.checks)
    for (const { unseen: what } of unseen) assert.match(what, /the cluster does not accept the credentials \(401\)$/);
  assert.not.match(told.out + told.talk, token);
});

/** Does something in the middle of preflight: after the third check. What it says, and how long it took from there. */
async function inTheMiddle(act: () => Promise<void> | void) {
  let acted: Promise<void> | undefined;
  let began = 0;
  const options = { ...optionsFor(cluster, values), requestTimeout: 1, output: 'text' as const };
  const { status, out } = await inProcess(io => {
    const talk = (text: string) => {
      if (acted !== undefined || !text.includes('looked at 3:')) return;
      began = Date.now();
      acted = Promise.resolve(act());
    };
    return runPreflight(options, { ...io, talk, interactive: true });
  });
  await acted;
  return { status, lines: out.trimEnd().split('\n'), took: Date.now() - began };
}

const signal = (name: NodeJS.Signals) => process.kill(cluster.pids()['kube-apiserver'] as number, name);
const stops: readonly (readonly [string, stop: () => Promise<void> | void, back: () => Promise<void> | void])[] = [
  // Paused, it takes connections and answers nothing.
  ['the API server hangs', () => void signal('SIGSTOP'), () => void signal('SIGCONT')],
  // The API server answers what it knows by itself, such as its kinds.
  ['etcd dies', () => cluster.halt('etcd'), () => cluster.resume('etcd')],
];
for (const [name, stop, back] of stops)
  test(`${name} in the middle: what was seen counts, the rest could not look, soon; all is well when it is back`, async () => {
    const { status, lines, took } = await inTheMiddle(stop).finally(back);
    assert.is(status, 1);
    assert.match(lines[0]!, /^ok: kubernetes: /);
    for (const line of lines) assert.match(line, /^(ok|note|could not look): [\w-]+: /);
    const why =
      /: (no answer within 1 s|not asked, as 6 requests in a row had no answer within 1 s); try again, or raise --request-timeout$/;
    assert.ok(lines.filter(line => why.test(line)).length > 10, lines.join('\n'));
    // Several times as long for each request that there is, if each were waited for.
    assert.ok(took < 8000, `${took} ms`);
    await cluster.waitFor('all as before', async () => (await preflight(cluster, values)).status === 0);
  });

test('nobody listens any more: each check says so', async () => {
  const gone = kubeconfigOf({ ...cluster, port: () => 1 }, 'gone', 'none');
  const told = await preflight({ kubeconfig: gone }, values, { output: 'text' });
  assert.is(told.status, 1);
  const lines = told.out.trimEnd().split('\n');
  assert.ok(lines.length >= concernedBy(preflightChecks, values).length);
  for (const line of lines)
    assert.match(line, /^could not look: .*the connection is refused; check the server in the kubec/);
});

test.run();
