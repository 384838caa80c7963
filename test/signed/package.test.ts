import { appendFileSync, chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCleartextMessage, readKey, verify } from 'openpgp';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { charts } from '../../generator/charts.ts';
import { runPackage } from '../../generator/commands/package.ts';
import { projectRoot } from '../../generator/files.ts';
import { sha256 } from '../../generator/output/sums.ts';
import { manifestFile, type ReleaseManifest } from '../../generator/pack/release-manifest.ts';
import { each, inProcess, installed, newFolder, put, type Result, run, runProgram } from '../cli/project.ts';
import { helms, parallel, runHelm } from '../support/helm.ts';
import { onPath } from '../support/program.ts';
import { encrypted, passphrase, signingKey } from '../support/signing-keys.ts';

const test = suite('cli: package, signed');
const secrets = newFolder();
const example = join(projectRoot, 'publisher.example.yaml');
const key = put(secrets, 'signing.key', (await encrypted()).armor(), 0o600);
const plainKey = put(secrets, 'plain.key', (await signingKey()).write(), 0o600);
const passphraseFile = put(secrets, 'passphrase', `${passphrase}\n`, 0o600);
const archives = charts.map(({ name, version }) => `${name}-${version}.tgz`);
const [archive = ''] = archives;

/** Everything that the commands printed and wrote: no secret may be in it. */
const said: string[] = [];
async function sign(args: readonly string[], options: Parameters<typeof run>[1] = {}): Promise<Result> {
  const result = await run(['package', ...args], options);
  said.push(result.out, result.talk);
  return result;
}
/** The same in this process, which is faster, with the charts of this checkout. */
async function signHere(given: Given): Promise<Result> {
  const result = await inProcess(io => runPackage({ charts: [], out: newFolder(), ...given }, io));
  said.push(result.out, result.talk);
  return result;
}
type Given = Partial<Parameters<typeof runPackage>[0]>;
const withFile = ['--sign-key', key, '--passphrase-file', passphraseFile];

