/** The form of publisher.yaml: everything may be left out, nothing else may stand there. */
import { type Static, type TSchema, Type } from 'typebox';
import type { ValuesSchema } from '../values/schema-path.ts';

const label = '[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?';
const host = `${label}(\\.${label})*`;
const rest = '(:[0-9]{1,5})?(/[!-~]*)?';

interface Form {
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly hint: string;
}

/** A text: what it means, and its form with a hint that follows "write". */
const text = (description: string, form: Form) =>
  Type.String({ title: description, description, minLength: 1, maxLength: 512, ...form });
const list = <I extends TSchema>(items: I, description: string) =>
  Type.Array(items, { title: description, description, minItems: 1, maxItems: 50, uniqueItems: true });
const part = <P extends Record<string, TSchema>>(
  properties: P,
  words: { description: string; [key: string]: string },
) => Type.Object(properties, { title: words.description, ...words, additionalProperties: false });

const address: Form = {
  pattern: `^https?://${host}${rest}$`,
  hint: 'an address without spaces, such as https://example.com/charts',
};
const line: Form = { pattern: '^[^\\s\\p{Cc}]([^\\p{Cc}]*[^\\s\\p{Cc}])?$', maxLength: 100, hint: 'one line of text' };
const email: Form = {
  pattern: `^[A-Za-z0-9._%+-]+@${label}(\\.${label})+$`,
  maxLength: 254,
  hint: 'an email address, such as charts@example.com',
};
// SPDX license identifiers: https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/, "idstring".
const spdx: Form = {
  pattern: '^[A-Za-z0-9][-A-Za-z0-9.]*[+]?$',
  maxLength: 64,
  hint: 'one SPDX identifier, such as Apache-2.0',
};
const repositoryID: Form = {
  pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
  hint: 'the ID that Artifact Hub shows, such as 01234567-89ab-4cde-8f01-23456789abcd',
};
const { Optional } = Type;

export const publisherSchema = part(
  {
    home: Optional(text('Home page of the charts.', address)),
    sources: Optional(list(text('Address of a source.', address), 'Addresses of the source.')),
    maintainers: Optional(
      list(
        part(
          {
            name: text('Name, or account at the forge, which chart-testing looks for.', line),
            email: Optional(text('Email address.', email)),
            url: Optional(text('Home page of the maintainer.', address)),
            displayName: Optional(text('Name that Artifact Hub shows; needs `email`.', line)),
          },
          { description: 'Who maintains the charts.' },
        ),
        'Who maintains the charts.',
      ),
    ),
    icon: Optional(text('Address of a picture, SVG or PNG.', address)),
    license: Optional(text('SPDX identifier of the license.', spdx)),
    licenseFile: Optional(
      text('Text of the license, a path from the folder of this file; it becomes `LICENSE` in each package.', {
        hint: 'the path of a file',
      }),
    ),
    provider: Optional(text('Name of the company, as the OpenShift console shows it.', line)),
    support: Optional(text('Page on which users get help.', address)),
    screenshots: Optional(
      list(
        part(
          { title: text('What the picture shows.', line), url: text('Address of the picture.', address) },
          { description: 'A picture.' },
        ),
        'Pictures that Artifact Hub shows.',
      ),
    ),
    signKey: Optional(
      part(
        {
          url: text('Address of the public key.', address),
          fingerprint: Optional(
            text('Its fingerprint; packaging refuses to sign with another key.', {
              pattern: '^[0-9A-Fa-f]{40}$',
              hint: 'the 40 hexadecimal digits of the fingerprint, without spaces, in quotes',
            }),
          ),
        },
        { description: 'The key that signs.' },
      ),
    ),
    repository: Optional(
      text('Address of the repository, for install commands.', {
        pattern: `^(https?|oci)://${host}${rest}$`,
        hint: 'an address such as https://charts.example.com or oci://registry.example.com/charts',
      }),
    ),
    artifactHub: Optional(
      part(
        {
          repositoryID: Optional(text('Which Artifact Hub gave the repository in a folder.', repositoryID)),
          ociRepositories: Optional(
            list(
              part(
                {
                  chart: text('Name of the chart.', { pattern: `^${label}$`, hint: 'the name of a chart' }),
                  repositoryID: text(
                    'Which Artifact Hub gave the repository of the chart in a registry.',
                    repositoryID,
                  ),
                },
                { description: 'A chart in an OCI registry.' },
              ),
              'Charts in an OCI registry: each is a repository of its own at Artifact Hub.',
            ),
          ),
          name: Optional(
            text('Name of the repository there; then each chart recommends the others.', {
              pattern: '^[a-z][a-z0-9-]*$',
              maxLength: 64,
              hint: 'lower-case letters, digits and -',
            }),
          ),
          owners: Optional(
            list(
              part(
                { name: text('Name.', line), email: text('Email address at Artifact Hub.', email) },
                { description: 'An owner.' },
              ),
              'Who may claim the repository.',
            ),
          ),
        },
        { description: 'Artifact Hub.' },
      ),
    ),
  },
  { description: 'What only a publisher knows.', unknown: 'is nothing that a publisher.yaml has' },
);

export type PublisherFile = Static<typeof publisherSchema>;

/** As the readers of values take it. */
export const publisherForm = publisherSchema as unknown as ValuesSchema;
