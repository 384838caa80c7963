import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { preflightChecks } from '../../generator/checks/preflight/index.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import { assertAllOk, silentChecks } from './coverage.ts';
import { beforeInstall, object, servedKinds, values } from './healthy.ts';
import { memberRows } from './preflight-member-rows.ts';
import { meshRows } from './preflight-mesh-rows.ts';
import { platformRows } from './preflight-platform-rows.ts';
import { untouched } from './rows.ts';
import { findingsOf, preflight, stateOf, unseenOf, withObjects } from './run.ts';

const test = suite('cluster commands: preflight');
const rows = [...platformRows, ...meshRows, ...memberRows];

test('a cluster that is ready: every check is ok, and nothing is changed', async () => {
  const told = await preflight({ objects: await beforeInstall() });
  assertAllOk(told, preflightChecks, values);
  assert.match(told.talk, /: 18 ok, 0 findings\n$/);
});

for (const { name, check, spoil = untouched, want, ...row } of rows)
  test(name, async () => {
    const objects = await spoil(await beforeInstall());
    const version = row.version === undefined ? {} : { version: row.version };
    const told = await preflight({ objects, ...version }, mergeValues(values, row.values ?? {}));
    assert.equal(findingsOf(told, check), want);
    assert.is(stateOf(told, check), want.length > 0 ? 'finding' : 'ok');
    if (want.length > 0) assert.is(told.status, 1);
  });

test('every check has a row that makes it speak', () => {
  // These two have tests of their own.
  assert.equal(silentChecks(preflightChecks, rows, values), ['apis', 'release-objects']);
});

test('lists are read to their end', async () => {
  const objects = [
    ...(await beforeInstall()),
    ...(rows.find(r => r.name === 'a Gateway in a member')!.spoil!([]) as never[]),
  ];
  const told = await preflight({ objects, page: 1 });
  assert.is(findingsOf(told, 'gateway-conflict').length, 1);
  assert.is(stateOf(told, 'serverless-operator'), 'ok');
});

const ours = { 'meta.helm.sh/release-name': 'serverless-mesh', 'meta.helm.sh/release-namespace': 'default' };
const helm = { 'app.kubernetes.io/managed-by': 'Helm' };
const roll = (metadata: object) =>
  object('maistra.io/v1/ServiceMeshMemberRoll', 'default', 'istio-system', { metadata });
const what = '-n istio-system servicemeshmemberroll.v1.maistra.io/default --overwrite';
const adopt = `oc label ${what} app.kubernetes.io/managed-by=Helm && oc annotate ${what} meta.helm.sh/release-name=serverless-mesh meta.helm.sh/release-namespace=default kubectl.kubernetes.io/last-applied-configuration-; then install, with Helm 4 and --force-conflicts, or with Helm 3, which leaves the fields of what was there as they are, and so followed by helm get manifest serverless-mesh -n default | oc apply --server-side --force-conflicts --field-manager helm -f -`;
const belongs = 'ServiceMeshMemberRoll istio-system/default exists already, and belongs to';
const owners: readonly (readonly [string, object, string | undefined])[] = [
  ['this release', { labels: helm, annotations: ours }, undefined],
  [
    'another Helm release',
    { labels: helm, annotations: { ...ours, 'meta.helm.sh/release-name': 'old' } },
    `${belongs} Helm release default/old; to adopt it: helm uninstall old -n default, or keep what it has with ${adopt}`,
  ],
  [
    'a release whose name would run something',
    { labels: helm, annotations: { ...ours, 'meta.helm.sh/release-name': 'a; rm -rf ~' } },
    `${belongs} Helm release "default/a; rm -rf ~"; to adopt it: stop Helm release "default/a; rm -rf ~" from managing it, then ${adopt}`,
  ],
  [
    'Argo CD',
    { annotations: { 'argocd.argoproj.io/tracking-id': 'mesh:maistra.io/ServiceMeshMemberRoll:istio-system/default' } },
    `${belongs} Argo CD (mesh); to adopt it: stop Argo CD (mesh) from managing it, then ${adopt}`,
  ],
  [
    'another object',
    { ownerReferences: [{ kind: 'DSCInitialization', name: 'default-dsci' }] },
    `${belongs} DSCInitialization default-dsci; to adopt it: stop DSCInitialization default-dsci from managing it, then ${adopt}`,
  ],
  [
    'who applied it',
    { managedFields: [{ manager: 'kubectl-client-side-apply' }] },
    `${belongs} kubectl-client-side-apply; to adopt it: ${adopt}`,
  ],
  [
    'a client without a name',
    { managedFields: [{ manager: 'unknown' }] },
    `${belongs} nobody that it names; to adopt it: ${adopt}`,
  ],
  ['nobody', {}, `${belongs} nobody that it names; to adopt it: ${adopt}`],
];
for (const [owner, metadata, want] of owners)
  test(`an object of the release that belongs to ${owner}`, async () => {
    const told = await preflight({ objects: withObjects(await beforeInstall(), roll(metadata)) });
    assert.equal(findingsOf(told, 'release-objects'), want === undefined ? [] : [want]);
    const facts = told.checks.find(c => c.id === 'release-objects')!.facts;
    const fact = 'ServiceMeshMemberRoll istio-system/default exists, as part of this release';
    assert.is(facts.includes(fact), want === undefined);
  });

test('a kind that the cluster does not know is a finding of one check, and unseen for those that read it', async () => {
  const kinds = servedKinds.filter(kind => !kind.includes('KnativeKafka'));
  const told = await preflight({ objects: await beforeInstall(), kinds });
  assert.equal(findingsOf(told, 'apis'), [
    'the cluster has no API operator.serverless.openshift.io/v1alpha1 KnativeKafka; install the operator of OpenShift Serverless, and wait until it is ready',
  ]);
  assert.equal(unseenOf(told, 'other-knative'), [
    'KnativeKafka: the cluster has no API operator.serverless.openshift.io/v1alpha1 KnativeKafka; install the operator that brings it, then look again',
  ]);
  assert.is(stateOf(told, 'release-objects'), 'ok');
});

test.run();
