import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { mirrored, mirrorPattern, parseReference, whyNotMirrored } from '../../generator/images/reference.ts';

const test = suite('images: references');

const digest = `sha256:${'0a'.repeat(32)}`;
const mirror = 'registry.example.com:5000/mirror';

/** Image -> registry, repository, tag, digest; where the mirror has it; what is wrong with it. */
const rows = [
  ['quay.io/a/b:1.2', ['quay.io', 'a/b', '1.2', undefined], `${mirror}/a/b:1.2`, undefined],
  [`quay.io/a/b@${digest}`, ['quay.io', 'a/b', undefined, digest], `${mirror}/a/b@${digest}`, undefined],
  [`quay.io/b:1@${digest}`, ['quay.io', 'b', '1', digest], `${mirror}/b:1@${digest}`, undefined],
  ['reg.local:5000/b:1', ['reg.local:5000', 'b', '1', undefined], `${mirror}/b:1`, undefined],
  ['localhost/b:1', ['localhost', 'b', '1', undefined], `${mirror}/b:1`, undefined],
  ['reg.local:5000/b', ['reg.local:5000', 'b', undefined, undefined], `${mirror}/b`, /^has neither tag nor digest/],
  [`${mirror}/b:1`, ['registry.example.com:5000', 'mirror/b', '1', undefined], `${mirror}/b:1`, undefined],
  [`${mirror}s/b:1`, ['registry.example.com:5000', 'mirrors/b', '1', undefined], `${mirror}/mirrors/b:1`, undefined],
  ['library/httpd:2.4', [undefined, 'library/httpd', '2.4', undefined], 'library/httpd:2.4', /^names no registry/],
  ['httpd:2.4', [undefined, 'httpd', '2.4', undefined], 'httpd:2.4', /^names no registry/],
  [
    'quay.io/b@sha256:12',
    ['quay.io', 'b', undefined, 'sha256:12'],
    `${mirror}/b@sha256:12`,
    /^has a digest that is none/,
  ],
] as const;
for (const [image, parts, there, wrong] of rows)
  test(image, () => {
    const { registry, repository, tag, digest: found } = parseReference(image);
    assert.equal([registry, repository, tag, found], parts);
    assert.is(mirrored(image, mirror), there);
    if (wrong === undefined) assert.is(whyNotMirrored(image), undefined);
    else assert.match(whyNotMirrored(image) ?? '', wrong);
  });

for (const [text, want] of [
  ['registry.example.com', true],
  ['registry:5000/a/b-c__d.e', true],
  ['https://registry.example.com', false],
  ['registry.example.com/', false],
  ['registry.example.com/A', false],
  ['registry.example.com/a:1', false],
  ['user@registry.example.com', false],
  ['', false],
] as const)
  test(`${text || 'nothing'} is ${want ? 'a' : 'no'} mirror`, () => assert.is(mirrorPattern.test(text), want));

test.run();
