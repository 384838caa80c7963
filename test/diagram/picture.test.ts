/** The picture says what the description says, for each of our cases, and can be read. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { installationOf } from '../../generator/diagram/describe.ts';
import { merged } from '../../generator/diagram/found.ts';
import { examples, installationPictures } from '../../generator/diagram/index.ts';
import type { Edge, Installation } from '../../generator/diagram/installation.ts';
import { installationPicture } from '../../generator/diagram/picture.ts';
import { looks } from '../../generator/diagram/style.ts';
import type { Values } from '../../generator/values/maps.ts';
import { cases, twins } from '../chart/cases.ts';
import { apart } from '../svg/read-svg.ts';
import { type Picture, readPicture } from './read-picture.ts';

const test = suite('diagram: picture');

const long = (name: string) => `${name}-${'x'.repeat(62 - name.length)}`;
/** Names as long as Kubernetes allows, and more of all than there is room for. */
const crowded: Values = merged({
  mesh: {
    namespace: long('mesh'),
    members: ['a', 'b', 'c', 'd', 'e'].map(long),
    controlPlane: { excludedInboundPorts: Array.from({ length: 40 }, (_, n) => 20000 + n) },
  },
  gateway: { tls: { secretName: long('secret') } },
  isolation: { enabled: true },
  kafka: {
    enabled: true,
    bootstrapServers: Array.from({ length: 9 }, (_, n) => `${long(`b${n}`)}.example.com:30000`),
    listeners: Array.from({ length: 12 }, (_, n) => ({ name: long(`l${n}`), port: 30000 + n })),
    consumerNamespaces: [long('a')],
  },
});
const subjects: readonly (readonly [name: string, values: Values])[] = [
  ...[...cases, ...twins].map(({ name, values }) => [name, values] as const),
  ...examples.map(({ name, values }) => [`example ${name}`, merged(values)] as const),
  ['crowded', crowded],
  ['crowded, on v3', { ...crowded, mesh: { ...(crowded.mesh as Values), generation: 'v3' } }],
];
const drawn = new Map(
  subjects.map(([name, values]) => {
    const installation = installationOf(values);
    return [name, { installation, picture: readPicture(installationPicture(installation, name, 'x')) }];
  }),
);

const joined = (words: readonly string[]) => words.join('').replaceAll(' ', '');
/** What a reader must find for an edge: ends, look, and words. Names are parted where a box is narrow. */
function isDrawn({ namespaces }: Installation, { arrows }: Picture, edge: Edge): boolean {
  const name = (end: string) => joined(namespaces.find(({ key }) => key === end)?.title.slice(0, 2) ?? [end]);
  return arrows.some(
    ({ from, to, look, label }) =>
      from.some(box => joined([box]).startsWith(name(edge.from))) &&
      to.some(box => joined([box]).startsWith(name(edge.to))) &&
      look === looks[edge.protection][0] &&
      joined([label]).startsWith(joined([edge.protection, edge.ports.join(', ')])),
  );
}

for (const [name, { installation, picture }] of drawn)
  test(`${name}: each call is an arrow, and each arrow a call`, () => {
    assert.ok(installation.edges.length > 0);
    assert.is(picture.arrows.length, installation.edges.length);
    const missing = installation.edges.filter(edge => !isDrawn(installation, picture, edge));
    assert.equal(missing, []);
    for (const { name: party, inMesh } of installation.parties) {
      const box = picture.boxes.find(b => b.kind === 'party' && joined(b.words).startsWith(joined([party])));
      assert.is(box?.inMesh, inMesh, party);
    }
  });

test('each line that is used is in the legend', () => {
  for (const { installation, picture } of drawn.values())
    for (const { protection } of installation.edges)
      assert.ok(
        picture.words.some(words => words.startsWith(`${protection}: `)),
        protection,
      );
});

