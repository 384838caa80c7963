/** How a cluster gets the images from a mirror: other values, or a rewrite on the nodes. */
import type { Chart } from '../model/chart.ts';
import { serverlessMesh } from '../model/serverless-mesh/index.ts';
import { mapYaml } from '../render/manifests.ts';
import type { Values } from '../values/maps.ts';
import { mergeValues } from '../values/merge.ts';
import { type Needs, toMirror } from './needs.ts';
import { mirrored, parseReference } from './reference.ts';

/** Values that name the images on the mirror, to be merged on top of those of the environment; empty where nothing changes. */
export const mirrorValues = ({ images }: Needs, mirror: string): Values =>
  images
    .filter(({ image, chart }) => chart === serverlessMesh.name && mirrored(image, mirror) !== image)
    .flatMap(({ image, values }) => values.map(path => valueAt(path, mirrored(image, mirror))))
    .reduce<Values>((all, one) => mergeValues(all, one), {});

const valueAt = (path: string, value: string): Values =>
  path.split('.').reduceRight<unknown>((below, key) => ({ [key]: below }), value) as Values;

/** As a values file, with how to use it. */
export function mirrorValuesText(chart: Chart, needs: Needs, mirror: string): string {
  const values = mirrorValues(needs, mirror);
  const head = `# Images of environment ${needs.environment} on ${mirror}: one more values file, after the others (-f), of the chart ${chart.name}.\n`;
  return `${head}${Object.keys(values).length === 0 ? '{}\n' : mapYaml(values)}`;
}

/** The same name in each kind: one pair in a cluster. */
const name = 'serverless-mesh';

/**
 * The nodes pull from the mirror, and the values stay as they are: ImageTagMirrorSet and ImageDigestMirrorSet of
 * config.openshift.io/v1, since OpenShift 4.13. One row for each repository.
 * Fields: github.com/openshift/api config/v1/types_image_tag_mirror_set.go, types_image_digest_mirror_set.go.
 */
export function mirrorSets(all: readonly Needs[], mirror: string): object[] {
  const images = toMirror(all, mirror).map(parseReference);
  const rows = (wanted: typeof images) =>
    [...new Set(wanted.map(({ registry, repository }) => `${registry}/${repository}`))].map(source => ({
      source,
      mirrors: [mirrored(source, mirror)],
    }));
  const byTag = rows(images.filter(({ digest }) => digest === undefined));
  const byDigest = rows(images.filter(({ digest }) => digest !== undefined));
  const set = (kind: string, spec: object) => ({
    apiVersion: 'config.openshift.io/v1',
    kind,
    metadata: { name },
    spec,
  });
  return [
    ...(byTag.length === 0 ? [] : [set('ImageTagMirrorSet', { imageTagMirrors: byTag })]),
    ...(byDigest.length === 0 ? [] : [set('ImageDigestMirrorSet', { imageDigestMirrors: byDigest })]),
  ];
}

export function mirrorSetsText(all: readonly Needs[], mirror: string): string {
  const head = [
    '# The nodes pull these images from the mirror; the values stay as they are. Needs OpenShift 4.13 or later.',
    '# For the operators and their images, apply also what oc-mirror writes to working-dir/cluster-resources.',
    ...skippedRegistries(all, mirror).map(
      // github.com/knative/serving config/core/configmaps/deployment.yaml; the controller asks the registry, and no node.
      registries =>
        `# Knative looks up the tags of its Services past the nodes. Pin their images by digest, or add to the values:\n#   serving: {config: {deployment: {registries-skipping-tag-resolving: "${registries}"}}}`,
    ),
  ];
  const documents = mirrorSets(all, mirror).map(object => `---\n${mapYaml(object)}`);
  return `${head.join('\n')}\n${documents.join('')}`;
}

/** Registries whose images a Knative Service names by tag, with a comma between them; none or one text. */
function skippedRegistries(all: readonly Needs[], mirror: string): string[] {
  const byTag = toMirror(all, mirror)
    .filter(image => all.some(n => n.images.some(i => i.image === image && i.usedBy.some(isKnative))))
    .map(parseReference)
    .filter(({ digest }) => digest === undefined);
  const registries = [...new Set(byTag.map(({ registry }) => registry))];
  return registries.length === 0 ? [] : [registries.join(',')];
}

const isKnative = (use: string) => use.startsWith('Knative ');
