import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Chance } from '../../generator/certificates/issue.ts';
import type { CertificatesOptions } from '../../generator/commands/certificates.ts';
import { chance, freshPath, names, run } from './run.ts';

const test = suite('certificates: refusals');

for (const name of names) {
  test(`refuses when ${name} exists, and writes nothing`, async () => {
    const outDir = freshPath();
    mkdirSync(outDir);
    writeFileSync(join(outDir, name), 'mine');
    const { status, message, out, talk } = await run({ outDir });
    assert.is(status, 2);
    assert.is(
      message,
      `${outDir}/${name}: exists and is not overwritten; move it away, name another directory, or run certificates renew for a new certificate from the same root`,
    );
    assert.equal([out, talk, readdirSync(outDir)], ['', '', [name]]);
    assert.is(readFileSync(join(outDir, name), 'utf8'), 'mine');
  });
}

test('names every file that exists; a dangling link is one', async () => {
  const outDir = freshPath();
  mkdirSync(outDir);
  symlinkSync('nowhere', join(outDir, 'root.key'));
  writeFileSync(join(outDir, 'wildcard.crt'), 'mine');
  assert.match((await run({ outDir })).message, `${outDir}/root.key, ${outDir}/wildcard.crt: exists`);
  assert.equal(readdirSync(outDir), ['root.key', 'wildcard.crt']);
});

test('removes what it wrote when another program is first, and keeps the other file', async () => {
  const outDir = freshPath();
  mkdirSync(outDir);
  const generateKeys: Chance['generateKeys'] = async bits => {
    writeFileSync(join(outDir, 'wildcard.key'), 'other');
    return chance.generateKeys(bits);
  };
  const { status, message, out } = await run({ outDir }, { ...chance, generateKeys });
  assert.equal([status, out], [2, '']);
  assert.match(message, /cannot write certificates \(EEXIST.*\); nothing was kept$/);
  assert.equal(readdirSync(outDir), ['wildcard.key']);
  assert.is(readFileSync(join(outDir, 'wildcard.key'), 'utf8'), 'other');
});

// On Linux a path has at most 4095 bytes: here root.key still fits, and wildcard.key does not.
const onLinux = process.platform === 'linux' ? test : test.skip;
onLinux('removes its directories too when a write fails half way', async () => {
  const top = freshPath();
  const length = 4095 - '/root.key'.length;
  let outDir = top;
  while (length - outDir.length > 201) outDir += `/${'d'.repeat(199)}`;
  outDir += `/${'e'.repeat(length - outDir.length - 1)}`;
  assert.match((await run({ outDir })).message, /ENAMETOOLONG.*wildcard\.key/);
  assert.not.ok(existsSync(top));
});

test('a file in the place of the directory is one sentence', async () => {
  const file = freshPath();
  writeFileSync(file, '');
  assert.match((await run({ outDir: file })).message, `${file}: cannot write certificates (`);
  assert.match((await run({ outDir: join(file, 'below') })).message, /cannot write certificates \(ENOTDIR/);
});

const domain = (given: string): [string, Partial<CertificatesOptions>, string] => [
  `apps domain ${given.slice(0, 30)}`,
  { appsDomain: given },
  `apps domain ${JSON.stringify(given)} is not a DNS name in lower case; write apps.example.com, without *. and https://`,
];
const badInput: [string, Partial<CertificatesOptions>, string | RegExp][] = [
  ...['', '*.apps.example.com', 'https://apps.example.com', 'apps.example.com/', 'apps.example.com.'].map(domain),
  ...['localhost', '10.0.0.1', 'Apps.example.com', 'apps_1.example.com', '-a.example.com', 'a-.example.com'].map(
    domain,
  ),
  ...['äpps.example.com', 'a..example.com', 'apps.example.com\n', 'a b.example.com', '.example.com'].map(domain),
  ...[`${'a'.repeat(64)}.com`, `${'a.'.repeat(125)}com`].map(domain),
  ['days 0', { days: 0 }, /^days 0: write a whole number from 1 to 825; Apple/],
  ['days 826', { days: 826, rootDays: 3650 }, /^days 826: write a whole number from 1 to 825; Apple/],
  ['days 1.5', { days: 1.5 }, /^days 1\.5: write/],
  ['days that are no number', { days: Number.NaN }, /^days NaN: write/],
  ['root days 0', { days: 1, rootDays: 0 }, 'root days 0: write a whole number from 1 to 3650'],
  ['root days 3651', { rootDays: 3651 }, 'root days 3651: write a whole number from 1 to 3650'],
  ['a root that dies first', { days: 366 }, /^days 366: the certificate would outlive its root, which has 365 days; /],
  ['bits 1024', { bits: 1024 }, 'bits 1024: write 2048, 3072 or 4096'],
  ['bits 2049', { bits: 2049 }, /^bits 2049: write/],
  ['no organization', { organization: ' ' }, 'organization " ": write 1 to 64 characters on one line'],
  ['a long organization', { organization: 'x'.repeat(65) }, /^organization "x+": write 1 to 64/],
  ['two lines of organization', { organization: 'a\nb' }, 'organization "a\\nb": write 1 to 64 characters on one line'],
  ['no namespace', { namespace: '' }, /^namespace "" is not a name that Kubernetes accepts; /],
  ['a namespace with a command', { namespace: 'a; rm -rf /' }, /^namespace "a; rm -rf \/" is not a name/],
  ['a namespace with a dot', { namespace: 'a.b' }, /^namespace "a\.b" is not a name/],
  ['a secret name with a line', { secretName: 'a\n' }, /^secret name "a\\n" is not a name that Kubernetes accepts; /],
  ['a long secret name', { secretName: 'a'.repeat(64) }, /^secret name "a+" is not a name/],
  ['no directory', { outDir: '' }, 'output directory "": write its path, as certificates'],
];
for (const [name, changed, want] of badInput) {
  test(`refuses ${name}`, async () => {
    const outDir = freshPath();
    const generateKeys = () => Promise.reject(new Error('a key was made before the check'));
    const { status, message, out, talk } = await run({ outDir, ...changed }, { ...chance, generateKeys });
    assert.equal([status, out, talk], [2, '', '']);
    assert.not.match(message, '\n');
    if (typeof want === 'string') assert.is(message, want);
    else assert.match(message, want);
    assert.not.ok(existsSync(outDir));
  });
}

test.run();
