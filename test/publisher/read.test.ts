import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { GeneratorError } from '../../generator/errors.ts';
import { readLicense, readPublisher } from '../../generator/publisher/read.ts';
import { publisherForm } from '../../generator/publisher/schema.ts';
import { messageOf } from '../output/project.ts';

const test = suite('publisher/read');
const folder = mkdtempSync(join(tmpdir(), 'publisher-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'publisher.yaml');
const readText = (text: string | Uint8Array) => {
  writeFileSync(file, text);
  return readPublisher(file);
};

const example = readPublisher('publisher.example.yaml');

test('the example is valid, and shows every field', () => {
  const text = readFileSync('publisher.example.yaml', 'utf8');
  const names = Object.keys(publisherForm.properties ?? {});
  assert.ok(names.length > 10);
  for (const name of names) assert.match(text, new RegExp(`^(# )?${name}:`, 'm'));
  assert.is(example.home, 'https://example.com/serverless-mesh');
  assert.is(example.maintainers?.[0]?.email, 'platform@example.com');
});
test('every address in the example is of example.com', () => {
  const hosts = [...JSON.stringify(example).matchAll(/(?:\/\/|@)([^/"]+)/g)].map(([, host]) => host!);
  assert.ok(hosts.length > 5);
  for (const host of hosts) assert.match(host, /(^|\.)example\.com$/);
});
test('without a file there is nothing', () => assert.equal(readPublisher(), {}));
test('an empty file says nothing', () => assert.equal(readText('# later\n'), {}));
test('the license file is one beside publisher.yaml', () => {
  writeFileSync(join(folder, 'LICENSE'), 'Do as you like.\r\n');
  const publisher = readText('licenseFile: LICENSE\n');
  assert.is(publisher.licenseFile, join(folder, 'LICENSE'));
  assert.is(readText('licenseFile: /usr/share/LICENSE\n').licenseFile, '/usr/share/LICENSE');
  assert.is(readLicense(publisher), 'Do as you like.\n');
  assert.is(readLicense({}), undefined);
  assert.match(
    messageOf(() => readLicense(readText('licenseFile: COPYING\n'))),
    /COPYING: there is no such file; name the text of the license in licenseFile\.$/,
  );
});
for (const [name, want] of [
  ['no-such.yaml', /^no-such\.yaml: there is no such file; /],
  ['', /^--publisher is empty; name a file\.$/],
] as const) {
  test(`a file ${JSON.stringify(name)} that is named and missing is wrong usage`, () => {
    try {
      readPublisher(name);
    } catch (error) {
      assert.instance(error, GeneratorError);
      assert.is((error as GeneratorError).code, 2);
      assert.match((error as GeneratorError).message, want);
      return;
    }
    assert.unreachable();
  });
}

const key = '-----BEGIN PGP PRIVATE KEY BLOCK-----';
const address = 'write an address without spaces, such as https://example.com/charts';
const refused: readonly (readonly [string, string, string])[] = [
  [
    'a slip of the pen',
    'hom: https://example.com\n',
    '1: hom: is nothing that a publisher.yaml has; did you mean home?',
  ],
  [
    'an unknown field of a maintainer',
    'maintainers:\n  - name: a\n    mail: a@example.com\n',
    '3: maintainers[0].mail: is nothing that a publisher.yaml has; did you mean maintainers[0].email?',
  ],
  ['an address without a scheme', 'home: example.com\n', `1: home: is "example.com"; ${address}`],
  [
    'an address with a space',
    'icon: "https://example.com/a b.svg"\n',
    `1: icon: is "https://example.com/a b.svg"; ${address}`,
  ],
  ['another scheme', 'support: ftp://example.com\n', `1: support: is "ftp://example.com"; ${address}`],
  ['no host', 'home: https:///charts\n', `1: home: is "https:///charts"; ${address}`],
  [
    'a password in an address',
    'sources:\n  - https://git:hunter2@example.com/x\n',
    '2: sources[0]: holds a user or a password, which everybody could read in the packages; leave it out',
  ],
  [
    'a maintainer without a name',
    'maintainers:\n  - email: a@example.com\n',
    '2: maintainers[0].name: is missing; write it',
  ],
  [
    'a malformed email',
    'maintainers:\n  - name: a\n    email: a at example.com\n',
    '3: maintainers[0].email: is "a at example.com"; write an email address, such as charts@example.com',
  ],
  [
    'another name without an email',
    'maintainers:\n  - name: a\n    displayName: A\n',
    '3: maintainers[0].displayName: stands without email, by which Artifact Hub finds the maintainer; add email',
  ],
  [
    'a license in words',
    'license: Apache License 2.0\n',
    '1: license: is "Apache License 2.0"; write one SPDX identifier, such as Apache-2.0',
  ],
  [
    'a short fingerprint',
    'signKey:\n  url: https://example.com/key\n  fingerprint: ABCD\n',
    '3: signKey.fingerprint: is "ABCD"; write the 40 hexadecimal digits of the fingerprint, without spaces, in quotes',
  ],
  ['a key without its address', 'signKey: {}\n', '1: signKey.url: is missing; write it'],
  [
    'an address of a registry',
    'repository: registry.example.com/charts\n',
    '1: repository: is "registry.example.com/charts"; write an address such as https://charts.example.com or oci://registry.example.com/charts',
  ],
  ['a number for a name', 'provider: 1.20\n', '1: provider: is the number 1.2; write "1.20" in quotes'],
  [
    'the same field twice',
    'home: https://a.example.com\nhome: https://b.example.com\n',
    '2: home: stands twice, first on line 1; keep one of the two',
  ],
  ['an empty text', 'provider: ""\n', '1: provider: is empty; write one line of text'],
  ['an empty list', 'sources: []\n', '1: sources: is empty; write at least 1'],
  ['a list', '- home\n', '1: holds a list; write a map, for example home: https://example.com'],
];
for (const [name, text, want] of refused)
  test(`refuses ${name}`, () =>
    assert.is(
      messageOf(() => readText(text)),
      `${file}:${want}`,
    ));

for (const [name, text] of [
  ['as an unknown field', `key: |\n  ${key}\n  hunter2\n`],
  ['as a license', `license: "${key} hunter2"\n`],
  ['in the place of an address', `home: |\n  ${key}\n  hunter2\n`],
  ['in a file that is no YAML', `home: [${key}\nhunter2`],
] as const)
  test(`never repeats a private key ${name}`, () => {
    const message = messageOf(() => readText(text));
    assert.not.match(message, /PRIVATE|hunter2/);
    assert.match(message, /publisher\.yaml/);
  });
test('a password in an address is never repeated', () => {
  const message = messageOf(() =>
    readText('home: "https://git:hunter2@example.com/a b"\nartifactHub: {repositoryID: "https://u:hunter2@x"}\n'),
  );
  assert.not.match(message, /hunter2/);
});

test.run();
