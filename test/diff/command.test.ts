/** The command on two environments and on two versions of a chart. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { defaultValues, recordOf, recordText } from '../../generator/changelog/record.ts';
import { type DiffOptions, runDiff } from '../../generator/commands/diff.ts';
import { comparable, compareObjects } from '../../generator/diff/compare.ts';
import { otherVersion } from '../../generator/diff/other-version.ts';
import { projectRoot } from '../../generator/files.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { evaluateChart } from '../../generator/render/evaluate-chart.ts';
import { readEnvironments } from '../../generator/values/environments.ts';
import { inProcess, newFolder, put } from '../cli/project.ts';
import { helms } from '../support/helm.ts';

const test = suite('diff: command');
const folder = newFolder();
let files = 0;
const values = (given: object) => put(folder, `values-${files++}.yaml`, JSON.stringify(given));
const usual = { files: [], requestTimeout: 5, namespace: 'default', output: 'text' as const };
const diff = (environments: readonly string[], more: Partial<DiffOptions> = {}, io: object = {}) =>
  inProcess(given => runDiff({ ...usual, environments, ...more }, { ...given, ...io }));

const base = { mesh: { members: ['orders'] } };
const plain = values(base);
const more = values({
  ...base,
  mesh: { members: ['orders', 'shop'], controlPlane: { terminationDrainDuration: '60s' } },
});

test('lines: what will happen, then the values, then each field with the values it comes from', async () => {
  const { status, out, talk } = await diff([plain, more]);
  assert.is(status, 1);
  assert.match(
    out,
    /^effect: membership: ServiceMeshMemberRoll istio-system\/default: shop joins the mesh: .* <- spec\.members\[3\]\n/,
  );
  assert.match(out, '\nvalue: mesh.members[1]: (nothing) -> "shop"\n');
  assert.match(
    out,
    '\nchanged: ServiceMeshControlPlane istio-system/basic: spec.techPreview.meshConfig.defaultConfig.terminationDrainDuration: "35s" -> "60s" <- mesh.controlPlane.terminationDrainDuration\n',
  );
  assert.match(
    out,
    '\nchanged: ServiceMeshMemberRoll istio-system/default: spec.members[3]: (nothing) -> "shop" <- mesh.members\n',
  );
  assert.not.match(out, '\u001b');
  assert.match(talk, /^values-\d+ -> values-\d+: 3 changed\n$/);
});

test('another chart: its own values and objects, and nothing that is true of the main chart only', async () => {
  const tenant = (more: object) => values({ name: 'a', namespaces: ['a-x'], ...more });
  const sides = [tenant({}), tenant({ mesh: { generation: 'v3' } })];
  const { status, out } = await diff(sides, { chart: 'serverless-mesh-tenant' });
  assert.is(status, 1);
  assert.match(out, '\nvalue: mesh.generation: "v2" -> "v3"\n');
  assert.match(out, /^effect: traffic: AuthorizationPolicy /);
  assert.not.match(out, 'unsupported');
});

test('no difference: nothing is printed, and the exit status is 0', async () => {
  assert.equal(await diff([plain, plain]), {
    status: 0,
    out: '',
    talk: 'values-0 -> values-0: no difference\n',
  });
});

test('-f stands under both', async () => {
  const kafka = { kafka: { enabled: true, bootstrapServers: ['k:9092'] } };
  const { out } = await diff([plain, values({})], { files: [values({ mesh: { members: ['zeta'] }, ...kafka })] });
  assert.match(out, '\nvalue: mesh.members[0]: "orders" -> "zeta"\n');
  assert.not.match(out, 'KnativeKafka');
});

test('a page for a terminal is as wide as it is, and has colours unless they are not wanted', async () => {
  const terminal = { columns: 100 };
  const { out } = await diff([plain, more], {}, terminal);
  const esc = '\u001b';
  assert.ok(out.startsWith(`${esc}[1mWhat will happen${esc}[22m\n`));
  const bare = out.replace(new RegExp(`${esc}\\[\\d+m`, 'g'), '');
  assert.is((await diff([plain, more], { color: false }, terminal)).out, bare);
  for (const line of bare.split('\n'))
    assert.ok(
      line.length <= 100 ||
        !line
          .trim()
          .replace(/^[-+~] /, '')
          .includes(' '),
      line,
    );
  assert.match(bare, '\nObjects\n');
  assert.match(
    bare,
    '\n~ ServiceMeshMemberRoll istio-system/default\n    spec.members[3] <- mesh.members\n      - (nothing)\n      + "shop"\n',
  );
});

test('JSON: everything, with the status', async () => {
  const { status, out } = await diff([plain, more], { output: 'json' });
  const data = JSON.parse(out);
  assert.equal(Object.keys(data), [
    ...[
      'command',
      'mode',
      'before',
      'after',
      'status',
      'effects',
      'values',
      'objects',
      'unlooked',
      'notes',
      'problems',
    ],
  ]);
  assert.equal([data.command, data.mode, data.status, status], ['diff', 'environments', 1, 1]);
  assert.equal(Object.keys(data.effects[0]), ['id', 'severity', 'what', 'source', 'objects', 'because', 'means']);
  assert.equal(
    data.effects.map((e: { id: string }) => e.id),
    ['members-join', 'proxy-settings', 'reconciled-by-service-mesh-2'],
  );
  const roll = data.objects.find((o: { object: string }) => o.object.startsWith('ServiceMeshMemberRoll'));
  assert.equal(roll, {
    ...{ object: 'ServiceMeshMemberRoll.maistra.io istio-system/default', change: 'changed', values: [] },
    fields: [{ field: 'spec.members[3]', shown: true, before: null, after: 'shop', values: ['mesh.members'] }],
  });
});

test('what many objects have alike is told once', async () => {
  const labelled = values({ ...base, commonLabels: { 'example.com/team': 'a' } });
  const { out } = await diff([plain, labelled]);
  const lines = out.split('\n').filter(l => l.startsWith('changed: ') && l.includes('example.com/team'));
  assert.is(lines.length, 1);
  assert.match(
    lines[0]!,
    /^changed: \d\d objects: metadata\.labels\["example\.com\/team"\]: \(nothing\) -> "a" <- commonLabels\["example\.com\/team"\]$/,
  );
});

const key = (body: string) => `-----BEGIN PRIVATE KEY-----\n${body.repeat(16)}\n-----END PRIVATE KEY-----\n`;
const certificate = readFileSync(join(projectRoot, 'test/cases/inline-certificate.yaml'), 'utf8');

test('a private key, and the data of a Secret, are never shown', async () => {
  const inline = (body: string) => {
    const pem = /certificate: \|\n((?: +.*\n)+?) *privateKey/.exec(certificate)![1]!.replace(/^ +/gm, '');
    return values({
      ...base,
      gateway: { tls: { source: 'inline', inline: { certificate: pem, privateKey: key(body) } } },
    });
  };
  const [a, b] = [inline('QUJD'), inline('REVG')];
  for (const output of ['text', 'json'] as const)
    for (const io of [{}, { columns: 100 }]) {
      const { status, out, talk } = await diff([a, b], { output }, io);
      assert.is(status, 1);
      // As it is, and as the Secret has it in base64.
      for (const body of ['QUJD', 'REVG'])
        for (const text of [body.repeat(4), Buffer.from(key(body)).toString('base64').slice(48, 80)])
          assert.not.match(out + talk, text);
      assert.match(
        out,
        output === 'json'
          ? '"not shown"'
          : io.columns === undefined
            ? 'data["tls.key"]: differs (not shown)'
            : 'differs (not shown)',
      );
    }
  const { out } = await diff([a, b]);
  assert.match(out, '\nvalue: gateway.tls.inline.privateKey: (not shown) -> (not shown)\n');
  assert.match(
    out,
    /^effect: certificate: Secret istio-system\/wildcard-certs: the gateway serves another certificate/,
  );
});

const wrong: readonly (readonly [string, readonly string[], Partial<DiffOptions>, string])[] = [
  [
    'nothing',
    [],
    {},
    'diff compares two sides; name two environments, or one with --against CHART, --cluster or --from FOLDER.',
  ],
  [
    'one environment',
    [plain],
    {},
    'diff compares two sides; name two environments, or one with --against CHART, --cluster or --from FOLDER.',
  ],
  [
    'two questions',
    [plain],
    { from: 'x', cluster: true },
    '--from and --cluster are two questions; write one of them.',
  ],
  [
    'a kubeconfig without a cluster',
    [plain, more],
    { kubeconfig: 'x' },
    '--kubeconfig is of no use without --cluster; add --cluster.',
  ],
  [
    'two environments for one folder',
    [plain, 'b'],
    { from: 'x' },
    'b is one environment too many for --from; name one.',
  ],
  ['an empty name', [plain], { against: '' }, '--against is empty; name what to compare with.'],
  ['no such folder', [plain], { from: 'none' }, 'none: there is no such folder; name a folder of manifests.'],
  [
    'no such version',
    [plain],
    { against: '9.9.9' },
    '9.9.9: is no published version of serverless-mesh (none is); name a package, the folder of a chart, or a published version.',
  ],
  [
    'another chart',
    [plain],
    { against: join(projectRoot, 'charts/serverless-mesh-tenant') },
    `${join(projectRoot, 'charts/serverless-mesh-tenant')} is the chart serverless-mesh-tenant; add --chart serverless-mesh-tenant, and its values.`,
  ],
];
for (const [name, environments, options, sentence] of wrong)
  test(`wrong usage: ${name}`, async () => {
    assert.equal(await diff(environments, options), { status: 2, out: '', talk: `${sentence}\n` });
  });

test('values with findings are not compared: exit status 2, for nobody knows whether something differs', async () => {
  const { status, out, talk } = await diff([plain, values({ serving: { ingress: 'nope' } })]);
  assert.equal([status, out], [2, '']);
  assert.match(talk, /serving\.ingress: is "nope"; write istio or kourier\n$/);
});

test('a published version: the recorded objects of an example with these values, and no others', async () => {
  const chart = { ...serverlessMesh, version: '0.0.9' };
  const record = recordOf(chart, new Map(), [defaultValues]);
  const frames = new Map([[`releases/${chart.name}/0.0.9.yaml`, recordText(record)]]);
  const subject = (given: object) => ({
    ...{ chart: serverlessMesh, release: { name: 'serverless-mesh', namespace: 'default' } },
    environment: [...readEnvironments(serverlessMesh, { environments: [values(given)], files: [] })][0]!,
  });
  const { name, objects } = await otherVersion('0.0.9', subject({}), frames);
  assert.is(name, 'serverless-mesh 0.0.9');
  const { environment, release } = subject({});
  const now = comparable(evaluateChart(serverlessMesh, environment.values, release).map(r => r.object));
  assert.equal([...objects.keys()].sort(), [...now.keys()].sort());
  assert.equal(compareObjects(objects, now), []);
  for (const other of [subject(base), { ...subject({}), release: { name: 'mine', namespace: 'default' } }]) {
    const refused = await otherVersion('0.0.9', other, frames).catch(e => [e.code, e.message]);
    assert.equal(refused, [
      2,
      'serverless-mesh 0.0.9: what it rendered is recorded for its examples alone; name its package instead, which Helm renders.',
    ]);
  }
});

const [helm] = helms();
if (helm === undefined) console.log('diff: no Helm: the chart versions are SKIPPED');
else {
  const withHelm = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
    const before = process.env.HELM;
    process.env.HELM = path;
    try {
      return await work();
    } finally {
      if (before === undefined) delete process.env.HELM;
      else process.env.HELM = before;
    }
  };
  const chart = join(projectRoot, 'charts/serverless-mesh');

  test('the chart of this tool, by Helm, has no difference from the model', async () => {
    const { status, out, talk } = await withHelm(helm.path, () => diff([plain], { against: chart }));
    assert.equal([status, out], [0, '']);
    assert.match(talk, /^serverless-mesh \S+ -> serverless-mesh \S+: no difference\n$/);
  });

  test('another version: what it renders for the same values, without the labels of versions', async () => {
    const copy = newFolder();
    const { cpSync, readFileSync, writeFileSync } = await import('node:fs');
    cpSync(chart, copy, { recursive: true });
    const edit = (path: string, from: string, to: string) => {
      const text = readFileSync(join(copy, path), 'utf8');
      assert.ok(text.includes(from), path);
      writeFileSync(join(copy, path), text.replace(from, to));
    };
    edit('Chart.yaml', 'version: 0.', 'version: 7.');
    edit('templates/gateways/knative-local-gateway-service.yaml', 'targetPort: 8081', 'targetPort: 8082');
    const { status, out, talk } = await withHelm(helm.path, () => diff([plain], { against: copy }));
    assert.is(status, 1);
    assert.match(
      out,
      /^effect: interrupts: Service istio-system\/knative-local-gateway: Routes and callers find other ports/,
    );
    assert.match(
      out,
      '\nchanged: Service istio-system/knative-local-gateway: spec.ports[0].targetPort (http2): 8082 -> 8081\n',
    );
    assert.is(out.trimEnd().split('\n').length, 2);
    assert.match(talk, /^serverless-mesh 7\.\S+ -> serverless-mesh 0\.\S+: 1 changed\n$/);
  });

  test('without a Helm, one sentence', async () => {
    const { status, talk } = await withHelm('/none/helm', () => diff([plain], { against: chart }));
    assert.equal(
      [status, talk],
      [2, '/none/helm: there is no such program; install Helm, set HELM, or use --engine model.\n'],
    );
  });
}

test.run();
