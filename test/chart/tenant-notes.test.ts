/** What NOTES of serverless-mesh-tenant say is allowed: what the policies allow, test/authorization/rows/parts.ts. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { defaults } from '../../generator/emit/fields.ts';
import type { Schema } from '../../generator/gotmpl/expr.ts';
import { serverlessMeshTenant } from '../../generator/model/serverless-mesh-tenant/index.ts';
import { evaluateNotes } from '../../generator/render/evaluate-chart.ts';
import type { Values } from '../../generator/values/maps.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import { release } from './cases.ts';

const test = suite('chart/tenant-notes');
const base = mergeValues(defaults(serverlessMeshTenant.values as Schema) as Values, { namespaces: ['a'] });

const calls =
  '  - pods of the tenant call pods and Knative Services of the tenant, by their addresses in the cluster.\n';
const events =
  '  - pods of the tenant send events to its Brokers, Channels and sinks, and Knative delivers events of the tenant to them.\n';
const not = 'With serving.enabled false, pods of the tenant may not call each other directly.\n';

const rows: readonly (readonly [name: string, given: Values, want: readonly string[]])[] = [
  ['Serving and Eventing', {}, [calls, events]],
  ['Serving alone', { eventing: { enabled: false } }, [calls]],
  ['Eventing alone: pods of the tenant are strangers to each other', { serving: { enabled: false } }, [events, not]],
];
for (const [name, given, want] of rows)
  test(name, () => {
    const notes = evaluateNotes(serverlessMeshTenant, mergeValues(base, given), release);
    assert.equal(
      [calls, events, not].filter(text => notes.includes(text)),
      want,
    );
  });

test.run();
