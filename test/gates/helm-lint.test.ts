/** helm lint of the folders in charts/; of the packages, in full: test/gate-tools. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { allCases, chartFolderOf, titleOf } from '../chart/cases.ts';
import { withHelm } from '../chart/with-helm.ts';
import { helms, parallel } from '../support/helm.ts';
import { exceptions } from './exceptions.ts';
import { judge } from './gate.ts';
import { helmLint, kubeVersions, lint } from './helm-lint.ts';

const test = suite('gates/helm-lint');

/** Each case by one of the Helms, in turn: what lint says depends on the chart and hardly on the values. */
withHelm(test)('helm lint --strict finds nothing in any case', async () => {
  const all = helms();
  const said = await parallel([...allCases.entries()], 2, ([index, c]) =>
    lint({
      helm: all[index % all.length]!,
      c,
      path: chartFolderOf(c.chart),
      kubeVersion: kubeVersions[Math.floor(index / 2) % 2]!,
    }),
  );
  for (const [index, c] of allCases.entries()) {
    const { findings } = judge({ gate: helmLint.id, check: 'all', chart: c.chart.name }, said[index]!, exceptions);
    assert.equal(findings, [], titleOf(c));
  }
});

test.run();
