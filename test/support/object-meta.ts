import { compileSchema, type Problem } from './json-schema.ts';

const key = {
  pattern: '^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$',
};
const labelValue = { type: 'string', pattern: '^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$' };
const name = { type: 'string', maxLength: 253, pattern: '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$' };

const check = compileSchema({
  type: 'object',
  additionalProperties: false,
  properties: {
    name,
    generateName: { ...name, pattern: '^[a-z0-9][-a-z0-9.]*$' },
    namespace: { type: 'string', maxLength: 63, pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$' },
    labels: { type: 'object', propertyNames: key, additionalProperties: labelValue },
    annotations: { type: 'object', propertyNames: key, additionalProperties: { type: 'string' } },
  },
});

/** What is wrong with the metadata of a rendered object: what the API server refuses, and fields that are not ours. */
export function metadataProblems(metadata: unknown): Problem[] {
  const problems = check(metadata ?? {}).problems.map(({ path, message }) => ({
    path: path.startsWith('[') || path === '' ? `metadata${path}` : `metadata.${path}`,
    message,
  }));
  const { name, generateName } = (metadata ?? {}) as { name?: unknown; generateName?: unknown };
  return name || generateName ? problems : [...problems, { path: 'metadata.name', message: 'missing' }];
}
