import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type PageData, type PageVersion, repositoryPage } from '../../generator/page/index.ts';
import { pageFrames } from '../../scripts/page-frames.ts';
import { examplePage } from './example.ts';
import { hostile, withTexts } from './hostile.ts';

const test = suite('page: HTML');

const example = examplePage();
const html = repositoryPage(example);
const version: PageVersion = { version: '1.0.0', digest: 'a'.repeat(64), file: 'x-1.0.0.tgz', signed: true };
const pageOf = (change: Partial<PageVersion>, data: Partial<PageData> = {}, name = 'x') =>
  repositoryPage({ title: 'T', charts: [{ name, versions: [{ ...version, ...change }] }], ...data });
const decoded = (text: string) =>
  text
    .replace(/<[^>]*>/g, '')
    .replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
const commandsOf = (page: string) =>
  [...page.matchAll(/<div class="command"( data-signed-only)?( hidden)?>[\s\S]*?<code>([\s\S]*?)<\/code>/g)].map(
    ([, , hidden, code]) => (hidden ? 'hidden: ' : '') + decoded(code!),
  );

test('same data, same bytes', () => assert.is(repositoryPage(examplePage()), html));

test('the built command has the same page, without chart-templates/', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'page-built-'));
  try {
    const outfile = join(folder, 'page.mjs');
    const banner = { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" };
    const settings = { bundle: true, minify: true, platform: 'node', format: 'esm', logLevel: 'silent' } as const;
    await build({ entryPoints: ['generator/page/index.ts'], outfile, ...settings, banner, plugins: [pageFrames] });
    const built = (await import(outfile)) as { repositoryPage: typeof repositoryPage };
    assert.is(built.repositoryPage(examplePage()), html);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the policy allows the script and the styles of the page, and nothing else', () => {
  const policy = decoded(/http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!);
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const scripts = [...html.matchAll(/<script type="module">([\s\S]*?)<\/script>/g)].map(([, text]) => hash(text!));
  const styles = [...html.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, text]) => hash(text!));
  assert.equal([scripts.length, styles.length], [1, 2]);
  assert.is(
    policy,
    `default-src 'none'; script-src ${scripts[0]}; style-src ${styles.join(' ')}; img-src data:; base-uri 'none'; form-action 'none'`,
  );
});

test('it asks for nothing: each address is a link, an image within the page, or a word of a command', () => {
  const addresses = [...html.matchAll(/\s(src|href|srcset|action|data|poster)="([^"]*)"/g)].map(
    ([, name, value]) => `${name} ${decoded(value!)}`,
  );
  const others = addresses.filter(
    address => !/^(href (#|\.\/[\w.+-]+$)|href data:,$|src data:image\/svg\+xml;base64,)/.test(address),
  );
  assert.equal(others, []);
  assert.not.match(html, /@import|url\(|<link(?! rel="icon" href="data:,">)|<iframe|<object|<embed|\sstyle=/);
});

test('each value of the version that is shown is an element with its link', () => {
  const ids = new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id));
  assert.ok(ids.has('serverless-mesh/0.1.0/gateway.tls.source'));
  const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, target]) => target!);
  const versions = new Set(example.charts.flatMap(c => c.versions.map(v => `${c.name}/${v.version}`)));
  assert.equal(
    targets.filter(target => !ids.has(target) && !versions.has(target)),
    [],
  );
  assert.is(ids.size, [...html.matchAll(/\sid="([^"]*)"/g)].length, 'ids are unique');
});

test('commands of a signed version', () => {
  assert.equal(commandsOf(pageOf({}, { address: 'https://example.com/c/', title: 'My charts' })), [
    'helm repo add my-charts https://example.com/c',
    'helm repo update my-charts',
    'helm install x my-charts/x --version 1.0.0 --values my-values.yaml --timeout 20m',
    'helm install x my-charts/x --version 1.0.0 --verify --keyring keyring.gpg --values my-values.yaml --timeout 20m',
    'helm upgrade x my-charts/x --version 1.0.0 --values my-values.yaml --timeout 20m',
    'helm show values my-charts/x --version 1.0.0',
    'helm pull my-charts/x --version 1.0.0 --verify --keyring keyring.gpg',
    `curl -fsSLO https://example.com/c/x-1.0.0.tgz\nprintf '%s  %s\\n' ${'a'.repeat(64)} x-1.0.0.tgz | sha256sum --check\nhelm install x ./x-1.0.0.tgz --values my-values.yaml --timeout 20m`,
  ]);
});

test('what is not signed shows no command that verifies', () => {
  const hidden = commandsOf(pageOf({ signed: false })).filter(command => command.startsWith('hidden: '));
  assert.is(hidden.length, 2);
  assert.ok(hidden.every(command => command.includes('--verify')));
});

