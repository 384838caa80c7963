import type { Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { repositoryPage } from '../../generator/page/index.ts';
import { examplePage } from '../page/example.ts';
import { browserSuite } from './browser.ts';

const test = browserSuite('what the page does');

const html = repositoryPage(examplePage());
const { address: _, ...withoutAddress } = examplePage();
const chart = (page: Page, name = 'serverless-mesh') => page.locator(`[data-chart="${name}"]`);
const value = (page: Page, path: string, version = '0.1.0') =>
  page.locator(`[id="serverless-mesh/${version}/${path}"]`);
const said = (page: Page, words: string) => page.locator('[id=":said"]', { hasText: words }).waitFor();
const clipboard = (page: Page) => page.evaluate('navigator.clipboard.readText()');
const visible = async (page: Page) => {
  const rows = await chart(page).locator('[data-row]:visible').all();
  return Promise.all(rows.map(row => row.getAttribute('data-path')));
};

for (const over of ['file', 'http'] as const)
  test(`over ${over}: no request but for the page itself, and no error`, async ({ open }) => {
    const { page, requests, problems, address } = await open(html, { over });
    await chart(page).locator('[data-versions]').selectOption('0.0.9');
    await chart(page).locator('[data-act="open"]').click();
    await page.waitForLoadState('networkidle');
    const others = requests.filter(url => url !== address && !url.startsWith('data:'));
    assert.equal([others, problems, requests.includes(address)], [[], [], true]);
  });

test('the filter finds by path and by words, in any case, and opens what it found', async ({ open }) => {
  const { page } = await open(html);
  const filter = chart(page).locator('[data-filter]');
  const count = chart(page).locator('[data-count]');
  const all = await count.innerText();
  assert.match(all, /^\d+ values$/);
  await filter.fill('tls.SOURCE');
  assert.equal(await visible(page), ['gateway', 'gateway.tls', 'gateway.tls.source']);
  assert.is(await count.innerText(), `1 of ${all}`);
  await filter.fill('cert-manager  router');
  assert.equal(await visible(page), ['gateway', 'gateway.tls', 'gateway.tls.source']);
  await filter.fill('no such value');
  assert.equal(await visible(page), []);
  assert.is(await count.innerText(), `0 of ${all}`);
  await filter.fill('');
  assert.is(await count.innerText(), all);
  assert.equal(
    // The fields of a list stand with it.
    (await visible(page)).filter(path => /^[^[]*\./.test(path!)),
    [],
  );
});

test('open all and close all', async ({ open }) => {
  const { page } = await open(html);
  const closed = (await visible(page)).length;
  await chart(page).locator('[data-act="open"]').click();
  assert.is((await visible(page)).length, await chart(page).locator('[data-row]').count());
  await chart(page).locator('[data-act="close"]').click();
  assert.is((await visible(page)).length, closed);
});

for (const version of ['0.1.0', '0.0.9'])
  test(`a link to a value of ${version} shows that version, and the value has the focus`, async ({ open }) => {
    const { page } = await open(html, { fragment: `serverless-mesh/${version}/gateway.tls.source` });
    await value(page, 'gateway.tls.source', version).locator('a:focus').waitFor();
    assert.is(await chart(page).locator('[data-versions]').inputValue(), version);
    assert.match(await chart(page).locator('pre').first().innerText(), new RegExp(`--version ${version} `));
    const top = (await value(page, 'gateway.tls.source', version).boundingBox())!.y;
    assert.ok(top >= 0 && top < 900, String(top));
  });

test('a link to another value, on a page that is open', async ({ open }) => {
  const { page } = await open(html, { fragment: 'serverless-mesh/0.1.0/gateway.tls.source' });
  await page.evaluate("location.hash = 'serverless-mesh-tenant/0.1.0/namespaces'");
  await chart(page, 'serverless-mesh-tenant').locator('[data-path="namespaces"] a:focus').waitFor();
});

test('a link to what is not there does no harm, and says so', async ({ open }) => {
  const { page, problems } = await open(html, { fragment: 'serverless-mesh/0.1.0/no.such' });
  await said(page, 'serverless-mesh 0.1.0 has no value no.such.');
  for (const fragment of ['no-chart/1', 'serverless-mesh/9.9.9', '%E0%A4%A', 'constructor/__proto__/toString'])
    await page.evaluate(`location.hash = ${JSON.stringify(fragment)}`);
  assert.equal(problems, []);
});

test('another version: its commands, values, marks and link', async ({ open }) => {
  const { page } = await open(html);
  const mesh = chart(page);
  const commands = () => mesh.locator('.command:visible code').allInnerTexts();
  const signed = await commands();
  assert.ok(signed.some(command => command.includes('--verify')));
  assert.is(await value(page, 'kafka').count(), 1);
  await mesh.locator('[data-versions]').selectOption('0.0.9');
  assert.equal(
    await commands(),
    signed.map(command => command.replaceAll('0.1.0', '0.0.9').replace(/[0-9a-f]{64}/, digestOf('0.0.9'))),
  );
  assert.is(await value(page, 'kafka', '0.0.9').count(), 0);
  assert.is(await value(page, 'gateway.tls.source', '0.0.9').count(), 1);
  assert.match(page.url(), /#serverless-mesh\/0\.0\.9$/);
  await mesh.locator('[data-versions]').selectOption('0.0.8');
  assert.not.ok((await commands()).some(command => command.includes('--verify')));
  assert.is(await value(page, 'kafka.listeners', '0.0.8').count(), 1);
  assert.is(await mesh.locator('tr[aria-current]').getAttribute('data-version'), '0.0.8');
  await said(page, 'serverless-mesh: version 0.0.8 is shown.');
});

const digestOf = (version: string) => examplePage().charts[0]!.versions.find(v => v.version === version)!.digest;

test('the rows that the script builds are those that were in the page', async ({ open }) => {
  const { page } = await open(html);
  const rows = () => chart(page).locator('ul[data-values]').innerHTML();
  const first = await rows();
  await chart(page).locator('[data-versions]').selectOption('0.0.9');
  assert.is.not(await rows(), first);
  await chart(page).locator('[data-versions]').selectOption('0.1.0');
  const squeezed = (text: string) => text.replace(/>\s+</g, '><').trim().replaceAll(' hidden=""', '');
  assert.is(squeezed(await rows()), squeezed(first));
});

for (const [name, before] of [
  ['with the clipboard', undefined],
  ['without it, as over plain HTTP', 'Object.defineProperty(navigator, "clipboard", { value: undefined })'],
  ['where the browser refuses it', 'navigator.clipboard.writeText = () => Promise.reject(new Error("no"))'],
] as const)
  test(`copying ${name}`, async ({ open }) => {
    const { page, problems } = await open(html, before === undefined ? {} : { before });
    const pasted = async () => {
      const filter = chart(page).locator('[data-filter]');
      await filter.fill('');
      await filter.press('Control+V');
      return filter.inputValue();
    };
    await chart(page).getByRole('button', { name: 'Copy: Print all values with their defaults' }).click();
    await said(page, 'Copied: Print all values with their defaults.');
    assert.is(await pasted(), 'helm show values example-charts/serverless-mesh --version 0.1.0');
    await chart(page).getByRole('button', { name: 'Copy the SHA-256 of serverless-mesh 0.0.9' }).click();
    assert.is(await pasted(), digestOf('0.0.9'));
    await chart(page).locator('[data-filter]').fill('');
    await chart(page).locator('[data-act="open"]').click();
    await page.getByRole('button', { name: 'Copy --set of kafka.broker.numPartitions' }).first().click();
    await said(page, 'Copied: --set of kafka.broker.numPartitions.');
    assert.is(await pasted(), '--set kafka.broker.numPartitions=10');
    assert.equal(problems, []);
  });

test('where nothing can be copied, the page says what to do', async ({ open }) => {
  const before =
    'Object.defineProperty(navigator, "clipboard", { value: undefined }); document.execCommand = () => false;';
  const { page } = await open(html, { before });
  await page.getByRole('button', { name: 'Copy: Add the repository' }).click();
  await said(page, 'Select the text and press Ctrl+C.');
});

test('a value as YAML, and chosen values as a file', async ({ open }) => {
  const { page } = await open(html, { fragment: 'serverless-mesh/0.1.0/gateway.tls.source' });
  const button = (name: string) => chart(page).getByRole('button', { name, exact: true });
  await button('Copy YAML of gateway.tls.source').click();
  await said(page, 'Copied: YAML of gateway.tls.source.');
  assert.is(await clipboard(page), 'gateway:\n  tls:\n    source: existing\n');
  await button('Choose gateway.tls.source').click();
  await button('Choose gateway.hosts').click();
  await chart(page).locator('[data-filter]').fill('numPartitions');
  await button('Choose kafka.broker.numPartitions').click();
  const mine = chart(page).locator('.chosen');
  const field = (label: string) => mine.getByLabel(label, { exact: true });
  await field('gateway.tls.source').selectOption('certManager');
  await field('gateway.hosts, one item a line').fill('*.apps.example.com\n\napi.example.com');
  await field('kafka.broker.numPartitions').fill('none');
  assert.is(await mine.locator('.problem:visible').innerText(), 'Write a number.');
  await field('kafka.broker.numPartitions').fill('0');
  assert.match(await mine.locator('.problem:visible').innerText(), /^The least is 1/);
  await field('kafka.broker.numPartitions').fill('3');
  assert.is(await mine.locator('.problem:visible').count(), 0);
  await button('Copy: my-values.yaml for serverless-mesh').click();
  await said(page, 'Copied: my-values.yaml for serverless-mesh.');
  assert.is(
    await clipboard(page),
    'gateway:\n  tls:\n    source: certManager\n  hosts:\n    - "*.apps.example.com"\n    - api.example.com\nkafka:\n  broker:\n    numPartitions: 3\n',
  );
  await button('Remove gateway.hosts').click();
  assert.not.match(await mine.locator('code').last().innerText(), /hosts/);
  await chart(page).locator('[data-versions]').selectOption('0.2.0-rc.1');
  await chart(page).locator('[data-filter]').fill('gateway');
  assert.is(await button('Choose gateway.tls.source').getAttribute('aria-pressed'), 'true');
  assert.is(await button('Choose gateway.hosts').getAttribute('aria-pressed'), 'false');
});

test('a certificate keeps its lines', async ({ open }) => {
  const { page } = await open(html, { fragment: 'serverless-mesh/0.1.0/gateway.tls.inline.certificate' });
  await value(page, 'gateway.tls.inline.certificate').locator('[data-act="choose"]').click();
  const mine = chart(page).locator('.chosen');
  await mine.getByLabel('gateway.tls.inline.certificate', { exact: true }).fill('-----BEGIN\nAAAA\n');
  const want = 'gateway:\n  tls:\n    inline:\n      certificate: |\n        -----BEGIN\n        AAAA\n';
  assert.is(await mine.locator('[data-result] code').textContent(), want);
});

test('without an address, the commands name that of the page', async ({ open }) => {
  const bare = repositoryPage(withoutAddress);
  const { page, address } = await open(bare, { over: 'http' });
  const own = address.replace(/\/$/, '');
  assert.is(await page.locator('pre').first().innerText(), `helm repo add example-charts ${own}`);
  assert.match(
    (await chart(page).locator('.command code').allInnerTexts()).at(-1)!,
    new RegExp(`^curl -fsSLO ${own}/serverless-mesh-0.1.0.tgz\n`),
  );
  const file = await open(bare);
  assert.is(
    await file.page.locator('pre').first().innerText(),
    'helm repo add example-charts https://ADDRESS-OF-THIS-PAGE',
  );
});

test.run();
