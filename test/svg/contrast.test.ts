/** Every colour of our pictures can be told from what is behind it, on a light page and on a dark one: WCAG 2.2, AA. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { exampleOf } from '../../generator/callers/example.ts';
import { matrixOf } from '../../generator/callers/matrix.ts';
import { pictureOf } from '../../generator/callers/svg.ts';
import { installationPictures } from '../../generator/diagram/index.ts';
import { looks } from '../../generator/diagram/style.ts';

const test = suite('svg: contrast');

type Property = 'fill' | 'stroke';
type Colours = ReadonlyMap<string, Readonly<Partial<Record<Property, string>>>>;

/** Colours by selector. Later rules win, as they do in CSS. */
function coloursOf(css: string): Map<string, Partial<Record<Property, string>>> {
  const found = new Map<string, Partial<Record<Property, string>>>();
  for (const [, selectors, body] of css.matchAll(/([^{}]+)\{([^{}]*)\}/g))
    for (const selector of selectors!.split(',').map(one => one.trim()))
      for (const [, property, colour] of body!.matchAll(/(?<![\w-])(fill|stroke): (#[0-9a-f]{6})/g))
        found.set(selector, { ...found.get(selector), [property!]: colour });
  return found;
}

function themesOf(svg: string): readonly (readonly [theme: string, colours: Colours])[] {
  const [, style] = /<style>([\s\S]*)<\/style>/.exec(svg)!;
  const [light, dark] = style!.split('@media (prefers-color-scheme: dark) {') as [string, string];
  const [onLight, onDark] = [coloursOf(light), coloursOf(light)];
  for (const [selector, colours] of coloursOf(dark)) onDark.set(selector, { ...onDark.get(selector), ...colours });
  return [
    ['light', onLight],
    ['dark', onDark],
  ];
}

const luminance = (colour: string) =>
  [0.2126, 0.7152, 0.0722].reduce((sum, weight, n) => {
    const part = Number.parseInt(colour.slice(1 + 2 * n, 3 + 2 * n), 16) / 255;
    return sum + weight * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  }, 0);
function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** 4.5 for words, 3 for lines and shapes. */
type Row = readonly [selector: string, property: Property, behind: readonly string[], least: number];
const boxes = ['.ground', '.namespace', '.party'];
const protections = Object.values(looks).map(([name]) => name);
const installations: readonly Row[] = [
  ['text', 'fill', boxes, 4.5],
  ['.detail', 'fill', boxes, 4.5],
  ['.namespace', 'stroke', ['.ground'], 3],
  ['.party', 'stroke', ['.ground', '.namespace'], 3],
  ['.mesh', 'fill', boxes, 3],
  ...protections.map((name): Row => [`.${name}`, 'stroke', boxes, 3]),
  ...protections.filter(name => name !== 'refused').map((name): Row => [`.head.${name}`, 'fill', boxes, 3]),
];
const callers: readonly Row[] = [
  ['text', 'fill', ['.ground', '.none', '.some', '.open'], 4.5],
  ['.detail', 'fill', ['.ground'], 4.5],
  ['.on-all', 'fill', ['.all'], 4.5],
];

for (const [what, svg, rows] of [
  ['installation', installationPictures()[0]!.svg, installations],
  ['callers', pictureOf(matrixOf(exampleOf('v2'))), callers],
] as const)
  for (const [theme, colours] of themesOf(svg))
    for (const [selector, property, behind, least] of rows)
      test(`${what}, ${theme}: ${property} of ${selector}`, () => {
        for (const ground of behind) {
          const [own, other] = [colours.get(selector)?.[property], colours.get(ground)?.fill];
          assert.ok(own !== undefined && other !== undefined, `${selector} on ${ground} has no colour`);
          const ratio = contrast(own, other);
          assert.ok(ratio >= least, `${own} on ${ground} ${other}: ${ratio.toFixed(2)}`);
        }
      });

test('the formula of WCAG', () => {
  assert.is(contrast('#000000', '#ffffff'), 21);
  assert.is(contrast('#777777', '#ffffff').toFixed(2), '4.48');
});

test.run();
