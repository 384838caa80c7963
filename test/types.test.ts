import { readFileSync } from 'node:fs';
import { join as pathOf } from 'node:path';
import type { IAuthorizationPolicy } from '@kubernetes-models/istio/security.istio.io/v1beta1/AuthorizationPolicy';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { projectRoot } from '../generator/files.ts';
import {
  at,
  choose,
  contains,
  eq,
  first,
  hasNumber,
  join,
  keysOf,
  oneOf,
  orElse,
} from '../generator/gotmpl/functions.ts';
import { defineJoined, each, entries, fmt, note, type Slot, type Templated, when } from '../generator/gotmpl/index.ts';
import type { RuleBody, TextLine } from '../generator/model/chart.ts';
import type { KnativeKafka } from '../generator/model/kinds/serverless.ts';
import { v } from '../generator/model/serverless-mesh/values.ts';
import { sampleRefs } from './gotmpl/sample.ts';

const test = suite('types');

const sample = sampleRefs();
type Policy = Templated<IAuthorizationPolicy>;
type Spec = Templated<NonNullable<IAuthorizationPolicy['spec']>>;
type KafkaSpec = Templated<KnativeKafka['spec']>;
type Broker = KafkaSpec['broker'];
type Defaults = Templated<NonNullable<KnativeKafka['spec']['broker']['defaultConfig']>>;

