/** The script of the Job that copies the router's certificate, and what becomes of the copy before uninstall. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Values } from '../../generator/values/maps.ts';
import { type Rule, runJob } from './run.ts';

const test = suite('jobs/certificate');
const values: Values = {
  cluster: { appsDomain: 'apps.example.com' },
  mesh: { generation: 'v3' },
  gateway: { tls: { source: 'clusterIngress' } },
  eventing: { enabled: false },
};
const is = (call: string, ...answers: string[]): Rule => ({ call, answers });
const router = 'get secret router-certs-default -n openshift-ingress';
const copy = 'get secret wildcard-certs -n knative-serving-ingress';
const apply = 'apply --server-side --field-manager=helm';
const pair = is(`^${router}`, 'Q0VSVA== S0VZ');
const conflict = 'error: Apply failed with 2 conflicts: conflicts with "kubectl-edit" using v1:\n- .data.tls.crt';
const instead = 'delete it, or set gateway.tls.source to existing';
const refused = 'refused, for secret/wildcard-certs in knative-serving-ingress';

const rows: readonly (readonly [name: string, rules: readonly Rule[], exitCode: number, words: RegExp])[] = [
  ['nothing is there', [is(`^${copy}`, ''), pair, is(apply, '')], 0, /^ok: the copy of the router's certificate$/],
  ['our copy is there', [is(`^${copy}`, 'here/mine'), pair, is(apply, '')], 0, /^ok: the copy/],
  ["another release's Secret", [is(`^${copy}`, 'here/other')], 1, /^refused, .* is not of this release; delete it, or/],
  ['a Secret without Helm', [is(`^${copy}`, '/')], 1, new RegExp(`^${refused} is not of this release; ${instead}$`)],
  [
    'our copy, changed',
    [is(`^${copy}`, 'here/mine'), pair, is(apply, conflict)],
    1,
    new RegExp(`^${refused} was changed by somebody else: .* conflicts with "kubectl-edit" using v1:; ${instead}$`),
  ],
  [
    'half a pair',
    [is(`^${copy}`, ''), is(`^${router}`, 'Q0VSVA== ')],
    1,
    /^gave up waiting for the copy .*: secret\/router-certs-default in openshift-ingress has no tls\.crt, or no tls\.key$/,
  ],
];
for (const [name, rules, exitCode, words] of rows)
  for (const shell of ['sh', 'bash'])
    test(`${shell}: ${name}`, async () => {
      const told = await runJob('serverless-mesh-certificate', values, rules, { shell });
      assert.is(told.exitCode, exitCode, told.said.join('\n'));
      assert.match(told.said.filter(Boolean).at(-1)!, words);
      assert.not.match(told.said.join('\n'), /Q0VSVA|S0VZ/);
    });

const kept: readonly (readonly [name: string, found: string, isRemoved: boolean])[] = [
  ['our copy', 'here/mine', true],
  ["another release's Secret", 'here/other', false],
  ['a Secret without Helm', '/', false],
  ['nothing', '', false],
];
for (const [name, found, isRemoved] of kept)
  test(`before uninstall: ${name} is ${isRemoved ? 'removed' : 'left alone'}`, async () => {
    const rules = [
      is(`^${copy}`, found),
      is('^get secret/wildcard-certs', ...(found === '' ? [''] : [' ', ''])),
      is('^delete', 'deleted'),
      is('^get', ''),
    ];
    const { exitCode, said, calls } = await runJob('serverless-mesh-uninstall', values, rules, { timeout: '60' });
    assert.is(exitCode, 0, said.join('\n'));
    assert.is(
      calls.some(call => call.startsWith('delete secret/wildcard-certs -n knative-serving-ingress')),
      isRemoved,
    );
  });

test.run();
