import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { repositoryPage } from '../../generator/page/index.ts';
import { examplePage } from '../page/example.ts';
import { browserSuite } from './browser.ts';

const test = browserSuite('for everyone');

const html = repositoryPage(examplePage());
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const mesh = (page: Page) => page.locator('[data-chart="serverless-mesh"]');

/** Opens every section, and chooses a value of each kind. */
async function openAll(page: Page): Promise<void> {
  for (const button of await page.locator('[data-act="open"]').all()) await button.click();
  await page.evaluate('document.querySelectorAll("table details").forEach(x => { x.open = true; })');
  for (const kind of ['text', 'number', 'flag', 'choice', 'list', 'json'])
    await mesh(page).locator(`[data-kind="${kind}"] > .actions > [data-act="choose"]`).first().click();
  await mesh(page).locator('.field input').first().fill('NOT A NAME_');
}

/** Rules of axe that are broken, with the elements. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];
  const { violations, passes } = (await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(tags)} })`,
  )) as Record<'violations' | 'passes', { id: string; nodes: { html: string }[] }[]>;
  assert.ok(passes!.some(({ id }) => id === 'color-contrast'));
  return violations!.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(node => `${id}: ${node.html.slice(0, 200)}`));
}

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [1280, 320])
    test(`axe finds nothing: ${colorScheme}, ${width} pixels, closed and open`, async ({ open }) => {
      const { page } = await open(html, { colorScheme, viewport: { width, height: 900 } });
      assert.equal(await violations(page), []);
      await openAll(page);
      assert.equal(await violations(page), []);
    });

test('dark and light are two', async ({ open }) => {
  const colors = await Promise.all(
    (['light', 'dark'] as const).map(async colorScheme => {
      const { page } = await open(html, { colorScheme });
      return page.evaluate('getComputedStyle(document.body).backgroundColor');
    }),
  );
  assert.equal(colors, ['rgb(245, 246, 248)', 'rgb(20, 24, 30)']);
});

for (const [name, viewport] of [
  ['320 pixels', { width: 320, height: 640 }],
  ['1280 pixels at 200 %', { width: 640, height: 450 }],
] as const)
  test(`${name}: nothing is cut off at the side`, async ({ open }) => {
    const { page } = await open(html, { viewport });
    await openAll(page);
    assert.is(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'), 0);
    const outside =
      await page.evaluate(`[...document.querySelectorAll('main :is(button, input, select, textarea, p, dd, summary)')]
      .filter(x => x.checkVisibility() && !x.closest('.scroll, pre'))
      .filter(x => x.getBoundingClientRect().right > innerWidth || x.getBoundingClientRect().left < 0)
      .map(x => x.outerHTML.slice(0, 100))`);
    assert.equal(outside, []);
  });

test('nothing moves while the page loads', async ({ open }) => {
  const before =
    'window.moved = 0; new PerformanceObserver(list => { for (const x of list.getEntries()) moved += x.value; }).observe({ type: "layout-shift", buffered: true });';
  const { page } = await open(html, { before });
  await page.evaluate('new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))');
  assert.is(await page.evaluate('moved'), 0);
});

/** Text of the element that has the focus, and whether the focus is to be seen. */
const focused = (page: Page) =>
  page.evaluate(`(() => {
    const at = document.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(at);
    return { name: at.getAttribute('aria-label') ?? at.textContent.trim().slice(0, 80), tag: at.localName, path: at.closest('[data-row]')?.dataset.path, seen: outlineStyle !== 'none' && outlineWidth !== '0px' };
  })()`) as Promise<{ name: string; tag: string; path?: string; seen: boolean }>;

/** Presses Tab until an element has the focus; each on the way must show it. */
async function tabTo(page: Page, is: (at: Awaited<ReturnType<typeof focused>>) => boolean): Promise<void> {
  for (let i = 0; i < 150; i += 1) {
    await page.keyboard.press('Tab');
    const at = await focused(page);
    if (at.tag === 'body') break;
    assert.ok(at.seen, `focus is to be seen on ${JSON.stringify(at)}`);
    if (is(at)) return;
  }
  assert.unreachable('Tab does not come there');
}

