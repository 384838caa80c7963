/** Plans as the tests want them. */
import { load } from 'js-yaml';
import { runMigratePlan } from '../../generator/commands/migrate-plan.ts';
import type { Method } from '../../generator/migrate/migration.ts';
import type { Step } from '../../generator/migrate/step.ts';
import { cases } from '../chart/cases.ts';
import { inProcess, newFolder, put, type Result } from '../cli/project.ts';

const folder = newFolder();
let files = 0;
/** Writes values and returns the path of the file. */
export const fileOf = (values: object): string => put(folder, `values-${files++}.yaml`, JSON.stringify(values));

export interface Options {
  readonly method?: Method;
  readonly releaseName?: string;
  readonly namespace?: string;
  readonly chart?: string;
  readonly valuesOut?: string;
  readonly output?: 'text' | 'json';
}

/** Runs the command in this process. Same file, same bytes: so the file is named, not written anew. */
export const runPlan = (file: string, options: Options = {}): Promise<Result> =>
  inProcess(io =>
    runMigratePlan(
      {
        environments: [],
        files: [file],
        method: 'in-place',
        releaseName: 'serverless-mesh',
        namespace: 'default',
        output: 'text',
        ...options,
      },
      io,
    ),
  );

export interface PlanJson {
  readonly environment: string;
  readonly method: Method;
  readonly status: number;
  readonly notice: readonly string[];
  readonly objects: Readonly<Record<'removed' | 'added' | 'changed', readonly string[]>>;
  readonly steps: readonly Step[];
  readonly valuesFile: string;
  readonly values: Record<string, unknown>;
  readonly leftOut: readonly string[];
}

export async function planOfFile(file: string, options: Options = {}): Promise<PlanJson> {
  const { status, out, talk } = await runPlan(file, { ...options, output: 'json' });
  if (status !== 0) throw new Error(`${file}: ${talk}`);
  return JSON.parse(out) as PlanJson;
}

export const shellOf = ({ commands, check, back }: Step): readonly string[] => [
  ...commands,
  check.command,
  ...back.commands,
];

/** The file of values that --values-out writes. */
export const readValues = (text: string) => load(text) as Record<string, unknown>;

interface Shape {
  readonly mesh: { readonly generation: string };
  readonly serving: { readonly ingress: string };
}
/** Values of Service Mesh 2 that can go to 3. */
export const movable = cases.filter(({ values }) => {
  const { mesh, serving } = values as unknown as Shape;
  return mesh.generation === 'v2' && serving.ingress === 'istio';
});
