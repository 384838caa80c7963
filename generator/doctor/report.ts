/** A diagnosis in words and as JSON. */
import { count } from '../values/broken.ts';
import type { Diagnosis } from './diagnose.ts';
import { type Finding, severities } from './row.ts';

/** One paragraph for each finding, complete in itself, then what could not be looked at. */
export function asText({ findings, unseen, needCluster }: Diagnosis, problems: readonly string[]): string {
  const lines = [
    ...findings.map(paragraph),
    ...unseen.map(
      u => `could not look: ${u.kind}: ${u.unseen}; ${u.remedy}; not judged: ${u.rows.join(', ') || 'nothing'}\n`,
    ),
    ...problems.map(p => `could not read: ${p}\n`),
    ...(needCluster.length > 0 ? [`not looked at, for only a cluster shows it: ${needCluster.join(', ')}\n`] : []),
  ];
  return lines.join('\n');
}

const sentence = (text: string) => text.replace(/\.$/, '');
function paragraph({ severity, id, object, place, field, what, consequence, remedy, source }: Finding): string {
  const where = [`${object}${place === undefined ? '' : ` (${place})`}`, field].filter(Boolean).join(': ');
  return [
    `${severity}: ${id}: ${where}: ${what}`,
    `  ${sentence(consequence)}`,
    `  do: ${remedy}`,
    `  source: ${source}`,
    '',
  ].join('\n');
}

/** As `2 breaks, 1 risk, 0 note; 1 kind could not be looked at`. */
export function summary({ findings, unseen }: Diagnosis, problems: readonly string[]): string {
  const counts = severities.map(s => `${findings.filter(f => f.severity === s).length} ${s}`).join(', ');
  const blind = unseen.length > 0 ? `; ${count(unseen.length, 'kind')} could not be looked at` : '';
  return `${counts}${blind}${problems.length > 0 ? `; ${count(problems.length, 'problem')} with what was read` : ''}`;
}
