/**
 * Chart.yaml as it is published: with what a publisher knows, and what is said to Artifact Hub at packaging. The checks of
 * the gates take any Chart.yaml; this one has every field that `publisher.yaml` can fill, with addresses of example.com.
 */
import { dump } from 'js-yaml';
import type { Publisher } from '../../generator/publisher/publisher.ts';
import { type Metadata, type Subject, textOf } from './subject.ts';
import { withMetadata } from './violations.ts';

const publisher = {
  home: 'https://example.com/serverless-mesh',
  sources: ['https://git.example.com/serverless-mesh'],
  maintainers: [{ name: 'Platform Team', email: 'platform@example.com', url: 'https://example.com/platform' }],
  icon: 'https://example.com/serverless-mesh/icon.svg',
  license: 'Apache-2.0',
  provider: 'Example',
  support: 'https://example.com/support',
  signKey: { url: 'https://example.com/key.asc', fingerprint: '0123456789ABCDEF0123456789ABCDEF01234567' },
} satisfies Publisher;

const yaml = (value: unknown) => dump(value, { lineWidth: -1, noRefs: true });

export const published = (s: Subject): Subject =>
  withMetadata(({ annotations, ...fields }): Metadata => {
    const { home, sources, maintainers, icon } = publisher;
    return { ...fields, home, sources, maintainers, icon, annotations: { ...annotations, ...hubAnnotations(s) } };
  })(s);

function hubAnnotations(s: Subject): Record<string, string> {
  const images = [...new Set([...textOf(s, 'values.yaml').matchAll(/^ *\w*[iI]mage: (\S+:\S+)$/gm)].map(m => m[1]!))];
  return {
    'artifacthub.io/category': 'networking',
    'artifacthub.io/license': publisher.license,
    'artifacthub.io/links': yaml([{ name: 'support', url: publisher.support }]),
    'artifacthub.io/changes': yaml([{ kind: 'added', description: 'The chart' }]),
    'artifacthub.io/signKey': yaml(publisher.signKey),
    'artifacthub.io/screenshots': yaml([{ title: 'What it installs', url: `${publisher.home}/installation.svg` }]),
    'artifacthub.io/recommendations': yaml([{ url: 'https://artifacthub.io/packages/helm/cert-manager/cert-manager' }]),
    'charts.openshift.io/provider': publisher.provider,
    'charts.openshift.io/supportURL': publisher.support,
    ...(images.length > 0
      ? { 'artifacthub.io/images': yaml(images.map(image => ({ name: image.replace(/^.*\/|:.*$/g, ''), image }))) }
      : {}),
  };
}
