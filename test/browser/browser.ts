/** A real Chromium for the tests of the page. */

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { suite } from 'uvu';
import { onPath } from '../support/program.ts';

const program = ['/usr/bin/chromium', onPath('chromium'), onPath('google-chrome')].find(
  x => x !== undefined && existsSync(x),
);

/** It asks no server of its own; root may run it. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface Opened {
  readonly page: Page;
  /** Addresses that the page asked for, and those that it should not have: all but its own and data:. */
  readonly requests: readonly string[];
  /** Errors and warnings of the console, uncaught errors, and dialogs. */
  readonly problems: readonly string[];
  readonly address: string;
}

export interface OpenOptions extends BrowserContextOptions {
  readonly over?: 'file' | 'http';
  /** After the "#". */
  readonly fragment?: string;
  /** Runs in the page before its own script. */
  readonly before?: string;
}

export interface Tools {
  readonly open: (html: string, options?: OpenOptions) => Promise<Opened>;
}

/**
 * A suite whose tests get a browser. Without one, it throws when env BROWSER_REQUIRED is 1, or else says so and counts
 * each test as skipped.
 */
export function browserSuite(name: string) {
  const tests = suite(`browser: ${name}`);
  if (program === undefined) {
    if (process.env.BROWSER_REQUIRED === '1')
      throw new Error(
        'BROWSER_REQUIRED=1, but there is no Chromium: install it, for example with apt-get install chromium.',
      );
    console.log(`SKIPPED: browser: ${name}: no /usr/bin/chromium`);
    return Object.assign((title: string, _body: (tools: Tools) => Promise<void>) => tests.skip(title), {
      run: () => tests.run(),
    });
  }
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), 'page-browser-'));
  tests.before(async () => {
    browser = await chromium.launch({ executablePath: program, headless: true, args: flags });
  });
  tests.after(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const add = (title: string, body: (tools: Tools) => Promise<void>) =>
    tests(title, async () => {
      const closing: (() => Promise<unknown>)[] = [];
      try {
        await body({ open: (html, options = {}) => opened(browser, folder, html, options, closing) });
      } finally {
        for (const close of closing) await close();
      }
    });
  return Object.assign(add, { run: () => tests.run() });
}

async function opened(
  browser: Browser,
  folder: string,
  html: string,
  options: OpenOptions,
  closing: (() => Promise<unknown>)[],
): Promise<Opened> {
  const { over = 'file', fragment, before, ...settings } = options;
  const address = over === 'http' ? await served(html, closing) : written(html, folder);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...settings });
  closing.unshift(() => context.close());
  context.setDefaultTimeout(60_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  const requests: string[] = [];
  const problems: string[] = [];
  context.on('request', request => requests.push(request.url()));
  page.on('console', message => ['error', 'warning'].includes(message.type()) && problems.push(message.text()));
  page.on('pageerror', error => problems.push(error.message));
  page.on('dialog', dialog => {
    problems.push(`dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  if (before !== undefined) await page.addInitScript({ content: before });
  await page.goto(address + (fragment === undefined ? '' : `#${fragment}`));
  return { page, problems, address, requests };
}

let count = 0;
function written(html: string, folder: string): string {
  count += 1;
  const path = join(folder, `${count}.html`);
  writeFileSync(path, html);
  return pathToFileURL(path).href;
}

/** The page at / of a server on a free port; what else is asked for is a request that fails. */
async function served(html: string, closing: (() => Promise<unknown>)[]): Promise<string> {
  const server = createServer(({ url }, response) => {
    response.writeHead(url === '/charts/' ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
    response.end(url === '/charts/' ? html : '');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    return new Promise(resolve => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/charts/`;
}
