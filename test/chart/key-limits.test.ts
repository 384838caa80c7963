/** Lengths that Kubernetes has for keys of labels and annotations, kept by the values schema. Found by random values. */
import { Ajv } from 'ajv';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';

const test = suite('chart: lengths of keys');
const { propertyNames } = (serverlessMesh.values as { properties: Record<string, { propertyNames: object }> })
  .properties.commonLabels as { propertyNames: object };
const isKey = new Ajv({ strict: false }).compile(propertyNames);

/** A DNS name of that length in labels of one letter. */
const prefix = (length: number) =>
  'a.'
    .repeat(length)
    .slice(0, length - 1)
    .replace(/\.$/, 'a')
    .concat('a');

const rows: [name: string, key: string, want: boolean][] = [
  ['a usual key', 'example.com/team', true],
  ['the longest prefix', `${prefix(253)}/a`, true],
  ['a longer prefix', `${prefix(254)}/a`, false],
  ['the longest name', `example.com/${'a'.repeat(63)}`, true],
  ['a longer name', `example.com/${'a'.repeat(64)}`, false],
];

for (const [name, key, want] of rows) {
  test(name, () => assert.is(isKey(key), want));
}

test.run();
