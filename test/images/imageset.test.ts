import { load, loadAll } from 'js-yaml';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { chartPackages } from '../../generator/images/chart-packages.ts';
import { catalogSourceName, imageSetText } from '../../generator/images/imageset.ts';
import { mirrorSetsText } from '../../generator/images/mirror.ts';
import { imagesOfAll, type Needs, needsOf } from '../../generator/images/needs.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import { caseNamed, cases, twins } from '../chart/cases.ts';
import { compileSchema } from '../support/json-schema.ts';

const test = suite('images: imageset and mirror sets');

const catalog = 'registry.redhat.io/redhat/redhat-operator-index:v4.18';
const mirror = 'registry.example.com:5000/mirror';
const charts = chartPackages('dist/');

const text = { type: 'string', minLength: 1 };
const closed = (properties: object, required: readonly string[] = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const many = (items: object) => ({ type: 'array', items, minItems: 1 });
/** Every field that v2alpha1 has where we set some: openshift/oc-mirror internal/pkg/api/v2alpha1/type_config{,_include}.go. */
const bundle = { minVersion: { ...text, pattern: '^\\d+\\.\\d+\\.\\d+' }, maxVersion: text };
const channel = closed({ name: text, ...bundle }, ['name']);
const included = closed({ name: text, channels: many(channel), defaultChannel: text, ...bundle }, ['name']);
const chart = (needed: string) =>
  closed({ name: text, version: text, path: text, imagePaths: many(text) }, ['name', needed]);
const imageSetProblems = compileSchema(
  closed(
    {
      kind: { const: 'ImageSetConfiguration' },
      apiVersion: { const: 'mirror.openshift.io/v2alpha1' },
      mirror: closed(
        {
          operators: many(closed({ catalog: text, packages: many(included) })),
          additionalImages: many(closed({ name: text })),
          helm: closed(
            {
              repositories: many(closed({ name: text, url: text, charts: many(chart('version')) })),
              local: many(chart('path')),
            },
            [],
          ),
        },
        [],
      ),
    },
    ['kind', 'apiVersion', 'mirror'],
  ) as never,
);

/** openshift/api config/v1/types_image_tag_mirror_set.go and types_image_digest_mirror_set.go, whose patterns are the same. */
const host = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const repository = {
  type: 'string',
  pattern: `^(${host}(?:(?:\\.${host})+)?(?::[0-9]+)?)(?:(?:/[a-z0-9]+(?:(?:(?:[._]|__|[-]*)[a-z0-9]+)+)?)+)?$`,
};
const mirrorSetProblems = (kind: string, key: string) =>
  compileSchema(
    closed({
      apiVersion: { const: 'config.openshift.io/v1' },
      kind: { const: kind },
      metadata: closed({ name: text }),
      spec: closed({ [key]: many(closed({ source: repository, mirrors: many(repository) })) }),
    }) as never,
  );
const mirrorSetKinds = new Map([
  ['ImageTagMirrorSet', mirrorSetProblems('ImageTagMirrorSet', 'imageTagMirrors')],
  ['ImageDigestMirrorSet', mirrorSetProblems('ImageDigestMirrorSet', 'imageDigestMirrors')],
]);

const needsWith = (change: object, own: object = {}, name = 'defaults'): Needs =>
  needsOf({ name, values: mergeValues(caseNamed(name).values, change as never) }, own as never);
interface ImageSet {
  readonly mirror: {
    readonly operators: readonly { readonly packages: readonly { readonly name: string }[] }[];
    readonly additionalImages?: readonly { readonly name: string }[];
    readonly helm: Readonly<Record<string, unknown>>;
  };
}
const imageSetOf = (all: readonly Needs[], packages = charts, there?: string) =>
  load(imageSetText(all, { catalog, charts: packages, mirror: there })) as ImageSet;

for (const c of [...cases, ...twins])
  test(`${c.name}: what oc-mirror and OpenShift accept`, () => {
    const needs = needsOf(c, {});
    const set = imageSetOf([needs]);
    assert.equal(imageSetProblems(set).problems, []);
    assert.equal(set.mirror.additionalImages?.map(i => i.name) ?? [], imagesOfAll([needs]));
    for (const object of loadAll(mirrorSetsText([needs], mirror)) as { kind: string }[])
      if (object !== null) assert.equal(mirrorSetKinds.get(object.kind)!(object).problems, []);
  });

test('a field that oc-mirror does not know is a problem', () => {
  const set = imageSetOf([needsWith({})]);
  assert.is(imageSetProblems({ ...set, mirror: { ...set.mirror, image: [] } }).problems.length, 1);
});

test('several environments: each package once, with all channels, the newest by default', () => {
  const all = [
    needsWith({ serverless: { release: 'v1.37' } }),
    needsWith({ serverless: { release: 'v1.33' } }),
    needsWith({ serverless: { release: 'v1.37' }, mesh: { generation: 'v3' } }),
  ];
  assert.equal(imageSetOf(all).mirror.operators[0]?.packages, [
    { name: 'servicemeshoperator', defaultChannel: 'stable', channels: [{ name: 'stable' }] },
    {
      name: 'serverless-operator',
      defaultChannel: 'stable-1.37',
      channels: [{ name: 'stable-1.33' }, { name: 'stable-1.37' }],
    },
    { name: 'kiali-ossm', defaultChannel: 'stable', channels: [{ name: 'stable' }] },
    { name: 'servicemeshoperator3', defaultChannel: 'stable', channels: [{ name: 'stable' }] },
  ] as never);
});

for (const [first, second, want] of [
  ['v1.9.0', 'v1.10.0', { minVersion: '1.9.0' }],
  ['v1.10.0', 'v1.9.0', { minVersion: '1.9.0' }],
  ['v1.9.0', undefined, { minVersion: '1.9.0' }],
  [undefined, 'v1.9.0', { minVersion: '1.9.0' }],
  [undefined, undefined, {}],
] as const)
  test(`first versions ${first} and ${second}: from the older one on`, () => {
    const all = [first, second].map(v =>
      needsWith({}, v === undefined ? {} : { serverless: { startingCSV: `serverless-operator.${v}` } }),
    );
    const found = imageSetOf(all).mirror.operators[0]?.packages.find(p => p.name === 'serverless-operator');
    assert.equal(found, {
      name: 'serverless-operator',
      defaultChannel: 'stable-1.37',
      channels: [{ name: 'stable-1.37', ...want }],
    } as never);
  });

const names = ['serverless-mesh', 'serverless-mesh-operators'];
for (const [repository_, want] of [
  [undefined, 'local'],
  ['oci://registry.example.com/charts', 'local'],
  ['https://charts.example.com', 'repositories'],
] as const)
  test(`charts in ${repository_ ?? 'a folder'} are ${want}, but the one that does not render without values`, () => {
    const packages = chartPackages('dist/', repository_);
    const { version } = packages[0]!;
    const local = { local: names.map(name => ({ name, path: `dist/${name}-${version}.tgz` })) };
    const url = 'https://charts.example.com';
    const remote = {
      repositories: [{ name: 'serverless-mesh', url, charts: names.map(name => ({ name, version })) }],
    };
    assert.equal(imageSetOf([needsWith({})], packages).mirror.helm, want === 'local' ? local : remote);
  });

test('what the mirror has already is not copied, and not rewritten', () => {
  const there = `${mirror}/openshift4/ose-cli-rhel9:v4.18`;
  const needs = needsWith({ jobs: { image: there } });
  assert.equal(imagesOfAll([needs]), [there]);
  assert.is(imageSetOf([needs], charts, mirror).mirror.additionalImages, undefined);
  assert.equal(loadAll(mirrorSetsText([needs], mirror)).filter(Boolean), []);
});

test('tags and digests are two kinds, each repository once', () => {
  const digest = `sha256:${'0a'.repeat(32)}`;
  const all = [`quay.io/a/b@${digest}`, `quay.io/a/b:1@${digest}`, 'quay.io/a/b:1', 'quay.io/a/b:2'].map(image =>
    needsWith({ jobs: { image } }),
  );
  const row = { source: 'quay.io/a/b', mirrors: [`${mirror}/a/b`] };
  const objects = loadAll(mirrorSetsText(all, mirror)).filter(Boolean) as { kind: string; spec: object }[];
  assert.equal(
    objects.map(({ kind, spec }) => [kind, spec]),
    [
      ['ImageTagMirrorSet', { imageTagMirrors: [row] }],
      ['ImageDigestMirrorSet', { imageDigestMirrors: [row] }],
    ],
  );
});

test('Knative looks up tags itself, so the mirror sets say what helps; a digest needs nothing', () => {
  const hint = (image: string) =>
    /registries-skipping-tag-resolving: "(.*)"/.exec(
      mirrorSetsText([needsWith({ verify: { serviceImage: image } }, {}, 'verify')], mirror),
    )?.[1];
  assert.is(hint('quay.io:443/a/b:1'), 'quay.io:443');
  assert.is(hint(`quay.io/a/b@sha256:${'0a'.repeat(32)}`), undefined);
});

for (const [image, want] of [
  [catalog, 'cs-redhat-operator-index-v4-18'],
  [
    `registry.redhat.io/redhat/redhat-operator-index@sha256:${'0a'.repeat(32)}`,
    'cs-redhat-operator-index-0a0a0a0a0a0a',
  ],
  ['quay.io/My_index:V4.18.1-RC.1-long', 'cs-My-index-v4-18-1-rc-1'],
] as const)
  test(`CatalogSource of ${image}`, () => assert.is(catalogSourceName(image.toLowerCase()), want.toLowerCase()));

test.run();
