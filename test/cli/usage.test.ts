import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { charts } from '../../generator/charts.ts';
import { each, run } from './project.ts';

const test = suite('cli: usage');

const commands = [
  'generate',
  'validate',
  'render',
  'diagram',
  'tenants',
  'package',
  'changelog',
  'publish',
  'certificates',
  'preflight',
  'verify',
  'doctor',
  'explain',
  'diff',
  'images',
  'migrate-plan',
  'import',
  'completion',
];
const list = commands.join(', ');
const top = '(see serverless-mesh --help)';
const of = (command: string) => `(see serverless-mesh ${command} --help)`;

/** The words of a command line, and the one sentence on standard error. */
const wrong: readonly (readonly [string, string])[] = [
  ['', `no command is given; write one of ${list} ${top}.`],
  ['deploy', `deploy is no command; write one of ${list} ${top}.`],
  ['generat', `generat is no command; did you mean generate? ${top}.`],
  ['Validate dev', `Validate is no command; did you mean validate? ${top}.`],
  ['completion', `completion lacks a word; write it behind completion ${of('completion')}.`],
  ['completion tcsh', 'shell is "tcsh"; write bash, zsh or fish.'],
  ['validate --ouput json', `--ouput is no option; did you mean --output? ${of('validate')}.`],
  ['render --out-dri=x', `--out-dri is no option; did you mean --out-dir? ${of('render')}.`],
  ['render --colour=red', `--colour is no option; leave it out ${of('render')}.`],
  ['validate -x', `-x is no option; leave it out ${of('validate')}.`],
  ['validate -fdev', `-fdev is no option; leave it out ${of('validate')}.`],
  ['render --no-file', `--no-file is no option; leave it out ${of('render')}.`],
  ['render --file.x=1', `--file.x is no option; did you mean --file? ${of('render')}.`],
  ['generate charts', `charts is one word too many; leave it out ${of('generate')}.`],
  ['changelog', `--from is missing; write it with its value ${of('changelog')}.`],
  ['certificates', `--apps-domain is missing; write it with its value ${of('certificates')}.`],
  ['certificates renw', `renw is no command of certificates; did you mean renew? ${of('certificates')}.`],
  [
    'certificates deploy --days 3',
    `deploy is no command of certificates; write renew or check, or none ${of('certificates')}.`,
  ],
  ['certificates renew --dayz 3', `--dayz is no option; did you mean --days? ${of('certificates renew')}.`],
  ['certificates renew again', `again is one word too many; leave it out ${of('certificates renew')}.`],
  ['certificates check', `--apps-domain is missing; write it with its value ${of('certificates check')}.`],
  [
    'certificates check --apps-domain apps.example.com --certificate a.crt',
    '--private-key is missing; name the file with the key of the certificate.',
  ],
  ['validate -f', `-f lacks its value; write one behind it ${of('validate')}.`],
  ['render --output', `--output lacks its value; write one behind it ${of('render')}.`],
  ['validate -o xml', '--output is "xml"; write text or json.'],
  ['render --engine=rust', '--engine is "rust"; write model or helm.'],
  ['render -o json -o yaml', '--output is given several times; write it once.'],
  ['generate --check=maybe', '--check takes no value; write --check alone.'],
  ['validate -- dev', '-- is not needed; leave it out, and write ./ before a file name that starts with -.'],
  ['preflight dev prod', `prod is one word too many; leave it out ${of('preflight')}.`],
  ['verify --timeout', `--timeout lacks its value; write one behind it ${of('verify')}.`],
  ['verify --timeout soon', '--timeout is NaN; write seconds from 0 to 86400.'],
  ['verify --create-test-service=yes', '--create-test-service takes no value; write --create-test-service alone.'],
  [
    'diff dev',
    'diff compares two sides; name two environments, or one with --against CHART, --cluster or --from FOLDER.',
  ],
  ['diff dev prod --agianst x', `--agianst is no option; did you mean --against? ${of('diff')}.`],
  ['migrate-plan dev prod', `prod is one word too many; leave it out ${of('migrate-plan')}.`],
  ['import --values-out=', '--values-out is empty; write its value.'],
  ['import --from x --context y', '--from is a folder, and --kubeconfig or --context a cluster; name one of them.'],
  ['import --from nowhere', 'nowhere: there is no such folder; name a folder of manifests.'],
  ['migrate-plan --method slow', '--method is "slow"; write in-place or reinstall.'],
  ['migrate-plan --values-out=', '--values-out is empty; name a file.'],
  ['migrate-plan --chart=', '--chart is empty; name the chart as for helm, for example dist/serverless-mesh.tgz.'],
  [
    'migrate-plan -n A',
    `--namespace "A" is no name of a namespace; write at most 63 lower-case letters, digits and '-', as default.`,
  ],
  [
    'package nope',
    'nope is no chart; write one of serverless-mesh, serverless-mesh-tenant, serverless-mesh-operators.',
  ],
  [
    'render --chart nope',
    'nope is no chart; write one of serverless-mesh, serverless-mesh-tenant, serverless-mesh-operators.',
  ],
  [
    'validate --chart mesh',
    'mesh is no chart; write one of serverless-mesh, serverless-mesh-tenant, serverless-mesh-operators.',
  ],
  ['validate --chart', `--chart lacks its value; write one behind it ${of('validate')}.`],
  ['render --chrt=a', `--chrt is no option; did you mean --chart? ${of('render')}.`],
  ['publish', 'no target is given; write a folder or oci://HOST/PATH behind publish.'],
  ['publish a b', `b is one word too many; leave it out ${of('publish')}.`],
  ['tenants', '-f is missing; name the file with your tenants, for example environments/tenants/prod.yaml.'],
  ['tenants prod', `prod is one word too many; leave it out ${of('tenants')}.`],
  ['tenants --mesh prod', `--mesh is no option; did you mean --mesh-values? ${of('tenants')}.`],
  ['tenants -f a.yaml -f ./a.yaml', '-f ./a.yaml is given twice; write it once.'],
  [
    'tenants -f a.yaml --mesh-values b.yaml --mesh-values b.yaml',
    '--mesh-values b.yaml is given twice; write it once.',
  ],
  [
    'tenants -f a.yaml --mesh-values a.yaml',
    'a.yaml is given with -f and with --mesh-values; tenants and the mesh are two files.',
  ],
  ['tenants -f none.yaml', 'none.yaml: there is no such file; name a readable values file.'],
  ['tenants -f a.yaml --check --out-dir b', '--check writes nothing; leave out --check, or --out-dir.'],
  ['tenants -f a.yaml --check -o yaml', '--output is yaml, but --check gives findings; write text or json.'],
  ['tenants -f a.yaml -o text', '--output is text, but manifests are yaml or json; write one of them, or add --check.'],
  ['tenants -f a.yaml --out-dir=', '--out-dir is empty; name a folder.'],
  ['package --out=', '--out is empty; name a folder.'],
  ['render dev --out-dir=', '--out-dir is empty; name a folder.'],
];
const refused = each(wrong, ([words]) => run(words.split(' ').filter(Boolean)));
for (const [index, [words, sentence]] of wrong.entries()) {
  test(`serverless-mesh ${words}`, async () => {
    assert.equal(await refused(index), { status: 2, out: '', talk: `${sentence}\n` });
  });
}

