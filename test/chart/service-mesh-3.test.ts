/** What is decided in model/facts/service-mesh-3.ts is what the chart renders. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decisions } from '../../generator/model/facts/service-mesh-3.ts';
import { parseAsHelm } from '../support/helm-yaml.ts';
import { caseNamed, goldenManifests } from './cases.ts';

const test = suite('chart/service-mesh-3');
const objects = goldenManifests(caseNamed('service-mesh-3-defaults')).map(({ object }) => object);

const nameOf = (object: Readonly<Record<string, unknown>>) => {
  const { namespace, name } = object.metadata as { namespace?: string; name: string };
  return `${object.kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
};
/** `a.b[0]["c.d/e"]` as keys. */
const keysOf = (path: string): string[] =>
  [...path.matchAll(/\["([^"]+)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, key]) => (quoted ?? index ?? key)!);
const at = (object: unknown, path: string): unknown =>
  path === 'whole object'
    ? object
    : keysOf(path).reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], object);

for (const { object: name, path, ours } of decisions)
  test(`${name}: ${path} is ${ours.length < 60 ? ours : 'as decided'}`, () => {
    const found = objects.find(object => nameOf(object) === name);
    if (ours !== 'none') assert.ok(found, 'is rendered');
    assert.equal(at(found, path), ours === 'none' ? undefined : parseAsHelm(ours));
  });

test.run();
