/** What an environment needs, in words. */
import { redHatCatalogImage } from '../model/facts/operators.ts';
import { serverlessMesh } from '../model/serverless-mesh/index.ts';
import type { ChartPackage } from './chart-packages.ts';
import type { FoundImage } from './found.ts';
import type { Needs } from './needs.ts';
import type { OperatorPackage } from './operators.ts';
import { mirrored } from './reference.ts';

export interface About {
  readonly charts: readonly ChartPackage[];
  readonly catalog: string | undefined;
  readonly mirror: string | undefined;
}

export const needsText = (needs: Needs, about: About): string =>
  [
    `Environment ${needs.environment}`,
    ...part(
      'Images',
      needs.images.flatMap(image => imageLines(image, about.mirror)),
    ),
    ...part('No image to mirror', needs.injected.flatMap(injectedLines)),
    ...part(
      'Operators, whose images are in their bundles; oc-mirror copies them with the packages (-o imageset)',
      needs.operators.flatMap(operator => operatorLines(operator, about.catalog)),
    ),
    ...part('Charts', about.charts.flatMap(chartLines)),
    ...part(
      'Not in this list',
      needs.mayNeed.map(note => `  ${note}`),
    ),
    '',
  ].join('\n');

const part = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `${title}:`, ...lines];

const imageLines = ({ image, chart, values, usedBy }: FoundImage, mirror: string | undefined): string[] => [
  `  ${image}`,
  ...(mirror === undefined ? [] : [`    on the mirror: ${mirrored(image, mirror)}`]),
  `    value: ${values.join(', ')}${chart === serverlessMesh.name ? '' : ` of ${chart}`}`,
  ...usedBy.map(use => `    used by: ${use}`),
];

const injectedLines = ({ image, usedBy }: FoundImage): string[] => [
  `  ${image}: Istio puts the image of its proxy in its place, which comes with the operator of Service Mesh`,
  ...usedBy.map(use => `    used by: ${use}`),
];

const operatorLines = (
  { name, channel, catalogSource, minVersion, why }: OperatorPackage,
  catalog = `${redHatCatalogImage}:v4.x, with the version of the cluster`,
): string[] => [
  `  ${name}, channel ${channel}${minVersion === undefined ? '' : `, from version ${minVersion}`}`,
  `    catalog: ${catalogSource} (${catalog})`,
  `    needed for: ${why}`,
];

const chartLines = ({ name, version, repository, file, why }: ChartPackage): string[] => [
  `  ${name} ${version}`,
  `    from: ${repository ?? file}`,
  `    needed for: ${why}`,
];

/** The same for a program; of each image also where the mirror has it. */
export function needsJson(all: readonly Needs[], { charts, catalog, mirror }: About): string {
  const environments = all.map(({ images, ...rest }) => ({
    ...rest,
    images: images.map(image => ({
      ...image,
      ...(mirror === undefined ? {} : { mirror: mirrored(image.image, mirror) }),
    })),
  }));
  const packages = charts.map(({ rendersAlone: _, ...chart }) => chart);
  return `${JSON.stringify({ ...(catalog === undefined ? {} : { catalog }), environments, charts: packages }, null, 2)}\n`;
}
