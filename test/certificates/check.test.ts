import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type CheckOptions, runCheck } from '../../generator/commands/certificates-check.ts';
import { inProcess, newFolder, put } from '../cli/project.ts';
import { bad, type Given, good, key, leaf, leafKeys, leafOf, root, rootPem, warned } from './check-rows.ts';
import { certificateOf, domain, secretLines, today } from './make.ts';
import { freshPath, run } from './run.ts';

const test = suite('certificates: check');

/** Output with C for the certificate, K for the key, and R for the root. */
async function check({ certificate = leaf, key: keyGiven = key, ca, mode = 0o600, options, now = today }: Given) {
  const folder = newFolder();
  const path = {
    certificate: put(folder, 'c', certificate),
    privateKey: put(folder, 'k', keyGiven, 0o600),
    ca: ca === undefined ? undefined : put(folder, 'r', ca),
  };
  chmodSync(path.privateKey, mode);
  const given = { ...path, outDir: 'unused', appsDomain: domain, days: 30, output: 'text' as const, ...options };
  const told = await inProcess(io => runCheck(given, io, () => new Date(now)));
  const short = (text: string) =>
    text.replaceAll(path.certificate, 'C').replaceAll(path.privateKey, 'K').replaceAll(`${folder}/r`, 'R');
  return { ...told, out: short(told.out), talk: short(told.talk) };
}

for (const [name, given] of good)
  test(`ok: ${name}`, async () => {
    assert.equal(await check(given), { status: 0, out: '', talk: 'C: ok, *.apps.example.com until 2031-05-15\n' });
  });

for (const [name, given, ...want] of bad)
  test(`finding: ${name}`, async () => {
    const out = want.map(line => `finding: ${line}\n`).join('');
    assert.equal(await check(given), { status: 1, out, talk: `C: ${want.length} to correct\n` });
    const json = await check({ ...given, options: { ...given.options, output: 'json' } });
    const { findings, status, sha256 } = JSON.parse(json.out);
    assert.equal([json.status, status], [1, 1]);
    assert.equal(
      findings.map((f: { finding: string; remedy: string }) => `${f.finding}; ${f.remedy}`),
      want,
    );
    assert.ok(sha256 === undefined || /^[0-9A-F:]{95}$/.test(sha256));
    const keys = [given.key ?? key, `${given.certificate ?? ''}`.includes('PRIVATE KEY') ? key : ''].join('\n');
    // An output that quotes a certificate's own text would show a key that stands there by mistake.
    for (const line of secretLines(keys)) assert.not.ok((out + json.out + json.talk).includes(line));
  });

for (const [name, given, want] of warned)
  test(`warning: ${name}`, async () => {
    const { status, out, talk } = await check(given);
    assert.equal([status, out], [0, `warning: ${want}\n`]);
    assert.match(talk, /^C: ok, /);
    const json = JSON.parse((await check({ ...given, options: { output: 'json' } })).out);
    assert.equal([json.status, json.findings, json.warnings.length], [0, [], 1]);
  });

test('JSON says what the certificate is', async () => {
  const { out } = await check({ ca: rootPem, options: { output: 'json' } });
  const { sha256, ...rest } = JSON.parse(out);
  assert.match(sha256, /^[0-9A-F:]{95}$/);
  assert.equal(rest, {
    certificate: 'C',
    privateKey: 'K',
    ca: 'R',
    appsDomain: domain,
    names: [`DNS:*.${domain}`],
    notBefore: '2030-05-15T00:00:00.000Z',
    notAfter: '2031-05-15T00:00:00.000Z',
    status: 0,
    findings: [],
    warnings: [],
  });
});

test('without files, the pair of the folder and its root', async () => {
  const outDir = freshPath();
  await run({ outDir });
  const options = { outDir, appsDomain: 'apps.openshift.example.com', days: 30, output: 'text' as const };
  const ok = await inProcess(io => runCheck(options, io));
  assert.equal([ok.status, ok.out], [0, '']);
  assert.match(ok.talk, new RegExp(`^${outDir}/wildcard\\.crt: ok, \\*\\.apps\\.openshift\\.example\\.com until `));
  writeFileSync(join(outDir, 'root.crt'), rootPem);
  const { status, out } = await inProcess(io => runCheck(options, io));
  assert.is(status, 1);
  assert.match(
    out,
    /^finding: the certificate of CN=openshift\.example\.com, .* is neither in .*wildcard\.crt nor in .*root\.crt; /,
  );
});

const usage: [string, Partial<CheckOptions>, RegExp][] = [
  ['a domain with a star', { appsDomain: '*.a.example' }, /^apps domain "\*\.a\.example" is not a DNS name/],
  ['half a day', { days: 0.5 }, /^days 0\.5: write a whole number from 0 to 3650\n$/],
  ['no key', { privateKey: undefined }, /^--private-key is missing; name the file/],
  ['no certificate', { certificate: undefined }, /^--certificate is missing; name the file/],
  ['an empty path', { ca: '' }, /^--ca is empty; name a file in PEM\.\n$/],
  ['an absent file', { certificate: 'nowhere.crt' }, /^nowhere\.crt: does not exist; name a file in PEM\n$/],
  ['a folder', { privateKey: '/' }, /^\/: cannot be read \(EISDIR\); name a file in PEM that you may read\n$/],
  [
    'an absent folder',
    { certificate: undefined, privateKey: undefined, outDir: '/nowhere' },
    /^\/nowhere\/wildcard\.crt: does not exist; /,
  ],
];
for (const [name, options, want] of usage)
  test(`usage: ${name}`, async () => {
    const { status, out, talk } = await check({ options });
    assert.equal([status, out], [2, '']);
    assert.match(talk, want);
  });

test('names of a certificate cannot act on a terminal, nor fill it', async () => {
  const many = Array.from({ length: 30 }, (_, i) => `h${i}.example.com`);
  const long = await check({ certificate: await leafOf({ names: many }) });
  assert.match(long.out, /h9\.example\.com, 20 more; get one/);
  const { out } = await check({
    certificate: await certificateOf({ subject: 'CN=\u001b[2J\u202eevil', keys: leafKeys, issuer: root }),
  });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for.
  assert.not.match(out, /[\u001b\u202e]/);
  assert.match(out, 'evil');
});

test.run();
