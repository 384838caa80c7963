/** A user's own keys and values, beside or without keys of ours. */
import { checkPublic, checkSound, type Place, refuse } from './checks.ts';
import type { Entries, Schema } from './expr.ts';
import { exprText, goString, type Root } from './text.ts';

/**
 * A user's map, without the keys of ours. Each value in quotes, and not as toYaml prints it: Helm trims a manifest, so
 * that line breaks at the end of a block scalar would be lost.
 */
export function entriesLines(
  { map, reserved }: Entries,
  own: readonly string[],
  pad: string,
  at: Place & { readonly root: Root },
): string[] {
  checkPublic(at, map);
  checkSound(at, map);
  const omitted = [...own, ...reserved].map(goString).join(' ');
  const text = exprText(map, at.root);
  const source = map.kind === 'call' ? `(default dict ${text})` : text;
  const list = omitted === '' ? text : `omit ${source} ${omitted}`;
  const values = (map.schema as { additionalProperties?: Schema }).additionalProperties;
  if (values?.type === 'string') return pairsLines(list, pad);
  if (values?.type !== 'object' || (values.minProperties ?? 0) < 1)
    return refuse(at, `prints ${text}, which is no map of texts or of maps with minProperties 1; declare it as one.`);
  return [
    `${pad}{{- range $name, $entries := ${list} }}`,
    `${pad}{{ $name | quote }}:`,
    ...pairsLines('$entries', `${pad}  `),
    `${pad}{{- end }}`,
  ];
}

const pairsLines = (map: string, pad: string): string[] => [
  `${pad}{{- range $key, $value := ${map} }}`,
  `${pad}{{ $key | quote }}: {{ $value | quote }}`,
  `${pad}{{- end }}`,
];
