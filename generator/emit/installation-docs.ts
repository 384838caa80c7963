/** The documentation of what the chart serverless-mesh installs: pictures, and the same in words. */
import { examples, installationOfExample, installationPictures } from '../diagram/index.ts';
import { edgesTable } from '../diagram/table.ts';
import { mapYaml } from '../render/manifests.ts';
import { docsFolder, fill } from './frames.ts';

export const installationPage = `${docsFolder}installation.md`;
const pictureOf = (name: string) => `installation-${name}.svg`;
/** The picture that the README of the project shows. */
export const installationPicture = `${docsFolder}${pictureOf(examples[0]!.name)}`;

const isDefault = (values: object) => Object.keys(values).length === 0;

/** The page and its pictures, by path in the chart. `frame` reads a file of chart-templates/. */
export function installationDocs(frame: (path: string) => string): readonly (readonly [path: string, text: string])[] {
  const all = examples.map(example => {
    const installation = installationOfExample(example);
    return {
      title: example.title,
      picture: pictureOf(example.name),
      facts: installation.facts.map(fact => `- ${fact}`).join('\n'),
      values: isDefault(example.values) ? '' : `\n\`\`\`yaml\n${mapYaml(example.values)}\`\`\`\n`,
      table: edgesTable(installation),
    };
  });
  return [
    [installationPage, fill(frame('serverless-mesh/installation.md.hbs'), { installations: all })],
    ...installationPictures().map(({ name, svg }) => [`${docsFolder}${pictureOf(name)}`, svg] as const),
  ];
}
