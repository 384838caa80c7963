/** Reading publisher.yaml. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { GeneratorError } from '../errors.ts';
import { type Finding, findingText } from '../findings.ts';
import { validatorOf } from '../values/compiled.ts';
import { nearest, pathText, type ValuePath } from '../values/path.ts';
import { schemaFindings } from '../values/schema-findings.ts';
import { expectedIn } from '../values/schema-path.ts';
import { type ReadFile, readValuesFile } from '../values/values-file.ts';
import type { Publisher } from './publisher.ts';
import { type PublisherFile, publisherForm } from './schema.ts';

/** Read when no other file is named, and there is one. */
export const publisherFile = 'publisher.yaml';

/** In an address that a registry or a forge gave with a token in it. */
const credentials = /:\/\/[^/?#]*@/;

/**
 * What the publisher says; nothing without a file. A path in it is from the current folder afterwards.
 *
 * Throws a usage error for a file that cannot be read, and else one line per finding: `file:line: path: what; what instead`.
 */
export function readPublisher(path?: string): Publisher {
  if (path === '') throw new GeneratorError('--publisher is empty; name a file.', 2);
  const file = path ?? publisherFile;
  if (path === undefined && !existsSync(file)) return {};
  const read = readValuesFile(file, new Set(), {
    expectedAt: expectedIn(publisherForm),
    example: 'home: https://example.com',
  });
  const findings = read.findings.length > 0 ? read.findings : checkPublisher(read);
  if (findings.length > 0) throw new GeneratorError(findings.map(findingText).join('\n'));
  const publisher: Publisher = read.values as PublisherFile;
  const { licenseFile } = publisher;
  return licenseFile === undefined ? publisher : { ...publisher, licenseFile: from(dirname(file), licenseFile) };
}

/** As a shell in `folder` takes a path. */
const from = (folder: string, path: string) => (isAbsolute(path) ? path : join(folder, path));

/** The text of the license that the publisher names. Throws a usage error for a file that cannot be read. */
export function readLicense({ licenseFile }: Publisher): string | undefined {
  if (licenseFile === undefined) return undefined;
  try {
    return readFileSync(licenseFile, 'utf8').replace(/\r\n?/g, '\n');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code})`;
    throw new GeneratorError(`${licenseFile}: ${why}; name the text of the license in licenseFile.`, 2);
  }
}

function checkPublisher({ file, values, lineOf }: ReadFile): Finding[] {
  const secret = credentialsIn(values).map(path => ({
    path,
    message: 'holds a user or a password, which everybody could read in the packages; leave it out',
  }));
  const validate = validatorOf('publisher');
  const formal = validate(values) ? [] : schemaFindings(validate.errors ?? [], publisherForm, values);
  const isSecret = (path: ValuePath) => secret.some(s => pathText(s.path) === pathText(path));
  const named = validate(values) ? nameless(values as PublisherFile) : [];
  return [...secret, ...formal.filter(f => !isSecret(f.path)), ...named].map(({ path, message }) => {
    const line = nearest(path, lineOf);
    return { file, ...(line === undefined ? {} : { line }), path: pathText(path), message };
  });
}

function credentialsIn(value: unknown, path: ValuePath = []): ValuePath[] {
  if (typeof value === 'string') return credentials.test(value) ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, child]) => credentialsIn(child, [...path, key]));
}

/** Artifact Hub finds the maintainer of another name by the email address. */
function nameless({ maintainers = [] }: PublisherFile): { path: ValuePath; message: string }[] {
  return maintainers.flatMap(({ displayName, email }, index) =>
    displayName === undefined || email !== undefined
      ? []
      : [
          {
            path: ['maintainers', index, 'displayName'],
            message: 'stands without email, by which Artifact Hub finds the maintainer; add email',
          },
        ],
  );
}
