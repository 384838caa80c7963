/** Two texts as a unified diff. */
import { structuredPatch } from 'diff';

/** The hunks of a unified diff with three lines around each change; empty for equal texts. No line break at the end. */
export function textDifference(before: string, after: string): string {
  const { hunks } = structuredPatch('', '', before, after, undefined, undefined, { context: 3 });
  return hunks
    .map(h => [`@@ -${h.oldStart},${h.oldLines} +${h.newStart},${h.newLines} @@`, ...h.lines].join('\n'))
    .join('\n');
}