test('a registry needs no helm repo add', () => {
  const commands = commandsOf(pageOf({ file: '' }, { address: 'oci://example.com/c' }));
  assert.is(commands[0], 'helm install x oci://example.com/c/x --version 1.0.0 --values my-values.yaml --timeout 20m');
  assert.not.ok(commands.some(command => /repo add|curl/.test(command)));
});

test('the key: with its fingerprint, and without', () => {
  const keyed = (signKey: PageData['signKey']) =>
    commandsOf(pageOf({}, { signKey: signKey! })).find(c => c.includes('gpg --show-keys'));
  const url = 'https://example.com/k';
  const start = 'curl -fsSL -o signing-key https://example.com/k\ngpg --show-keys --with-fingerprint signing-key\n';
  const fingerprint = 'ab12 '.repeat(10);
  assert.is(
    keyed({ url, fingerprint }),
    `${start}gpg --import signing-key\ngpg --export ${'AB12'.repeat(10)} > keyring.gpg`,
  );
  assert.is(keyed({ url }), `${start}gpg --dearmor < signing-key > keyring.gpg`);
  assert.is(keyed({ url: 'file:///etc/passwd' }), undefined);
  const beside = (address?: string) =>
    commandsOf(pageOf({}, { signKey: { beside: 'signing-key.gpg' }, ...(address && { address }) })).find(c =>
      c.includes('gpg --show-keys'),
    );
  const rest = '/signing-key.gpg\ngpg --show-keys --with-fingerprint keyring.gpg';
  assert.is(beside('https://example.com/c'), `curl -fsSL -o keyring.gpg https://example.com/c${rest}`);
  assert.is(beside(), `curl -fsSL -o keyring.gpg https://ADDRESS-OF-THIS-PAGE${rest}`);
  assert.is(beside('oci://example.com/c'), undefined);
});

test('names that Helm would refuse, or take for an option, get no command', () => {
  for (const [name, change] of [
    ['--post-renderer=./x', {}],
    ['x', { version: '$(id)' }],
    ['x;y', {}],
  ] as const)
    assert.equal(
      commandsOf(pageOf(change, {}, name)).filter(command => /install|pull|show/.test(command)),
      [],
      name,
    );
});

test('a command stays one word where a file or address has signs of the shell', () => {
  const page = pageOf({ file: "a'$(id)`id`;b.tgz" }, { address: "https://example.com/'$(id);x" });
  const commands = commandsOf(page);
  assert.is(commands[0], "helm repo add t 'https://example.com/'\\''$(id);x'");
  assert.match(
    commands.at(-1)!,
    /^curl -fsSLO 'https:\/\/example.com\/'\\''\$\(id\);x\/a'\\''%24\(id\)%60id%60%3Bb\.tgz'\n/,
  );
});

/** Tags with the names of their attributes: what a text can never change. */
const shape = (page: string) =>
  page
    .replace(/(<script type="module">|<style>)[\s\S]*?(<\/script>|<\/style>)/g, '$1$2')
    .match(/<[a-z/!][^>]*>/gi)!
    .map(tag => tag.replace(/="[^"]*"/g, ''));

test('no text of others changes the elements of the page or their attributes', () => {
  assert.equal(shape(repositoryPage(withTexts(hostile))), shape(repositoryPage(withTexts('plain - text'))));
});
test('addresses that would run something are no links', () => {
  const page = pageOf(
    { file: 'javascript:alert(1)' },
    { address: 'javascript:alert(1)', signKey: { url: 'javascript:alert(1)' } },
  );
  assert.not.match(page, /javascript:/);
});

test('each distinct value is on the page once, however many versions have it', () => {
  const [chart] = example.charts.filter(({ name }) => name === 'serverless-mesh');
  const many = (n: number) =>
    repositoryPage({
      ...example,
      charts: [
        {
          name: 'x',
          versions: Array.from({ length: n }, (_, i) => ({ ...chart!.versions[1]!, version: `1.0.${n - i}` })),
        },
      ],
    });
  const rows = (page: string) => page.match(/data-row="/g)!.length;
  assert.is(rows(many(50)), rows(many(1)));
});

test('shown at first: the newest that is neither a prerelease nor deprecated', () => {
  const given = [
    { version: '2.0.0-rc.1' },
    { version: '1.9.0', deprecated: true },
    { version: '1.8.0+a-b' },
    { version: '1.7.0' },
  ];
  const page = (versions: readonly object[]) =>
    repositoryPage({ title: 'T', charts: [{ name: 'x', versions: versions.map(v => ({ ...version, ...v })) }] });
  const shown = (text: string) => /data-part="shown">([^<]*)</.exec(text)![1];
  assert.is(shown(page(given)), '1.8.0+a-b');
  assert.is(shown(page(given.slice(0, 2))), '2.0.0-rc.1');
});

test('no charts, or a chart without versions', () => {
  const none = repositoryPage({ title: 'T', charts: [] });
  assert.match(none, /has no charts yet/);
  assert.is(repositoryPage({ title: 'T', charts: [{ name: 'x', versions: [] }] }), none);
});

test.run();
