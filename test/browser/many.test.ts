import * as assert from 'uvu/assert';
import { repositoryPage } from '../../generator/page/index.ts';
import { manyVersions } from '../page/many.ts';
import { browserSuite } from './browser.ts';

const test = browserSuite('many versions');

for (const [name, every] of [
  ['as charts grow: each version changes one value', 1],
  ['at worst: no two versions share a value', Number.POSITIVE_INFINITY],
] as const)
  test(`300 versions, ${name}`, async ({ open }) => {
    const { page, problems } = await open(repositoryPage(manyVersions(100, every)));
    const chart = page.locator('[data-chart="serverless-mesh"]');
    for (const version of ['1.0.1', '1.0.50']) {
      await chart.locator('[data-versions]').selectOption(version);
      const row = chart.locator(`[id="serverless-mesh/${version}/serverless.release"] .about`);
      assert.match((await row.textContent())!, new RegExp(`Of ${version}\\.$`));
    }
    await chart.locator('[data-filter]').fill('tls.source');
    assert.is(await chart.locator('[id="serverless-mesh/1.0.50/gateway.tls.source"]:visible').count(), 1);
    await page.evaluate('location.hash = "serverless-mesh-tenant/1.0.2/namespaces"');
    await page.locator('[id="serverless-mesh-tenant/1.0.2/namespaces"] a:focus').waitFor();
    assert.equal(problems, []);
  });

test.run();
