/** `helm test` of serverless-mesh-operators, run against a kubectl that answers as each row says. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { serverlessMeshOperators as chart } from '../../generator/model/serverless-mesh-operators/index.ts';
import type { Values } from '../../generator/values/maps.ts';
import { allowed, needed } from './rights.ts';
import { objectsOf, type Rule, runJob } from './run.ts';

const test = suite('jobs/operators');
const run = (rules: readonly Rule[], values: Values = {}, options = {}) =>
  runJob('mine-test', values, rules, { chart, ...options });
/** No time: it gives up at the first thing that is missing. */
const short = { timeout: '1' };
const is = (call: string, ...answers: string[]): Rule => ({ call, answers });

const serverless = 'get subscriptions.operators.coreos.com/serverless-operator -n openshift-serverless .*';
const mesh = 'get subscriptions.operators.coreos.com/servicemeshoperator -n openshift-operators .*';
const csvs = 'get clusterserviceversions.operators.coreos.com/';
const serverlessCsv = `${csvs}serverless-operator.v1.37.0 -n openshift-serverless .*`;
const allWell: readonly Rule[] = [
  is(`${serverless}installedCSV`, 'serverless-operator.v1.37.0'),
  is(`${mesh}installedCSV`, 'servicemeshoperator.v2.6.11'),
  is(`${serverlessCsv}phase`, 'Succeeded'),
  is(`${csvs}servicemeshoperator.v2.6.11 -n openshift-operators .*phase`, 'Succeeded'),
];
const but = (...rules: Rule[]): Rule[] => [...rules, ...allWell];
const nothingYet = (pending: string, conditions: string) => [
  is(`${serverless}installedCSV`, ''),
  is(`${serverless}InstallPlanPending`, pending),
  is(`${serverless}status=='True'`, conditions),
];

for (const shell of ['sh', 'bash'])
  test(`${shell}: both operators work`, async () => {
    const { exitCode, said } = await run(allWell, {}, { shell });
    assert.equal(said, [
      'ok: serverless-operator in openshift-serverless',
      'ok: servicemeshoperator in openshift-operators',
      'the operators work: serverless-operator.v1.37.0 servicemeshoperator.v2.6.11',
    ]);
    assert.is(exitCode, 0);
  });

/** What OLM says -> why the test gave up. */
const gaveUp: readonly (readonly [name: string, rules: readonly Rule[], missing: string])[] = [
  ['nothing at all yet', nothingYet(' ', ''), 'Subscription serverless-operator has installed nothing yet. '],
  [
    'an unhealthy catalog',
    nothingYet(' ', 'CatalogSourcesUnhealthy UnhealthyCatalogSourceFound targeted catalogsource is missing; '),
    'Subscription serverless-operator has installed nothing yet. CatalogSourcesUnhealthy UnhealthyCatalogSourceFound targeted catalogsource is missing; ',
  ],
  [
    'a channel that is not there',
    nothingYet(' ', 'ResolutionFailed ConstraintsNotSatisfiable no operators found in channel stable-9.9; '),
    'Subscription serverless-operator has installed nothing yet. ResolutionFailed ConstraintsNotSatisfiable no operators found in channel stable-9.9; ',
  ],
  [
    'an InstallPlan that is at work',
    nothingYet('Installing install-abc', 'InstallPlanPending Installing ; '),
    'Subscription serverless-operator has installed nothing yet. InstallPlanPending Installing ; ',
  ],
  [
    'a version that fails',
    [is(`${serverlessCsv}phase`, 'Failed'), is(`${serverlessCsv}message`, 'InstallCheckFailed install timeout')],
    'ClusterServiceVersion serverless-operator.v1.37.0 is not Succeeded yet. Failed InstallCheckFailed install timeout',
  ],
  [
    'a Subscription that somebody deleted',
    [is(`${serverless}installedCSV`, 'Error from server (NotFound): subscriptions "serverless-operator" not found')],
    'Error from server (NotFound): subscriptions "serverless-operator" not found',
  ],
];
for (const [name, rules, missing] of gaveUp)
  test(`gives up: ${name}`, async () => {
    const { exitCode, said } = await run(but(...rules), {}, short);
    assert.is(exitCode, 1);
    assert.equal(said, [
      `waiting for serverless-operator in openshift-serverless: ${missing}`,
      `gave up waiting for serverless-operator in openshift-serverless, within the 1 seconds of jobs.timeoutSeconds: ${missing}`,
    ]);
  });

test('later: waits until the version is installed, and works', async () => {
  const { exitCode, said } = await run(
    but(
      is(`${serverless}installedCSV`, '', 'serverless-operator.v1.37.0'),
      is(`${serverless}InstallPlanPending`, ' '),
      is(`${serverless}status=='True'`, ''),
      is(`${serverlessCsv}phase`, 'Pending', 'Installing', 'Succeeded'),
      is(`${serverlessCsv}message`, 'RequirementsUnknown requirements not yet checked', 'InstallSucceeded waiting'),
    ),
    {},
    { timeout: '20' },
  );
  assert.is(exitCode, 0, said.join('\n'));
  assert.is(said.filter(line => line.startsWith('waiting for serverless-operator in ')).length, 3);
});

const approval = 'InstallPlanPending RequiresApproval ; ';
test('an InstallPlan that waits: which one, and how to approve it, long before the time is over', async () => {
  const { exitCode, said } = await run(
    but(...nothingYet('RequiresApproval install-abc', approval)),
    {},
    { timeout: '1000' },
  );
  assert.is(exitCode, 1);
  assert.is(
    said.at(-1),
    `InstallPlan install-abc in openshift-serverless waits for your approval. Read it, then approve it: oc patch installplan -n openshift-serverless install-abc --type merge -p '{"spec": {"approved": true} }'`,
  );
});
test('an InstallPlan that was just approved: waits on', async () => {
  const { exitCode, said } = await run(
    but(
      is(`${serverless}installedCSV`, '', '', '', 'serverless-operator.v1.37.0'),
      is(`${serverless}InstallPlanPending`, 'RequiresApproval install-abc', 'Installing install-abc'),
      is(`${serverless}status=='True'`, approval),
    ),
    {},
    { timeout: '20' },
  );
  assert.is(exitCode, 0, said.join('\n'));
});

test('values: only the operators of the release, those of Service Mesh 3 by their name', async () => {
  const one = await run(allWell, { mesh: { enabled: false } });
  assert.is(one.said.at(-1), 'the operators work: serverless-operator.v1.37.0');
  const three = 'servicemeshoperator3';
  const rules = [
    is(`get subscriptions.operators.coreos.com/${three} -n openshift-operators .*installedCSV`, `${three}.v3.1.0`),
    is(`${csvs}${three}.v3.1.0 -n openshift-operators .*phase`, 'Succeeded'),
  ];
  const migration = await run(rules, { serverless: { enabled: false }, mesh: { generation: 'v3' } });
  assert.equal(migration.said, [`ok: ${three} in openshift-operators`, `the operators work: ${three}.v3.1.0`]);
});

test('every call is allowed, and every permission is used', async () => {
  const well = await run(allWell);
  const ill = await run(but(...nothingYet('RequiresApproval install-abc', approval)));
  const calls = [...well.calls, ...ill.calls].flatMap(needed);
  // Nobody knows the name of a version before it is there.
  const does = new Set(calls.map(call => call.replace(/(clusterserviceversions\.operators\.coreos\.com\/)\S+/, '$1*')));
  assert.equal([...does].sort(), allowed(objectsOf({}, chart)).sort());
});

test.run();
