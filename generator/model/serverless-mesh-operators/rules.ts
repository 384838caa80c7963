/** Rules between values: what is wrong; what to write instead. What one value alone must be is in values-schema. */
import { and, eq, matches, or } from '../../gotmpl/functions.ts';
import { type Expr, fail, when } from '../../gotmpl/index.ts';
import type { Rule } from '../chart.ts';
import { actedUpon, empty, metadataRulesOf, rule } from '../rules.ts';
import { meshPackage, v } from './values.ts';

const { generation } = v.mesh;
/** Where the value is of Service Mesh 2 and the generation v3, or the other way round. */
const ofOther = (value: Expr<string>, of2: string, of3: string) =>
  or(and(eq(generation, 'v2'), matches(value, of3)), and(eq(generation, 'v3'), matches(value, of2)));

const both = and(v.serverless.enabled, v.mesh.enabled, eq(generation, 'v3'));
const below37 = '1\\.([0-9]|[12][0-9]|3[0-6])';

/** OLM reads keys of its own, on each of its objects: https://olm.operatorframework.io/docs/. */
const meaning = `${actedUpon}|^(operators\\.coreos\\.com|([a-z]+\\.)*operatorframework\\.io)/|^olm\\.`;

export const rules: readonly Rule[] = [
  rule(
    v.serverless.enabled,
    when(
      and(empty(v.serverless.enabled), empty(v.mesh.enabled)),
      fail`is false, and mesh.enabled as well, so there is nothing to install; set one of them to true`,
    ),
  ),
  rule(
    v.serverless.channel,
    when(
      and(both, matches(v.serverless.channel, `^stable-${below37}$`)),
      fail`is ${v.serverless.channel}, but Service Mesh 3 needs Serverless v1.37 or later; write stable-1.37 or stable, or set mesh.generation to v2`,
    ),
  ),
  rule(
    v.serverless.startingCSV,
    when(
      and(both, matches(v.serverless.startingCSV, `\\.v${below37}\\.`)),
      fail`is ${v.serverless.startingCSV}, but Service Mesh 3 needs Serverless v1.37 or later; write a later version or "", or set mesh.generation to v2`,
    ),
  ),
  rule(
    v.mesh.channel,
    when(
      ofOther(v.mesh.channel, '^(1\\.0$|stable-[12](\\.|$))', '^stable-3(\\.|$)'),
      fail`is ${v.mesh.channel}, but mesh.generation is ${generation}; write a channel of ${meshPackage}, for example stable, or set the other generation`,
    ),
  ),
  rule(
    v.mesh.startingCSV,
    when(
      ofOther(v.mesh.startingCSV, '^servicemeshoperator\\.', '^servicemeshoperator3\\.'),
      fail`is ${v.mesh.startingCSV}, but mesh.generation is ${generation}; write a version of ${meshPackage} or "", or set the other generation`,
    ),
  ),
  ...metadataRulesOf(v.commonLabels, v.commonAnnotations, meaning),
];