const withSubcommands = [...commands, 'certificates renew', 'certificates check'];
const helped = each([...withSubcommands, ''], command => run([...command.split(' ').filter(Boolean), '--help']));
for (const [index, command] of withSubcommands.entries()) {
  test(`${command} --help describes every option and holds an example`, async () => {
    const { status, out, talk } = await helped(index);
    assert.equal([status, talk], [0, '']);
    assert.match(out, new RegExp(`^serverless-mesh ${command}\\b`));
    assert.match(out, new RegExp(`\\nExamples:\\n +serverless-mesh ${command} `));
    for (const option of out.matchAll(/^ +(-\w, )?--[\w-]+(.*)$/gm)) assert.match(option[2]!, /\w{3}/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for.
    assert.not.match(out, /\u001b/);
    assert.ok(Math.max(...out.split('\n').map(line => line.length)) <= 110);
  });
}

for (const command of ['validate', 'render'])
  test(`${command} --help names every chart`, async () => {
    const { out } = await helped(commands.indexOf(command));
    const [, named = ''] = /chart whose values these are: ([-a-z, \n]+?) *\[/.exec(out) ?? [];
    assert.equal(
      named.trim().split(/,\s*/),
      charts.map(({ name }) => name),
    );
  });

test('--help names every command', async () => {
  const { status, out } = await helped(withSubcommands.length);
  assert.is(status, 0);
  for (const command of commands) assert.match(out, `serverless-mesh ${command}`);
});

test('the language of the user changes nothing, and a forced colour neither', async () => {
  const env = { LANG: 'de_DE.UTF-8', LC_ALL: 'tr_TR.UTF-8', LANGUAGE: 'de', FORCE_COLOR: '1' };
  assert.equal(await run(['validate', '-x'], { env }), await refused(wrong.findIndex(([w]) => w === 'validate -x')));
  assert.equal(await run(['validate', '--help'], { env }), await helped(commands.indexOf('validate')));
});

test.run();
