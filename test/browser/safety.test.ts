import * as assert from 'uvu/assert';
import { repositoryPage } from '../../generator/page/index.ts';
import { examplePage } from '../page/example.ts';
import { hostile, withTexts } from '../page/hostile.ts';
import { browserSuite } from './browser.ts';

const test = browserSuite('texts of others');

const hacked = (page: { evaluate: (text: string) => Promise<unknown> }) => page.evaluate('window.hacked');
/** What a text that runs would call. */
const before = 'window.ran = []; window.alert = () => ran.push("alert"); window.hacked = undefined;';

for (const over of ['file', 'http'] as const)
  test(`over ${over}: no text of others runs, not even one that the policy would have to stop`, async ({ open }) => {
    const html = repositoryPage(withTexts(hostile));
    const { page, problems, requests, address } = await open(html, { over, before });
    const chart = page.locator('[data-chart]').first();
    const versions = chart.locator('[data-versions]');
    for (const index of [1, 0]) await versions.selectOption({ index });
    await chart.locator('[data-act="open"]').click();
    for (const act of ['choose', 'set', 'yaml']) await chart.locator(`ul [data-act="${act}"]`).first().click();
    await chart.locator('[data-filter]').fill('script');
    for (const copy of await chart.locator('[data-act="copy"]:visible').all()) await copy.click();
    await page.locator('tr a').first().click();
    assert.is(await page.evaluate('ran.length'), 0);
    assert.is(await page.locator('main script, main img[onerror], [autofocus], [onfocus]').count(), 0);
    assert.equal([problems, requests.filter(url => url !== address && !url.startsWith('data:'))], [[], []]);
  });

const smuggled = '<script>window.hacked = 1</script><p onclick="window.hacked = 2" id="bait" style="color: red">x</p>';

test('were one smuggled in, the policy would stop it', async ({ open }) => {
  const html = repositoryPage(examplePage()).replace(
    '<footer>',
    `${smuggled}<img src="https://example.com/x.png" alt=""><footer>`,
  );
  const { page, problems } = await open(html, { before });
  await page.locator('#bait').click();
  assert.is(await hacked(page), undefined);
  assert.is.not(await page.evaluate('getComputedStyle(document.getElementById("bait")).color'), 'rgb(255, 0, 0)');
  assert.is(problems.filter(problem => /Content Security Policy/.test(problem)).length, 4, problems.join('\n'));
});

test('a script in a picture does not run, and asks for nothing', async ({ open }) => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" onload="parent.hacked = 1"><script>parent.hacked = 1; new Image().src = "https://example.com"</script><image href="https://example.com/x.png"/></svg>';
  const { page, requests, address } = await open(
    repositoryPage({ ...examplePage(), pictures: [{ title: 'x', svg }] }),
    { before },
  );
  assert.is(
    await page.evaluate(
      'document.querySelector("figure img").decode().then(() => document.querySelector("figure img").naturalWidth)',
    ),
    10,
  );
  assert.is(await hacked(page), undefined);
  assert.equal(
    requests.filter(url => url !== address && !url.startsWith('data:')),
    [],
  );
});

test.run();