const ways: readonly (readonly [readonly string[], Parameters<typeof run>[1]])[] = [
  [withFile, {}],
  [withFile, { env: { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8' }, umask: '077', cwd: '/' }],
  [['--sign-key', plainKey], { umask: '000' }],
];
const signed = each(ways, async ([args, options]) => {
  const out = newFolder();
  const result = await sign(['--publisher', example, '--out', out, ...args], options);
  for (const name of readdirSync(out)) said.push(readFileSync(join(out, name), 'latin1'));
  return { ...result, out: result.out, folder: out };
});

test('writes a signature for each package, and the public key', async () => {
  const { status, talk, out, folder } = await signed(0);
  assert.equal([status, talk], [0, '']);
  for (const name of [...archives.map(name => `${name}.prov`), 'signing-key.gpg', 'signing-key.asc']) {
    assert.match(out, `${folder}/${name}\n`);
    assert.is(statSync(join(folder, name)).mode & 0o777, 0o644);
  }
  const sums = readFileSync(join(folder, 'SHA256SUMS'), 'utf8');
  for (const name of readdirSync(folder).filter(name => name !== 'SHA256SUMS'))
    assert.match(sums, `${sha256(readFileSync(join(folder, name)))}  ${name}\n`);
});
test('the same bytes in another time zone, language, folder and umask, and from a key without passphrase', async () => {
  const { folder } = await signed(0);
  for (const index of [1, 2])
    for (const name of readdirSync(folder))
      assert.ok(readFileSync(join(folder, name)).equals(readFileSync(join((await signed(index)).folder, name))), name);
});
test('without a key, what an earlier run has signed goes, and its key', async () => {
  const out = newFolder();
  await signHere({ charts: ['serverless-mesh'], out, signKey: plainKey });
  assert.equal(
    readdirSync(out).filter(name => /\.prov$|^signing-key/.test(name)),
    [`${archive}.prov`, 'signing-key.asc', 'signing-key.gpg'],
  );
  await signHere({ charts: ['serverless-mesh'], out });
  assert.equal(
    readdirSync(out).filter(name => /\.prov$|^signing-key/.test(name)),
    [],
  );
});
test('the signature is dated by SOURCE_DATE_EPOCH', async () => {
  const folder = newFolder();
  await signHere({ charts: ['serverless-mesh'], out: folder, signKey: plainKey, sourceDateEpoch: '1750000000' });
  const message = await readCleartextMessage({
    cleartextMessage: readFileSync(join(folder, `${archive}.prov`), 'utf8'),
  });
  const verificationKeys = await readKey({ binaryKey: readFileSync(join(folder, 'signing-key.gpg')) });
  const { signatures } = await verify({ message, verificationKeys, expectSigned: true });
  assert.is(Number((await signatures[0]!.signature).packets[0]!.created), 1_750_000_000_000);
});
test('holds Chart.yaml as it is in the package, and the hash of the package', async () => {
  const { folder } = await signed(0);
  const { status, out } = await runProgram('tar', ['xOf', join(folder, archive), 'serverless-mesh/Chart.yaml']);
  assert.is(status, 0);
  const fingerprint = (await signingKey()).getFingerprint().toUpperCase();
  assert.match(out, `  artifacthub.io/signKey: |\n    fingerprint: ${fingerprint}\n`);
  const prov = readFileSync(join(folder, `${archive}.prov`), 'utf8');
  const hash = sha256(readFileSync(join(folder, archive)));
  assert.match(prov, `\n\n${out}\n...\nfiles:\n  ${archive}: sha256:${hash}\n\n-----BEGIN PGP SIGNATURE-----\n`);
});
test('release.json says what is signed, and by which key', async () => {
  const { folder } = await signed(0);
  const { charts: released } = JSON.parse(readFileSync(join(folder, manifestFile), 'utf8')) as ReleaseManifest;
  for (const {
    provenance,
    package: { name },
  } of released) {
    assert.is(provenance?.name, `${name}.prov`);
    assert.is(provenance?.sha256, sha256(readFileSync(join(folder, `${name}.prov`))));
    assert.is(provenance?.fingerprint, (await signingKey()).getFingerprint().toUpperCase());
  }
});

if (helms().length === 0) process.stdout.write('SKIPPED: no helm found, signatures are not verified by it\n');
for (const helm of helms()) {
  const check = (folder: string, name: string) =>
    runHelm(helm, ['verify', '--keyring', join(folder, 'signing-key.gpg'), join(folder, name)], { reject: false });
  test(`${helm.name} verifies every package, and lints it strictly`, async () => {
    const { folder } = await signed(0);
    await parallel(archives, 2, async name => {
      const { exitCode, stdout, stderr } = await check(folder, name);
      assert.is(exitCode, 0, stderr);
      assert.match(stdout, 'Signed by: Example Publisher <charts@example.com>');
      const lint = await runHelm(helm, ['lint', '--strict', join(folder, name)], { reject: false });
      assert.is(lint.exitCode, 0, lint.stdout + lint.stderr);
      assert.not.match(lint.stdout, /WARNING|ERROR|icon/);
    });
  });
  for (const [what, spoil] of [
    ['package', (path: string) => appendFileSync(path, '\0')],
    [
      'hash in the signature',
      (path: string) => {
        const prov = readFileSync(`${path}.prov`, 'utf8');
        writeFileSync(`${path}.prov`, prov.replace(/sha256:[0-9a-f]{4}/, 'sha256:0000'));
      },
    ],
  ] as const)
    test(`${helm.name} refuses a changed ${what}`, async () => {
      const copy = newFolder();
      const { folder } = await signed(0);
      for (const name of [archive, `${archive}.prov`, 'signing-key.gpg'])
        put(copy, name, readFileSync(join(folder, name)));
      assert.is((await check(copy, archive)).exitCode, 0);
      spoil(join(copy, archive));
      assert.is.not((await check(copy, archive)).exitCode, 0);
    });
}

if (onPath('gpg') === undefined) process.stdout.write('SKIPPED: no gpg found, signatures are not verified by it\n');
else
  test('gpg verifies it', async () => {
    const { folder } = await signed(0);
    const home = newFolder();
    chmodSync(home, 0o700);
    const args = ['--homedir', home, '--no-autostart', '--batch', '--no-default-keyring'];
    const prov = join(folder, `${archive}.prov`);
    const ring = ['--trust-model', 'always', '--keyring', join(folder, 'signing-key.gpg')];
    const { status, talk } = await runProgram('gpg', [...args, ...ring, '--verify', prov], { env: { LC_ALL: 'C' } });
    assert.is(status, 0, talk);
    assert.match(talk, 'Good signature from "Example Publisher <charts@example.com>"');
  });

test('the passphrase comes through a file descriptor, too', async () => {
  const out = newFolder();
  const { folder } = await signed(0);
  const program = join(await installed(), 'bin/serverless-mesh.js');
  const args = ['package', '--publisher', example, '--out', out, '--sign-key', key, '--passphrase-fd', '3'];
  const shell = ['-c', 'exec "$@" 3<"$0"', passphraseFile, process.execPath, program, ...args];
  const result = await runProgram('sh', shell);
  said.push(result.out, result.talk);
  assert.equal([result.status, result.talk], [0, '']);
  const name = `${archive}.prov`;
  assert.ok(readFileSync(join(out, name)).equals(readFileSync(join(folder, name))));
});

/** A folder with a release, and whether it is as it was; a folder stands in the place of the file `taken`. */
async function released(taken?: string) {
  const out = newFolder();
  const { folder } = await signed(0);
  for (const name of readdirSync(folder))
    if (name === taken) mkdirSync(join(out, name));
    else put(out, name, readFileSync(join(folder, name)));
  const state = () =>
    readdirSync(out).map(name => [name, statSync(join(out, name)).mtimeMs, statSync(join(out, name)).ino]);
  const before = state();
  return { out, same: () => assert.equal(state(), before) };
}

const open = put(secrets, 'open.key', (await encrypted()).armor(), 0o640);
const publicKey = put(secrets, 'public.key', (await signingKey()).toPublic().armor(), 0o600);
const wrong = put(secrets, 'wrong', 'Tr0ub4dor&3\n', 0o600);
const openPassphrase = put(secrets, 'open', passphrase, 0o644);
const empty = put(secrets, 'empty', '\n', 0o600);
const otherKey = put(
  secrets,
  'other.yaml',
  `signKey: {url: "https://example.com/k", fingerprint: ${'AB'.repeat(20)}}\n`,
);
const none = join(secrets, 'none');

const refusals: readonly (readonly [string, Given, 1 | 2, string])[] = [
  ['a missing key', { signKey: none }, 2, `${none}: there is no such file; name the file of a secret key.`],
  ['a folder', { signKey: secrets }, 2, `${secrets}: cannot be read (EISDIR); name the file of a secret key.`],
  ['no name of a key', { signKey: '' }, 2, '--sign-key is empty; name a file.'],
  [
    'a key that others may read',
    { signKey: open, passphraseFile },
    1,
    `${open}: is open to other users (mode 640); run chmod 600 ${open}, and get a new secret if others could read it.`,
  ],
  [
    'a passphrase that others may read',
    { signKey: key, passphraseFile: openPassphrase },
    1,
    `${openPassphrase}: is open to other users (mode 644); run chmod 600 ${openPassphrase}, and get a new secret if others could read it.`,
  ],
  ['a passphrase alone', { passphraseFile }, 2, '--sign-key is missing; name the key that the passphrase opens.'],
  [
    'two passphrases',
    { signKey: key, passphraseFile, passphraseFd: 3 },
    2,
    '--passphrase-file and --passphrase-fd are both given; write one of them.',
  ],
  [
    'a missing passphrase',
    { signKey: key, passphraseFile: none },
    2,
    `${none}: there is no such file; name the file of a passphrase.`,
  ],
  [
    'an empty passphrase',
    { signKey: key, passphraseFile: empty },
    2,
    `${empty}: is empty; write the passphrase of the key there.`,
  ],
  [
    'a descriptor that is not open',
    { signKey: key, passphraseFd: 999 },
    2,
    '--passphrase-fd 999: cannot be read (EBADF); open it in the shell, as with 999<FILE behind the command.',
  ],
  ...[1, -1, 1.5, Number.NaN].map(
    passphraseFd =>
      [
        `the descriptor ${passphraseFd}`,
        { signKey: key, passphraseFd },
        2,
        `--passphrase-fd ${passphraseFd}: is nothing to read from; write 0 for standard input, or 3 with 3<FILE behind the command.`,
      ] as const,
  ),
  [
    'a wrong passphrase',
    { signKey: key, passphraseFile: wrong },
    1,
    `${key}: the passphrase does not open this key; give that of the key.`,
  ],
  [
    'an encrypted key alone',
    { signKey: key },
    2,
    `${key}: is encrypted; give its passphrase with --passphrase-file or --passphrase-fd.`,
  ],
  [
    'a public key',
    { signKey: publicKey },
    1,
    `${publicKey}: holds a public key; write the secret one with gpg --export-secret-keys FINGERPRINT.`,
  ],
  [
    'another key than the publisher says',
    { signKey: plainKey, publisher: otherKey },
    1,
    `--sign-key: is the key ${(await signingKey()).getFingerprint().toUpperCase()}, but signKey.fingerprint of the publisher is ${'AB'.repeat(20)}; sign with that key, or correct the fingerprint.`,
  ],
];
for (const [name, given, status, want] of refusals)
  test(`refuses ${name}, and leaves the last release as it is`, async () => {
    const { out, same } = await released();
    assert.equal(await signHere({ out, publisher: example, ...given }), { status, out: '', talk: `${want}\n` });
    same();
  });

test('a place that is taken leaves all the others as they are', async () => {
  const { out, same } = await released(archives.at(-1));
  const { status, talk } = await signHere({ out });
  assert.equal([status, talk], [1, `${out}/${archives.at(-1)}: is not an ordinary file; name a file or a free path\n`]);
  same();
});

test('a package that is not signed loses the signature of the one before', async () => {
  const { out } = await released();
  const { status } = await signHere({ charts: ['serverless-mesh'], out });
  assert.is(status, 0);
  const names = readdirSync(out);
  assert.not(names.includes(`${archive}.prov`));
  assert.ok(names.includes(`${archives[1]}.prov`), 'of a chart that was not packed');
});

test('a published version is packed again, but never with other bytes', async () => {
  const { out, same } = await released();
  const given: Given = { publisher: example, signKey: plainKey, published: out };
  const again = await signHere(given);
  assert.equal([again.status, again.talk], [0, '']);
  const other = await signHere({ ...given, out, sourceDateEpoch: '1750000000' });
  assert.equal([other.status, other.out], [1, '']);
  const lines = other.talk.trimEnd().split('\n');
  assert.is(lines.length, charts.length);
  assert.is(
    lines[0],
    `serverless-mesh 0.1.0: is published in ${out}/release.json with files of another date; set SOURCE_DATE_EPOCH=315532800, as it was, or raise version in generator/model/serverless-mesh/index.ts.`,
  );
  same();
});

test('publisher.yaml of the current folder is read, and a mistake in it is named with its line', async () => {
  const cwd = newFolder();
  put(cwd, 'publisher.yaml', '# ours\nlicense: GPL version 3\n');
  const { status, talk } = await sign(['--out', newFolder()], { cwd });
  const want = 'publisher.yaml:2: license: is "GPL version 3"; write one SPDX identifier, such as Apache-2.0\n';
  assert.equal([status, talk], [1, want]);
});

test('a license file is packed, in every chart', async () => {
  const cwd = newFolder();
  const publisher = put(cwd, 'ours.yaml', 'license: 0BSD\nlicenseFile: legal/TEXT\n');
  put(cwd, 'legal/TEXT', 'Permission to use\n');
  assert.is((await signHere({ publisher, out: join(cwd, 'out') })).status, 0);
  for (const { name, version } of charts) {
    const { out } = await runProgram('tar', ['xOf', join(cwd, `out/${name}-${version}.tgz`), `${name}/LICENSE`]);
    assert.is(out, 'Permission to use\n');
  }
});

test('no secret is in anything that was printed or written', async () => {
  const publicLines = new Set((await signingKey()).toPublic().armor().split('\n'));
  const keys = [(await encrypted()).armor(), (await signingKey()).armor()].flatMap(text => text.split('\n'));
  const lines = keys.filter(line => line.length > 40 && !publicLines.has(line));
  assert.ok(lines.length > 40 && said.length > 50);
  const text = said.join('\n');
  assert.match(text, 'BEGIN PGP SIGNATURE');
  for (const secret of [passphrase, 'Tr0ub4dor', 'PRIVATE KEY', ...lines]) assert.not(text.includes(secret));
});

test.run();
