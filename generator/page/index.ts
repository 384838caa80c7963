/** index.html of a repository: one file that needs nothing else, neither network nor server. */
import { createHash } from 'node:crypto';
import { fillHtml } from '../emit/frames.ts';
import { chartView } from './chart-view.ts';
import { addCommands, keyCommands, type Place, unknownAddress } from './commands.ts';
import { pageFrames } from './frames.ts';
import type { PageData } from './page-data.ts';
import { Rows } from './rows.ts';
import { oneLine, webAddress } from './safe.ts';

export type { PageChart, PageData, PageVersion } from './page-data.ts';

/**
 * The page as HTML. Pure: same data, same bytes. Everything in `data` is escaped, and addresses that are neither on the
 * web nor below the page are left out; a Content-Security-Policy allows only the page's own script and styles.
 */
export function repositoryPage(data: PageData): string {
  const frames = pageFrames();
  const place = placeOf(data);
  const rows = new Rows();
  const charts = data.charts.map(chart => chartView(chart, place, rows)).filter(chart => chart !== undefined);
  const { style, noScriptStyle, script } = frames;
  return fillHtml(frames.page, frames.parts, {
    title: oneLine(data.title),
    ...place,
    unknownAddress,
    policy: policyOf(style, noScriptStyle, script),
    style,
    noScriptStyle,
    script,
    ...headOf(data, place),
    charts,
    contents: charts.length > 1 ? charts : [],
    pictures: (data.pictures ?? []).map(pictureOf),
    rest: rows.rest(),
    // Numbers only.
    lists: JSON.stringify(rows.lists()),
  });
}

function headOf({ signKey, charts }: PageData, place: Place) {
  return {
    addCommands: addCommands(place),
    keyCommands: keyCommands(signKey, place),
    fingerprint: oneLine(signKey?.fingerprint),
    signed: charts.some(chart => chart.versions.some(version => version.signed)),
  };
}

function placeOf({ title, address }: PageData): Place {
  const given = oneLine(address).trim().replace(/\/+$/, '');
  const oci = /^oci:\/\/[^\s/]/i.test(given);
  const name =
    oneLine(title)
      .toLowerCase()
      .match(/[a-z0-9]+/g)
      ?.join('-') ?? 'charts';
  return { repository: name, oci, address: oci ? given : webAddress(given).replace(/\/+$/, '') };
}

/**
 * As an image, not as elements: a script in it never runs, its styles stay its own, and it may have styles, which the
 * page's policy forbids in the page itself.
 */
const pictureOf = ({ title, svg }: { readonly title: string; readonly svg: string }) => ({
  title: oneLine(title),
  source: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`,
});

function policyOf(style: string, noScriptStyle: string, script: string): string {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return [
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(style)} ${hash(noScriptStyle)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