for (const [name, { picture }] of drawn)
  test(`${name}: no words touch words, a line or a border, and all stand in the picture`, () => {
    const { width, height, texts, arrows, boxes } = picture;
    assert.ok(texts.length > 10);
    for (const [index, one] of texts.entries()) {
      assert.ok(one.left >= 0 && one.right <= width && one.top >= 0 && one.bottom <= height, one.what);
      for (const other of texts.slice(index + 1)) assert.ok(apart(one, other), `${one.what} and ${other.what}`);
      for (const { line } of arrows) assert.ok(apart(one, line), `${one.what} and the line of ${line.what}`);
      for (const box of boxes) {
        const inside = one.left >= box.left && one.right <= box.right && one.top >= box.top && one.bottom <= box.bottom;
        assert.ok(inside || apart(one, box), `${one.what} and the border of ${box.what}`);
      }
    }
  });

for (const [name, { picture }] of drawn)
  test(`${name}: no box touches another but its own namespace, and no line crosses a box or a line`, () => {
    const { boxes, arrows } = picture;
    for (const [index, one] of boxes.entries())
      for (const other of boxes.slice(index + 1)) {
        const inside =
          one.kind === 'namespace' &&
          other.kind === 'party' &&
          other.left > one.left &&
          other.right < one.right &&
          other.top > one.top &&
          other.bottom < one.bottom;
        assert.ok(inside || apart(one, other), `${one.what} and ${other.what}`);
      }
    for (const [index, { line, from, to }] of arrows.entries()) {
      for (const box of boxes.filter(
        ({ kind, what }) => kind === 'party' && !from.includes(what) && !to.includes(what),
      ))
        assert.ok(apart(line, box), `${line.what} and ${box.what}`);
      for (const other of arrows.slice(index + 1))
        assert.ok(apart(line, other.line), `${line.what}, ${other.line.what}`);
    }
  });

test('protections differ by their lines, and not only by their colours', () => {
  const [svg] = installationPictures().map(picture => picture.svg);
  const lineOf = (name: string) => {
    const rules = [...svg!.split('@media')[0]!.matchAll(/([^{}]+)\{([^{}]*)\}/g)];
    const own = rules.filter(([, selectors]) => selectors!.split(',').some(one => one.trim() === `.${name}`));
    const said = own.map(([, , body]) => body!.replaceAll(/(stroke|fill): #[0-9a-f]+;?/g, '').trim()).join(' ');
    // A refused call ends in a cross.
    return name === 'refused' ? `cross ${said}` : said;
  };
  const names = Object.values(looks).map(([name]) => name);
  assert.is(new Set(names.map(lineOf)).size, names.length);
});

test('the same values give the same bytes, whatever the order of their keys', () => {
  const turned = (value: unknown): unknown =>
    typeof value !== 'object' || value === null || Array.isArray(value)
      ? value
      : Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([key, item]) => [key, turned(item)]),
        );
  for (const [name, values] of subjects.filter(([title]) => /example|crowded/.test(title))) {
    const pictureOf = (of: Values) => installationPicture(installationOf(of), name, 'x');
    assert.is(pictureOf(turned(values) as Values), pictureOf(values));
  }
});

test('the pictures of the documentation differ, and need nothing from elsewhere', () => {
  const pictures = installationPictures();
  assert.ok(pictures.length >= 4);
  const bodies = pictures.map(({ svg, title }) => svg.replaceAll(title, ''));
  assert.is(new Set(bodies).size, pictures.length);
  for (const { svg, title } of pictures) {
    assert.match(svg, /^<svg [^>]*role="img" aria-labelledby="title desc">\n<title id="title">/);
    assert.ok(svg.includes(`<title id="title">${title}</title>`));
    assert.match(svg, /<desc id="desc">[^<]*installation\.md[^<]*<\/desc>/);
    assert.match(svg, '@media (prefers-color-scheme: dark)');
    assert.not.match(svg, /<script|href|url\(|@import|on\w+=/);
  }
});

test.run();
