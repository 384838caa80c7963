import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { errata } from '../../generator/errata.ts';
import { helms } from '../support/helm.ts';
import { compareObjects, oneObjectEach } from './compare.ts';
import { withBaseDocument } from './document.ts';
import { listingsOf } from './listings.ts';
import { helmObjects, modelObjects, withChart, wordsFor } from './renders.ts';
import { appliedObjects, scenarios } from './scenarios.ts';

const test = suite('base document: differences');

const rows = oneObjectEach(errata);

/** Kinds and names in the document; sections 1.5 and 1.7 change three of the objects of 1.4. */
const objects = [11, 10, 11, 2, 10];

withBaseDocument(test, text => {
  const listings = listingsOf(text);

  for (const [index, scenario] of scenarios.entries()) {
    const documented = appliedObjects(listings, scenario);
    const words = wordsFor(scenario);

    test(`${scenario.name}: the model differs as listed`, () => {
      assert.is(documented.length, objects[index]);
      assert.equal(compareObjects(documented, modelObjects(scenario), rows, words).problems, []);
    });
  }

  for (const helm of helms()) {
    test(`every scenario: ${helm.name} differs as listed`, () =>
      withChart(async folder => {
        for (const scenario of scenarios) {
          const ours = await helmObjects(helm, folder, scenario);
          const { problems } = compareObjects(appliedObjects(listings, scenario), ours, rows, wordsFor(scenario));
          assert.equal(problems, [], scenario.name);
        }
      }));
  }
  if (helms().length === 0) {
    console.log('SKIPPED: no helm');
    test.skip('every scenario: Helm differs as listed', () => {});
  }

  test('every listed difference occurs', () => {
    const used = scenarios.flatMap(scenario => [
      ...compareObjects(appliedObjects(listings, scenario), modelObjects(scenario), rows, wordsFor(scenario)).used,
    ]);
    // Differences between certificates: certificates.test.ts.
    const unused = rows.filter(row => !used.includes(row) && !row.object.startsWith('file '));
    assert.equal(unused, []);
  });
});

test('every row can be shown to a user', () => {
  for (const row of errata) {
    assert.match(row.id, /^[ED]\d+$/);
    assert.match(row.why, /^[A-Z][^\n]*\.$/);
    assert.match(row.source, /^(https:\/\/\S+|section \d[\d.]*\d, step \d)$/);
    for (const words of Object.values(row)) assert.not.match(words, /^$|\n|shared\/|\/work|domain\.md/);
  }
});

test.run();
