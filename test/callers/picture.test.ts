/** The picture of the callers says what the policies mean: its words are held against the evaluator of policies. */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Example, exampleOf } from '../../generator/callers/example.ts';
import { matrixOf } from '../../generator/callers/matrix.ts';
import type { Callee, Caller } from '../../generator/callers/parties.ts';
import { pictureOf } from '../../generator/callers/svg.ts';
import { type Call, decide, type Peer, type Pod } from '../authorization/evaluator.ts';
import { mutantsOf } from '../authorization/mutants.ts';
import { allows, readPicture } from './read-picture.ts';

const test = suite('callers: picture');
const generations = ['v2', 'v3'] as const;

const peerOf = ({ identity, namespace = 'elsewhere', account = 'default' }: Caller): Peer | undefined =>
  identity ? { trustDomain: 'cluster.local', namespace, serviceAccount: account } : undefined;
const podOf = ({ namespace = 'elsewhere', pods }: Callee): Pod => {
  const labels = ['app', 'app.kubernetes.io/component', 'knative'].map(key => [key, pods]);
  return { namespace, labels: pods === undefined ? {} : Object.fromEntries(labels) };
};

const names = ['a-shop', 'a-stock', 'b-shop', 'a-shop2', 'elsewhere'];
const request = fc.record({
  port: fc.constantFrom(8012, 8022, 8080, 8443),
  method: fc.constantFrom('GET', 'POST', 'PUT'),
  host: fc
    .tuple(
      fc.constantFrom('x.', ''),
      fc.constantFrom(...names),
      fc.constantFrom('', '.svc', '.svc.cluster.local', ':80'),
    )
    .map(parts => parts.join('')),
  path: fc.tuple(fc.constantFrom(...names), fc.constantFrom('/x', '/', '')).map(([name, rest]) => `/${name}${rest}`),
  headers: fc.oneof(
    fc.constant<Call['headers']>({}),
    fc.constantFrom(...names).map((name): Call['headers'] => ({ 'Kn-Namespace': name })),
  ),
});
const place = fc.record({ row: fc.nat(), caller: fc.nat(), column: fc.nat(), callee: fc.nat() });
const pick = <T>(items: readonly T[], number: number) => items[number % items.length]!;

for (const generation of generations)
  test(`${generation}: a call is allowed if and only if its cell says so`, () => {
    const example = exampleOf(generation);
    const matrix = matrixOf(example);
    const picture = readPicture(pictureOf(matrix));
    const seen = { allowed: 0, denied: 0 };
    fc.assert(
      fc.property(place, request, ({ row, caller, column, callee }, asked) => {
        const [i, j] = [row % matrix.rows.length, column % matrix.columns.length];
        const call: Call = {
          ...asked,
          from: peerOf(pick(matrix.rows[i]!.members, caller)),
          to: podOf(pick(matrix.columns[j]!.members, callee)),
        };
        const want = decide(example.policies, example.meshNamespace, call).answer;
        assert.is(allows(picture, picture.cells[i]![j]!, example.tenants, call) ? 'allowed' : 'denied', want);
        seen[want] += 1;
      }),
      { numRuns: 5000 },
    );
    assert.ok(Math.min(seen.allowed, seen.denied) > 1000, JSON.stringify(seen));
  });

test('a reader of the picture who takes a cell for another is noticed', () => {
  const example = exampleOf('v3');
  const matrix = matrixOf(example);
  const picture = readPicture(pictureOf(matrix));
  const call: Call = {
    from: peerOf({ namespace: 'b-shop', identity: true }),
    to: podOf({ namespace: 'a-shop' }),
    port: 8012,
    method: 'GET',
    host: 'x.a-shop',
    path: '/',
    headers: {},
  };
  assert.is(decide(example.policies, example.meshNamespace, call).answer, 'denied');
  assert.is(allows(picture, picture.cells[0]![0]!, example.tenants, call), true);
  assert.is(allows(picture, picture.cells[1]![0]!, example.tenants, call), false);
});

/** Namespaces beside principals of the same namespace ask for nothing more. */
const redundant = / source \d+: namespaces$/;
for (const generation of generations)
  test(`${generation}: a policy with any part less gives another picture`, () => {
    const example = exampleOf(generation);
    const drawn = pictureOf(matrixOf(example));
    const same = example.policies.flatMap((policy, index) =>
      mutantsOf(policy)
        .filter(({ changed }) => {
          const others = example.policies.toSpliced(index, 1, ...(changed === undefined ? [] : [changed]));
          return pictureOf(matrixOf({ ...example, policies: others })) === drawn;
        })
        .map(({ what }) => what),
    );
    assert.equal(
      same.filter(what => !redundant.test(what)),
      [],
    );
  });

const without = (example: Example, name: string): Example => ({
  ...example,
  policies: example.policies.filter(policy => policy.name !== name),
});
test('pods without a policy are open to everybody', () => {
  const matrix = matrixOf(without(exampleOf('v2'), 'allow-b'));
  const column = matrix.columns.findIndex(({ tenant }) => tenant === 'b');
  assert.ok(column >= 0);
  for (const row of matrix.cells) assert.is(row[column], 'open');
});

for (const generation of generations)
  test(`${generation}: no text touches another, and all stand in the picture`, () => {
    const { boxes, width, height } = readPicture(pictureOf(matrixOf(exampleOf(generation))));
    assert.ok(boxes.length > 100);
    for (const [index, one] of boxes.entries()) {
      assert.ok(one.left >= 0 && one.right <= width && one.top >= 0 && one.bottom <= height, one.words);
      for (const other of boxes.slice(index + 1)) {
        const apart =
          one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;
        assert.ok(apart, `${one.words} and ${other.words}`);
      }
    }
  });

test('says to those who cannot see it what it is, and where the words are', () => {
  const svg = pictureOf(matrixOf(exampleOf('v3')));
  assert.match(
    svg,
    /^<svg [^>]*role="img" aria-labelledby="title desc">\n<title id="title">Who may call whom, with Service/,
  );
  assert.match(svg, /<desc id="desc">[^<]*"What is allowed" in README\.md[^<]*<\/desc>/);
  assert.match(svg, '@media (prefers-color-scheme: dark)');
  assert.not.match(svg, /<script|href|url\(/);
});

test.run();
