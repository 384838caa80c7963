import { writeGenerated } from '../../generator/output/disk.ts';
import { inProject, type Project } from './project.ts';

export const record = 'charts/.generated.sha256';
export const chart = 'charts/one/Chart.yaml';
export const template = 'charts/one/templates/mesh/gateway.yaml';
export const files = new Map([
  ['README.md', '# one\n'],
  [chart, 'name: one\n'],
  [template, 'kind: Gateway\n'],
]);
export const changed = new Map([...files, [chart, 'name: two\n']]);
export const without = (path: string) => new Map([...files].filter(([key]) => key !== path));
export const clean = { stale: [], edited: [], missing: [], unknown: [] };

/** A project that was generated from `files`. */
export function inGenerated(body: (project: Project) => void): void {
  inProject(project => {
    writeGenerated(project.root, files);
    body(project);
  });
}
