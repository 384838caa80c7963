/** Reading one values file of the user's. */
import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { GeneratorError } from '../errors.ts';
import { type ParsedValues, type ParseOptions, parseValues } from './parse.ts';
import { pathText } from './path.ts';
import { namedPaths, schemaAt, type ValuesSchema } from './schema-path.ts';

export type ReadFile = ParsedValues & { readonly file: string };

/** Helm refuses such a file; Windows PowerShell writes one with >. */
const notUtf8 = 'is not UTF-8, so Helm refuses it; save it as UTF-8';

/** In the place of a finding that repeats the value, where the value is secret. */
const notText = 'is a text that YAML reads as something else (not shown); write it in quotes';

/** Paths of the values that are never shown. */
export const secretsIn = (schema: ValuesSchema): ReadonlySet<string> =>
  new Set(
    namedPaths(schema)
      .filter(path => schemaAt(schema, path)?.secret === true)
      .map(pathText),
  );

/** A file and what it says. A file that cannot be read throws a usage error; what is wrong in it is a finding. */
export function readValuesFile(file: string, secretPaths: ReadonlySet<string>, options: ParseOptions): ReadFile {
  const bytes = bytesOf(file);
  const { findings, ...parsed } = parseValues(bytes.toString(), file, options);
  const unreadable = isUtf8(bytes) ? undefined : { file, path: '', message: notUtf8 };
  const shown = findings.map(f =>
    secretPaths.has(f.path) && /in quotes$/.test(f.message) ? { ...f, message: notText } : f,
  );
  return { file, ...parsed, findings: unreadable ? [unreadable] : shown };
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code})`;
    throw new GeneratorError(`${file}: ${why}; name a readable values file.`, 2);
  }
}
