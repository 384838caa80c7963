/** What the page of doctor shows of its tables. */
import { coverage } from '../doctor/coverage.ts';
import { allKinds, kinds, wordOf } from '../doctor/kinds.ts';
import { rows } from '../doctor/pitfalls/index.ts';

const line = (cells: readonly string[]) =>
  `| ${cells.map(c => c.replaceAll('|', '\\|').replaceAll('<', '&lt;')).join(' | ')} |`;

/** Lines of tables and of a list; the heads of the tables stand in the frame. */
export const doctorTables = () => ({
  doctorRows: rows
    .map(r => line([`${r.id}${r.running ? ' *' : ''}`, r.title, r.severity, r.consequence, r.source]))
    .join('\n'),
  doctorCoverage: coverage.map(c => line([c.id, c.what, c.by.join(', '), c.why ?? ''])).join('\n'),
  doctorKinds: allKinds
    .map(kind => {
      const { group, versions } = kinds[kind];
      return `- ${wordOf(kind)}${group === '' ? '' : ` of ${group}`}: ${versions.join(', ')}`;
    })
    .join('\n'),
});