test('the whole way by keyboard: skip, another version, find, open, choose, write, copy', async ({ open }) => {
  const { page } = await open(html);
  await page.keyboard.press('Tab');
  assert.is((await focused(page)).name, 'Skip to the charts');
  await page.keyboard.press('Enter');
  await tabTo(page, at => at.name === 'Copy: Add the repository');
  await page.keyboard.press('Enter');
  await page.locator('[id=":said"]', { hasText: 'Copied: Add the repository.' }).waitFor();
  await tabTo(page, at => at.tag === 'select');
  await page.keyboard.press('ArrowDown');
  await mesh(page).locator('h3', { hasText: 'Install version 0.0.9' }).waitFor();
  await page.keyboard.press('ArrowUp');
  await mesh(page).locator('h3', { hasText: 'Install version 0.1.0' }).waitFor();
  await tabTo(page, at => at.tag === 'input');
  await page.keyboard.type('tls source');
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await tabTo(page, at => at.tag === 'summary' && at.path === 'gateway');
  await page.keyboard.press('Enter');
  await tabTo(page, at => at.tag === 'summary' && at.path === 'gateway.tls');
  await page.keyboard.press('Space');
  await tabTo(page, at => at.name === 'Choose gateway.tls.source');
  await page.keyboard.press('Space');
  const list = mesh(page).locator('.chosen select');
  assert.is(await list.inputValue(), '"existing"');
  for (let i = 0; i < 40 && (await focused(page)).tag !== 'select'; i += 1) await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('ArrowDown');
  assert.is(await list.inputValue(), '"inline"');
  await tabTo(page, at => at.name === 'Copy: my-values.yaml for serverless-mesh');
  await page.keyboard.press('Enter');
  await page.locator('[id=":said"]', { hasText: 'Copied: my-values.yaml' }).waitFor();
  assert.is(await page.evaluate('navigator.clipboard.readText()'), 'gateway:\n  tls:\n    source: inline\n');
});

test('Tab leaves the page at its end: no trap', async ({ open }) => {
  const { page } = await open(html);
  let last = '';
  // More than there are places to go.
  for (let i = 0; i < 1000; i += 1) {
    await page.keyboard.press('Tab');
    const at = await focused(page);
    if (at.tag === 'body' || (at.name === 'Skip to the charts' && i > 0)) break;
    last = at.name;
  }
  assert.is(last, 'Picture: Who may call whom');
});

test('what a screen reader gets: landmarks, headings in order, names', async ({ open }) => {
  const { page } = await open(html);
  const tree = await page.locator('body').ariaSnapshot();
  for (const words of [
    'banner:',
    'navigation "Charts"',
    'main:',
    'contentinfo:',
    'status',
    'region "serverless-mesh"',
    'region "Versions of serverless-mesh"',
    'combobox "Version"',
    'searchbox "Find a value by its path or by words"',
    'list "Values of serverless-mesh"',
    'button "Copy: Install"',
  ])
    assert.ok(tree.includes(words), `${words}\n${tree.slice(0, 3000)}`);
  const levels = (await page.evaluate(
    "[...document.querySelectorAll('h1, h2, h3, h4')].map(x => Number(x.localName[1]))",
  )) as number[];
  assert.equal(
    levels.filter((level, i) => i > 0 && level > levels[i - 1]! + 1),
    [],
  );
  assert.is(levels.filter(level => level === 1).length, 1);
});

test('without JavaScript: all is there to read, and no button that does nothing', async ({ open }) => {
  const { page } = await open(html, { javaScriptEnabled: false, fragment: 'serverless-mesh/0.1.0/gateway.tls.source' });
  assert.is(await page.locator(':is(button, input, select):visible').count(), 0);
  assert.is(await page.locator('[data-path="gateway.tls.source"] .about:visible').count(), 1);
  const commands = await page.locator('.command:visible code').allInnerTexts();
  assert.ok(commands.includes('helm repo add example-charts https://charts.example.com'));
  assert.ok(
    commands.some(command =>
      command.startsWith('helm install serverless-mesh example-charts/serverless-mesh --version 0.1.0 '),
    ),
  );
  assert.is(await page.locator('[data-chart="serverless-mesh"] tbody tr:visible').count(), 4);
  assert.match(
    await page.locator('footer').innerText(),
    /Without JavaScript it shows the values of the newest version/,
  );
});

test('on paper: every value is printed, and no button', async ({ open }) => {
  const { page } = await open(html);
  await page.emulateMedia({ media: 'print' });
  assert.is(await page.locator(':is(button, input, select):visible').count(), 0);
  const box = await mesh(page).locator('[data-path="gateway.tls.source"]').boundingBox();
  assert.ok(box !== null && box.height > 0);
});

test.run();
