/** The charts as files for Helm, straight from the model and not from charts/, and many renders in one Helm process. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildChart } from '../../generator/build.ts';
import { readFrames } from '../../generator/files.ts';
import type { Chart } from '../../generator/model/chart.ts';
import type { ReleaseInfo } from '../../generator/render/evaluate-chart.ts';
import { type Helm, runHelm } from '../support/helm.ts';
import { jsonForHelm } from '../support/helm-yaml.ts';
import { type Manifest, parseManifests, splitByAlias, umbrella } from '../support/render.ts';
import type { Values } from './random-values.ts';

/** What one value set gives: objects in Helm's order, and the text of NOTES without space at its ends. */
export interface Outcome {
  readonly manifests: readonly Manifest[];
  readonly notes: string;
}
export interface ChartOnDisk {
  readonly name: string;
  readonly path: string;
  /** The chart with one more template, which shows the text of NOTES. */
  readonly withNotes: string;
  /** An empty folder that nobody else has. */
  readonly scratch: () => string;
  readonly remove: () => void;
}

const notesTemplate = `apiVersion: v1
kind: ConfigMap
metadata:
  name: notes-for-the-test
data:
  notes: {{ include (print $.Template.BasePath "/NOTES.txt") . | toJson }}
`;

export function chartOnDisk(chart: Chart): ChartOnDisk {
  const root = mkdtempSync(join(tmpdir(), 'fuzz-'));
  const path = join(root, chart.name);
  for (const [file, text] of buildChart(chart, readFrames())) {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), text);
  }
  const withNotes = join(root, 'with-notes');
  cpSync(path, withNotes, { recursive: true });
  writeFileSync(join(withNotes, 'templates/zz-notes.yaml'), notesTemplate);
  const scratch = () => mkdtempSync(join(root, 'scratch-'));
  return { name: chart.name, path, withNotes, scratch, remove: () => rmSync(root, { recursive: true, force: true }) };
}

const releaseArgs = ({ name, namespace }: ReleaseInfo) => ['template', name, '--namespace', namespace];
/** Fewer pauses for garbage: a third less time, for some 200 MB a process. */
const env = { GOGC: '400' };

/** What Helm prints for one value set in a process of its own; throws what Helm says if it refuses the values. */
export async function renderAlone(helm: Helm, path: string, values: Values, release: ReleaseInfo): Promise<Manifest[]> {
  const args = [...releaseArgs(release), '-f', '-', path];
  const { stdout } = await runHelm(helm, args, { env, input: jsonForHelm(values) });
  return parseManifests(stdout);
}

/** Many value sets in one process of each Helm: for each Helm its outcomes, in the order of the sets. */
export async function renderTogether(
  helms: readonly Helm[],
  chart: ChartOnDisk,
  sets: readonly Values[],
  release: ReleaseInfo,
): Promise<Outcome[][]> {
  const dir = chart.scratch();
  const aliases = umbrella(chart.withNotes, dir, sets);
  // Where both Helms print the same text, it is read once.
  const read = new Map<string, Outcome[]>();
  const results: Outcome[][] = [];
  for (const helm of helms) {
    const { stdout } = await runHelm(helm, [...releaseArgs(release), dir], { env });
    if (!read.has(stdout)) {
      const byAlias = splitByAlias(parseManifests(stdout), chart.name);
      read.set(
        stdout,
        aliases.map(alias => outcome(byAlias.get(alias) ?? [])),
      );
    }
    results.push(read.get(stdout)!);
  }
  rmSync(dir, { recursive: true });
  return results;
}

/** Parts the objects of the chart with NOTES from the text of its NOTES. */
export function outcome(all: readonly Manifest[]): Outcome {
  const isNotes = ({ source }: Manifest) => source.endsWith('/templates/zz-notes.yaml');
  const notes = all.find(isNotes);
  if (notes === undefined) throw new Error('Helm printed no NOTES; has the template of the test failed?');
  const { data } = notes.object as { data: { notes: string } };
  return { manifests: all.filter(manifest => !isNotes(manifest)), notes: data.notes.trim() };
}