/** Never called. Each promise of the types is a line that does not compile; tsc says so where one begins to. */
export function promises(): unknown {
  const wrongPaths = [
    // @ts-expect-error no such value
    v.kafka.enabeld,
    // @ts-expect-error no such group
    v.kafak.enabled,
    // @ts-expect-error nothing below a leaf
    v.kafka.enabled.name,
    // @ts-expect-error an item is reached with each
    v.kafka.listeners[0].name,
    // @ts-expect-error an entry is reached with at
    v.commonLabels.team,
    // @ts-expect-error no such key of an item
    each(v.kafka.listeners, 'listener', listener => listener.prot),
    // @ts-expect-error no list
    each(v.kafka.enabled, 'x', x => x),
    // @ts-expect-error no list
    each(v.commonLabels, 'x', x => x),
    // @ts-expect-error no such key of an item
    defineJoined('x', '', v.kafka.listeners, 'listener', listener => listener.prot),
  ];

  const right: Spec = { action: 'DENY', rules: [{ to: [{ operation: { hosts: [v.mesh.namespace] } }] }] };
  // @ts-expect-error a flag is no text
  const flagForText: Spec = { provider: { name: v.kafka.enabled } };
  // @ts-expect-error a list is no text
  const listForText: Spec = { provider: { name: v.mesh.members } };
  // @ts-expect-error a group is no text
  const groupForText: Spec = { provider: { name: v.kafka } };
  // @ts-expect-error a number is no text
  const numberForText: Spec = { provider: { name: 1 } };
  // @ts-expect-error a text is no list
  const textForList: Spec = { rules: [{ to: [{ operation: { hosts: v.mesh.namespace } }] }] };
  const ports = each(v.mesh.controlPlane.excludedInboundPorts, 'port', port => port);
  // @ts-expect-error numbers are no texts
  const numbers: Spec = { rules: [{ to: [{ operation: { ports: [ports] } }] }] };
  // @ts-expect-error not one of the actions
  const wrongEnum: Spec = { action: 'ALOW' };
  // @ts-expect-error not one of the actions, under a condition
  const wrongEnumWhen: Spec = { action: when(v.kafka.enabled, 'ALOW') };
  // @ts-expect-error any text is not one of the actions
  const textForEnum: Spec = { action: v.mesh.namespace };
  // @ts-expect-error text around a value is not one of the actions
  const formatForEnum: Spec = { action: fmt`${v.mesh.namespace}` };
  // @ts-expect-error each stands in a list
  const eachForText: Spec = { provider: { name: each(v.mesh.members, 'x', x => x) } };

  // @ts-expect-error no such key
  const top: Policy = { apiVersion: 'security.istio.io/v1beta1', kind: 'AuthorizationPolicy', sepc: {} };
  // @ts-expect-error no such key
  const inside: Spec = { provider: { nmae: 'x' } };
  // @ts-expect-error no such key, under a condition
  const inWhen: Spec = { provider: when(v.kafka.enabled, { nmae: 'x' }) };
  // @ts-expect-error no such key, beside a sentence
  const inNote: Spec = { provider: note('Why.', { nmae: 'x' }) };
  // @ts-expect-error no such key, in a sentence and a condition
  const inBoth: Spec = { provider: note('Why.', when(v.kafka.enabled, { nmae: 'x' })) };
  // @ts-expect-error no such key of an item
  const inItem: Spec = { rules: [{ form: [] }] };
  // @ts-expect-error no such key of an item, under a condition
  const inWhenItem: Spec = { rules: [when(v.kafka.enabled, { form: [] })] };
  // @ts-expect-error no such key of one of several items under a condition
  const inWhenItems: Spec = { rules: [when(v.kafka.enabled, [{ from: [] }, { form: [] }])] };
  // @ts-expect-error no such key of an item for each
  const inEachItem: Spec = { rules: [each(v.mesh.members, 'x', x => ({ form: [{ source: { namespaces: [x] } }] }))] };

  const kafka: Broker = { enabled: v.kafka.broker.enabled };
  // @ts-expect-error another constant
  const wrongKind: Templated<KnativeKafka>['kind'] = 'KnativeKafak';
  // @ts-expect-error a required field is missing
  const missing: Broker = {};
  // @ts-expect-error a required field is missing, under a condition
  const missingInWhen: Slot<Broker> = when(v.kafka.enabled, {});
  // @ts-expect-error a required part is missing
  const missingPart: KafkaSpec = { channel: { enabled: true }, source: { enabled: true }, sink: { enabled: true } };
  // @ts-expect-error a text is no number
  const textForNumber: Defaults = { bootstrapServers: 'x', numPartitions: '10', replicationFactor: 3 };
  // @ts-expect-error a text is no flag
  const textForFlag: Broker = { enabled: 'true' };
  // @ts-expect-error no such key of a kind of ours
  const wrongKey: Broker = { enabled: true, replicas: 1 };

  const wrongCalls = [
    // @ts-expect-error not a release
    eq(v.serverless.release, 'v1.40'),
    // @ts-expect-error not an ingress
    eq(v.serving.ingress, 'nginx'),
    // @ts-expect-error numbers of a values file are floats in Go
    eq(v.kafka.broker.numPartitions, 10),
    // @ts-expect-error a flag is no text
    eq(v.kafka.enabled, 'true'),
    // @ts-expect-error not a release
    oneOf(v.serverless.release, ['v1.40']),
    // @ts-expect-error one of them is not a release
    oneOf(v.serverless.release, ['v1.37', 'v1.40']),
    // @ts-expect-error not one of the words
    eq(sample.word, 'blue'),
    // @ts-expect-error not one of the words
    oneOf(sample.word, ['blue']),
    // @ts-expect-error one of them is not one of the words
    oneOf(sample.word, ['red', 'blue']),
    // @ts-expect-error a number is no text
    oneOf(v.kafka.broker.numPartitions, [10]),
    // @ts-expect-error a text is no condition of choose
    choose(v.mesh.namespace, ['a'], ['b']),
    // @ts-expect-error a text is no list
    first(v.mesh.namespace),
    // @ts-expect-error numbers are no texts
    join(v.mesh.controlPlane.excludedInboundPorts, ','),
    // @ts-expect-error a flag is no text
    orElse(v.kafka.enabled, 'x'),
    // @ts-expect-error a list is no text
    contains(v.mesh.members, 'x'),
    // @ts-expect-error texts are no numbers
    hasNumber(v.mesh.members, 1),
    // @ts-expect-error a text is no map
    keysOf(v.mesh.namespace),
    // @ts-expect-error a list is no map
    at(v.mesh.members, 'x'),
    // @ts-expect-error a text is no map
    entries(v.mesh.namespace),
    // @ts-expect-error a list has no text
    fmt`${v.mesh.members}`,
  ];

  // @ts-expect-error a reference is no line; it needs fmt
  const line: TextLine = v.mesh.namespace;
  // @ts-expect-error a rule ends with fail
  const body: RuleBody = when(v.kafka.enabled, fmt`is on`);
  return {
    wrongPaths,
    right,
    flagForText,
    listForText,
    groupForText,
    numberForText,
    textForList,
    numbers,
    kafka,
    line,
    body,
    wrongEnum,
    wrongEnumWhen,
    textForEnum,
    formatForEnum,
    eachForText,
    top,
    inside,
    inWhen,
    inNote,
    inBoth,
    inItem,
    inWhenItem,
    inWhenItems,
    inEachItem,
    wrongKind,
    missing,
    missingInWhen,
    missingPart,
    textForNumber,
    textForFlag,
    wrongKey,
    wrongCalls,
  };
}

test('tsc checks this file, and knows every mistake in it', () => {
  const { include, compilerOptions } = JSON.parse(readFileSync(pathOf(projectRoot, 'tsconfig.json'), 'utf8')) as {
    include: readonly string[];
    compilerOptions: Record<string, unknown>;
  };
  assert.ok(include.includes('test'));
  assert.is(compilerOptions.strict, true);
  assert.is(compilerOptions.noEmit, true);
});

test.run();
