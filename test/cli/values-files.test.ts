import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runValidate } from '../../generator/commands/validate.ts';
import { inProcess, newFolder, put, type Result, run, runProgram } from './project.ts';

const test = suite('cli: values files');

const folder = newFolder();
const validate = (...environments: string[]): Promise<Result> =>
  inProcess(io => runValidate({ files: [], environments, output: 'text' }, io));
const validateFile = (...files: string[]): Promise<Result> =>
  inProcess(io => runValidate({ files, environments: [], output: 'text' }, io));

const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
const long = (count: number) => `commonAnnotations:\n${`  # ${'x'.repeat(97)}\n`.repeat(count)}`;

/** Content, and the findings without the name of the file. */
const contents: readonly (readonly [string, string, string | Uint8Array, string])[] = [
  ['an empty file', 'empty.yaml', '', ''],
  ['nothing but comments', 'comments.yaml', '# nothing\n', ''],
  ['JSON', 'values.json', '{"serving": {"ingress": "kourier"}, "mesh": {"members": ["a"]}}', ''],
  [
    'JSON on several lines',
    'lines.json',
    '{\n  "serving": {\n    "ingress": "x"\n  }\n}\n',
    ':3: serving.ingress: is "x"; write istio or kourier',
  ],
  [
    'CRLF',
    'crlf.yaml',
    'mesh:\r\n  members:\r\n    - B\r\n    - a\r\n',
    `:3: mesh.members[0]: is "B"; write lower-case letters, digits and '-', at most 63 characters, for example team-a`,
  ],
  ['CRLF in a block', 'block.yaml', 'commonAnnotations:\r\n  a: |\r\n    x\r\n    y\r\n', ''],
  [
    'a byte order mark',
    'bom.yaml',
    '\ufeffserving:\n  enabld: true\n',
    ':2: serving.enabld: is no value of this chart; did you mean serving.enabled?',
  ],
  [
    'Latin-1',
    'latin.yaml',
    Buffer.from('commonAnnotations: {a: caf\u00e9}\n', 'latin1'),
    ': is not UTF-8, so Helm refuses it; save it as UTF-8',
  ],
  [
    'UTF-16, as PowerShell writes it',
    'utf16.yaml',
    utf16('serving: {enabled: yes}\n'),
    ': is not UTF-8, so Helm refuses it; save it as UTF-8',
  ],
  [
    'half a character at the end',
    'half.yaml',
    Buffer.from([0x61, 0x3a, 0x20, 0xc3]),
    ': is not UTF-8, so Helm refuses it; save it as UTF-8',
  ],
  [
    'a zero byte',
    'zero.yaml',
    'a: \0\n',
    ':1: cannot be read as YAML: null byte is not allowed in input; remove the control character',
  ],
  [
    'a tab',
    'tab.yaml',
    'serving:\n\tenabled: true\n',
    ':2: cannot be read as YAML: tab characters must not be used in indentation; indent with spaces',
  ],
  [
    '5 MB',
    'big.yaml',
    `${long(50_000)}  a: b\nserving: {ingress: x}\n`,
    ':50003: serving.ingress: is "x"; write istio or kourier',
  ],
];
for (const [name, file, content, finding] of contents) {
  test(name, async () => {
    const path = put(folder, file, content);
    const { status, out } = await validateFile(path);
    assert.is(out, finding === '' ? '' : `${path}${finding}\n`);
    assert.is(status, finding === '' ? 0 : 1);
  });
}

test('5 MB of values take seconds, not minutes', async () => {
  const lines = Array.from({ length: 15_000 }, (_, i) => `  example.com/key-${i}: "${'value '.repeat(55)}"\n`);
  const path = put(folder, 'many.yaml', `commonAnnotations:\n${lines.join('')}`);
  const before = process.cpuUsage();
  assert.is((await validateFile(path)).status, 0);
  assert.ok(process.cpuUsage(before).user < 10_000_000);
});

const folders: readonly (readonly [string, () => Promise<Result>, string])[] = [
  [
    'no such -f',
    () => validateFile(join(folder, 'no.yaml')),
    `${folder}/no.yaml: there is no such file; name a readable values file.\n`,
  ],
  [
    'no such environment',
    () => validate('nope'),
    'nope: there is no such file, and no environments/nope.yaml; name a values file or an environment.\n',
  ],
  [
    'an empty name',
    () => validate(''),
    '"": there is no such file, and no environments/.yaml; name a values file or an environment.\n',
  ],
  ['a folder as -f', () => validateFile(folder), `${folder}: cannot be read (EISDIR); name a readable values file.\n`],
  [
    'a folder as environment',
    () => validate(folder),
    `${folder}: there is no such file, and no environments/${folder}.yaml; name a values file or an environment.\n`,
  ],
  [
    'a file as folder',
    () => validateFile(`${put(folder, 'file', '')}/x.yaml`),
    `${folder}/file/x.yaml: cannot be read (ENOTDIR); name a readable values file.\n`,
  ],
];
for (const [name, command, talk] of folders) {
  test(name, async () => assert.equal(await command(), { status: 2, out: '', talk }));
}

test('a missing file is found before anything is printed about it, with the others already checked', async () => {
  const good = put(folder, 'good.yaml', 'serving: {enabled: true}\n');
  const { status, out } = await validate(good, 'nope');
  assert.equal([status, out], [2, '']);
});

test('a file that the user may not read', async () => {
  const path = put(folder, 'secret.yaml', 'serving: {enabled: true}\n', 0o000);
  const user = process.getuid?.() === 0 ? { uid: 65534 } : {};
  for (const args of [['-f', path], [path]]) {
    const want = { status: 2, out: '', talk: `${path}: cannot be read (EACCES); name a readable values file.\n` };
    assert.equal(await run(['validate', ...args], user), want);
  }
});

test('a pipe, as the shell makes it of <(...)', async () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const [result] = await Promise.all([
    run(['validate', pipe]),
    runProgram('sh', ['-c', 'echo "serving: {enabled: yes}" > "$1"', 'sh', pipe]),
  ]);
  assert.equal(result, {
    status: 1,
    out: `${pipe}:1: serving.enabled: Helm reads yes as true; write true\n`,
    talk: 'pipe: 1 to correct\n',
  });
});

test('names with spaces, commas and signs', async () => {
  const odd = ['a b.yaml', 'a,b.yaml', '-x.yaml', 'a:b.yaml', '5', 'é.yaml', '%41.yaml'];
  for (const name of odd) {
    const path = put(folder, name, 'serving: {enabled: 1}\n');
    assert.is((await validateFile(path)).out, `${path}:1: serving.enabled: is 1, a number; write true or false\n`);
  }
  const { out } = await run(['validate', '-f', './-x.yaml', '5', '-f', 'a,b.yaml'], { cwd: folder });
  assert.is(out, '5:1: serving.enabled: is 1, a number; write true or false\n');
});

test.run();
