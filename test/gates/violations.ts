/** Ways to spoil a chart, for the violations that checks must find. */
import { load } from 'js-yaml';
import { jsonForHelm } from '../support/helm-yaml.ts';
import { type Metadata, metadataOf, type Subject, textOf } from './subject.ts';

type Spoil = (s: Subject) => Subject;

export const withFile =
  (path: string, text: string): Spoil =>
  s => ({ ...s, files: new Map([...s.files, [path, text]]) });

export const without =
  (path: string): Spoil =>
  s => ({ ...s, files: new Map([...s.files].filter(([other]) => other !== path)) });

/** The first place of a text in a file becomes another; throws where the file has no such text. */
export const replaced =
  (path: string, from: string | RegExp, to: string): Spoil =>
  s => {
    const text = textOf(s, path);
    if (text.replace(from, to) === text) throw new Error(`${s.name}/${path}: there is no ${from} to spoil`);
    return withFile(path, text.replace(from, to))(s);
  };

/** Chart.yaml with other fields; undefined removes one. */
export const withMetadata =
  (change: (metadata: Metadata) => Metadata): Spoil =>
  s =>
    withFile('Chart.yaml', jsonForHelm(change(metadataOf(s))))(s);

export const withField = (name: string, value: unknown): Spoil =>
  withMetadata(metadata => {
    const { [name]: _, ...others } = metadata;
    return value === undefined ? others : { ...others, [name]: value };
  });

export const withAnnotation = (name: string, value: string | undefined): Spoil =>
  withMetadata(({ annotations = {}, ...others }) => {
    const { [name]: _, ...rest } = annotations;
    return { ...others, annotations: value === undefined ? rest : { ...rest, [name]: value } };
  });

/** values.schema.json with another property. */
export const withProperty =
  (name: string, property: object): Spoil =>
  s => {
    const schema = JSON.parse(textOf(s, 'values.schema.json')) as { properties: object };
    const properties = { ...schema.properties, [name]: property };
    return withFile('values.schema.json', JSON.stringify({ ...schema, properties }))(s);
  };

/** One render, of this text. */
export const rendering =
  (...documents: readonly string[]): Spoil =>
  s => ({
    ...s,
    renders: [
      {
        name: 'violation',
        values: s.renders[0]!.values,
        text: documents.join('---\n'),
        manifests: documents.map(text => ({ source: 'violation.yaml', object: load(text) as Record<string, unknown> })),
      },
    ],
  });
