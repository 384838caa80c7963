/** What is in a package and what it runs, as CycloneDX 1.6 in JSON: https://cyclonedx.org/docs/1.6/json/. */
import { createHash } from 'node:crypto';
import { defaults } from '../emit/fields.ts';
import { imagesOf } from '../emit/images.ts';
import type { Schema } from '../gotmpl/expr.ts';
import type { Chart } from '../model/chart.ts';
import { mesh2Package, mesh3Package, serverlessPackage } from '../model/facts/operators.ts';
import { serverlessMeshOperators } from '../model/serverless-mesh-operators/index.ts';
import { sha256 } from '../output/sums.ts';
import type { Publisher } from '../publisher/publisher.ts';
import type { Archive } from './archive.ts';

export interface SbomOptions {
  readonly publisher: Publisher;
  /** RFC 3339. */
  readonly created: string;
}

/** The chart, the images that it runs by default, and the operators that must be there. */
export function sbom(chart: Chart, archive: Archive, { publisher, created }: SbomOptions): string {
  const components = [...imagesOf(chart).map(({ image }) => container(image)), ...operators(chart)];
  const self = component(chart, archive, publisher);
  const bom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { timestamp: created, component: self },
    components,
    dependencies: [{ ref: self['bom-ref'], dependsOn: components.map(c => c['bom-ref']) }],
  };
  const { $schema, bomFormat, specVersion, ...rest } = bom;
  const serialNumber = `urn:uuid:${uuid(JSON.stringify(bom))}`;
  return `${JSON.stringify({ $schema, bomFormat, specVersion, serialNumber, ...rest }, null, 2)}\n`;
}

function component({ name, version, description }: Chart, { fileName, data }: Archive, publisher: Publisher) {
  const { provider, license } = publisher;
  const references = [
    ...(publisher.home === undefined ? [] : [{ type: 'website', url: publisher.home }]),
    ...(publisher.sources ?? []).map(url => ({ type: 'vcs', url })),
    ...(publisher.support === undefined ? [] : [{ type: 'support', url: publisher.support }]),
  ];
  return {
    type: 'application',
    'bom-ref': fileName,
    ...(provider === undefined ? {} : { supplier: { name: provider } }),
    name,
    version,
    description,
    hashes: [{ alg: 'SHA-256', content: sha256(data) }],
    // As an expression, which may be an identifier that the schema's list does not have yet.
    ...(license === undefined ? {} : { licenses: [{ expression: license }] }),
    ...(references.length === 0 ? {} : { externalReferences: references }),
  };
}

/** `registry/path/name:tag`. A package URL of the type oci would need the digest, which the values leave to the tag. */
function container(image: string) {
  const [, registry = '', path = '', name = '', tag = ''] =
    /^([^/]+)\/(?:(.+)\/)?([^/:@]+)(?:[:@](.+))?$/.exec(image) ?? [];
  const folder = path === '' ? '' : `${path}/`;
  const purl = `pkg:docker/${folder}${name}@${encodeURIComponent(tag)}?repository_url=${encodeURIComponent(registry)}`;
  return { type: 'container', 'bom-ref': purl, name: `${registry}/${folder}${name}`, version: tag, purl };
}

/** Packages of OLM's catalog redhat-operators. Which release of the mesh operator, the chart leaves to its channel. */
function operators(chart: Chart) {
  const { mesh } = defaults(chart.values as Schema) as { mesh: { generation: string } };
  const meshPackage = mesh.generation === 'v3' ? mesh3Package : mesh2Package;
  return [{ name: serverlessPackage, version: chart.appVersion }, { name: meshPackage }].map(operator => ({
    type: 'application',
    'bom-ref': operator.name,
    supplier: { name: 'Red Hat' },
    ...operator,
    description:
      chart.name === serverlessMeshOperators.name
        ? 'Operator to which the chart subscribes; OLM installs it.'
        : 'Operator that must be installed; the package does not contain it.',
    scope: 'excluded',
  }));
}

/** Version 8 of RFC 9562, section 5.8: from the content alone, so that the same package has the same number. */
function uuid(content: string): string {
  const bytes = createHash('sha256').update(content).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
