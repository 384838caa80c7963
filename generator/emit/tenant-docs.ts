/** What the documentation of the chart serverless-mesh-tenant takes from the model: pictures, tables, figures. */
import { exampleOf } from '../callers/example.ts';
import { matrixOf } from '../callers/matrix.ts';
import { pictureOf } from '../callers/svg.ts';
import { tableOf } from '../callers/table.ts';
import { mostByList, mostByPrefix } from '../model/serverless-mesh-tenant/rules.ts';
import { namespacesPerPolicy } from '../model/serverless-mesh-tenant/values.ts';
import { docsFolder } from './frames.ts';
import { table } from './markdown.ts';

export const pictures = {
  v2: `${docsFolder}callers-service-mesh-2.svg`,
  v3: `${docsFolder}callers-service-mesh-3.svg`,
} as const;
export const movingPage = `${docsFolder}moving-from-redhat-knative-istio-authz.md`;

/** Data for the frames README.md.hbs and moving.md.hbs. `frame` reads a file of chart-templates/. */
export const tenantDocsData = (frame: (path: string) => string) => ({
  pictures,
  movingPage,
  callersTable: tableOf([exampleOf('v2'), exampleOf('v3')]),
  namespacesPerPolicy,
  limitsTable: limitsTable(),
  reservePrefix: frame('serverless-mesh-tenant/reserve-prefix.yaml').trimEnd(),
});

/** The pictures, by path in the chart. */
export const tenantPictures = (): readonly (readonly [path: string, text: string])[] =>
  (['v2', 'v3'] as const).map(generation => [pictures[generation], pictureOf(matrixOf(exampleOf(generation)))]);

const limitsTable = () =>
  table(
    ['Characters of each name', 'Namespaces at most', 'With a prefix'],
    [12, 20, 63].map(length => [length, mostByList(length), mostByPrefix(length)].map(String)),
  );
