/** The page of a repository with the project's own charts, as the tests see it. */
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { exampleOf } from '../../generator/callers/example.ts';
import { matrixOf } from '../../generator/callers/matrix.ts';
import { pictureOf } from '../../generator/callers/svg.ts';
import { charts } from '../../generator/charts.ts';
import { sha256 } from '../../generator/output/sums.ts';
import type { PageChart, PageData, PageVersion } from '../../generator/page/index.ts';

type Some = Partial<Omit<PageVersion, 'schema'>> & { readonly version: string; readonly schema?: object };

/** A version of a chart in charts/, with what `change` says. */
export function versionOf(chart: string, change: Some): PageVersion {
  const read = (file: string) => readFileSync(`charts/${chart}/${file}`, 'utf8');
  const { appVersion, kubeVersion, description } = load(read('Chart.yaml')) as Record<string, string>;
  return {
    ...{ appVersion: appVersion!, kubeVersion: kubeVersion!, description: description! },
    created: '2026-01-31T10:00:00Z',
    digest: sha256(new TextEncoder().encode(chart + change.version)),
    file: `${chart}-${change.version}.tgz`,
    signed: true,
    values: read('values.yaml'),
    schema: JSON.parse(read('values.schema.json')) as object,
    ...change,
  };
}

const changes = '- kind: added\n  description: "A first value"\n- Further words\n';

/** serverless-mesh has four versions, of which the oldest lacks the section kafka; the others have one. */
export function exampleCharts(): PageChart[] {
  return charts.map(({ name }) => ({
    name,
    versions: name === 'serverless-mesh' ? mesh() : [versionOf(name, { version: '0.1.0' })],
  }));
}

function mesh(): PageVersion[] {
  const name = 'serverless-mesh';
  const old = versionOf(name, { version: '0.0.9' });
  const { kafka, ...properties } = (old.schema as { properties: Record<string, object> }).properties;
  const values = old.values!.replace(/\n# kafka --[\s\S]*?\n(?=# isolation --)/, '\n');
  return [
    versionOf(name, { version: '0.2.0-rc.1', signed: false }),
    versionOf(name, { version: '0.1.0', annotations: { 'artifacthub.io/changes': changes } }),
    { ...old, version: '0.0.9', values, schema: { ...old.schema, properties } },
    versionOf(name, { version: '0.0.8', deprecated: true, signed: false, created: '2025-12-01T00:00:00Z' }),
  ];
}

export const examplePage = (): PageData => ({
  title: 'Example charts',
  address: 'https://charts.example.com',
  signKey: {
    url: 'https://charts.example.com/key.asc',
    fingerprint: '0123456789ABCDEF0123456789ABCDEF01234567',
  },
  charts: exampleCharts(),
  pictures: [{ title: 'Who may call whom', svg: pictureOf(matrixOf(exampleOf('v2'))) }],
});
