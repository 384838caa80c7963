export interface JsonSchema {
  readonly [keyword: string]: unknown;
  readonly properties?: Record<string, JsonSchema>;
  readonly items?: JsonSchema;
}

/** `path: what is wrong` of a values schema that Helm 3, Helm 4, OpenShift's form and Artifact Hub shall all read alike. */
export function schemaProblems(at: JsonSchema, path: string): string[] {
  const own = [
    ...['$ref', 'anyOf', 'oneOf', 'allOf', 'if', 'format', 'unevaluatedProperties', 'dependentRequired'].filter(
      key => key in at,
    ),
    ...(path !== '' && !(at.title && at.description) ? ['no title or no description'] : []),
    ...(at.type === 'object' && at.additionalProperties !== false ? ['is open'] : []),
    ...(/\(\?[=!<]|\\\d|\{(\d{4,}|\d*,\d{4,})\}/.test(String(at.pattern ?? ''))
      ? [`RE2 cannot read ${at.pattern}`]
      : []),
    ...(at.properties === undefined && at.default === undefined && !/\[\]|\*/.test(path) ? ['no default'] : []),
  ];
  const below = Object.entries(at.properties ?? {}).map(
    ([key, child]) => [path === '' ? key : `${path}.${key}`, child] as const,
  );
  const items = at.items === undefined ? [] : [[`${path}[]`, at.items] as const];
  const map =
    typeof at.additionalProperties === 'object' ? [[`${path}.*`, at.additionalProperties as JsonSchema] as const] : [];
  return [
    ...own.map(problem => `${path}: ${problem}`),
    ...[...below, ...items, ...map].flatMap(([where, child]) => schemaProblems(child, where)),
  ];
}
