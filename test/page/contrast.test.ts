import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const test = suite('page: contrast');

const text = readFileSync('chart-templates/page/colors.css', 'utf8');
const [light, dark] = text.split('@media').map(colorsOf);

function colorsOf(css: string): ReadonlyMap<string, string> {
  return new Map([...css.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, color]) => [name!, color!]));
}

/** Relative luminance, from 0 to 1: https://www.w3.org/TR/WCAG21/#dfn-relative-luminance */
function luminance(color: string): number {
  const [r, g, b] = [1, 3, 5].map(at => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

/** From 1 to 21: https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio */
function contrast(a: string, b: string): number {
  const [more, less] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (more! + 0.05) / (less! + 0.05);
}

test('black on white', () => assert.is(contrast('#000000', '#ffffff'), 21));
test('a gray that is just not enough', () => assert.ok(contrast('#777777', '#ffffff') < 4.5));

/** WCAG 2.1 AA: 4.5 for text (1.4.3), 3 for edges of controls and the focus (1.4.11). */
const pairs: readonly [front: string, backs: readonly string[], least: number][] = [
  ['text', ['page', 'card', 'code'], 4.5],
  ['quiet', ['page', 'card', 'code'], 4.5],
  ['link', ['page', 'card', 'code'], 4.5],
  ['warn', ['card', 'code'], 4.5],
  ['bad', ['card'], 4.5],
  ['on-pressed', ['pressed'], 4.5],
  ['page', ['text'], 4.5],
  ['edge', ['card', 'code'], 3],
];
for (const [name, colors] of [
  ['light', light!],
  ['dark', dark!],
] as const)
  for (const [front, backs, least] of pairs)
    test(`${name}: ${front} on ${backs.join(', ')}`, () => {
      for (const back of backs) {
        const ratio = contrast(colors.get(front)!, colors.get(back)!);
        assert.ok(ratio >= least, `${back}: ${ratio.toFixed(2)}`);
      }
    });

test('each color is a pair of this test, or a line that means nothing by itself', () => {
  const known = new Set(['line', ...pairs.flatMap(([front, backs]) => [front, ...backs])]);
  assert.equal(
    [...light!.keys()].filter(name => !known.has(name)),
    [],
  );
  assert.equal([...dark!.keys()], [...light!.keys()]);
});

test.run();
