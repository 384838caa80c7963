/** `helm template` of our chart, beside the same Helm's `helm template` of a chart with one ConfigMap. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inTurns, type Program, run, type Setting } from './measure.ts';
import { atMost, type Row } from './rows.ts';

export function template({ folder, project, helms, rounds }: Setting): Row[] {
  const smallest = join(folder, 'smallest');
  mkdirSync(join(smallest, 'templates'), { recursive: true });
  writeFileSync(join(smallest, 'Chart.yaml'), 'apiVersion: v2\nname: smallest\nversion: 0.1.0\n');
  writeFileSync(
    join(smallest, 'templates/config-map.yaml'),
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\ndata:\n  chart: {{ .Chart.Name }}\n',
  );
  return helms.flatMap(({ name, path }) => {
    const of = (chart: string) => () =>
      run(folder, helmTemplate(folder, path, chart, join(project, 'environments/prod.yaml')));
    const times = inTurns(
      { theirs: { run: of(smallest) }, ours: { run: of(join(project, 'charts/serverless-mesh')) } },
      3 * rounds,
    );
    return [atMost(1.5, { name: `${name} template, prod.yaml`, ...times, beside: 'a chart with one ConfigMap' })];
  });
}

/** Without the settings of the user, and never with a cluster. */
export function helmTemplate(folder: string, helm: string, chart: string, values: string): Program {
  const home = { HELM_CACHE_HOME: folder, HELM_CONFIG_HOME: folder, HELM_DATA_HOME: folder };
  return {
    command: helm,
    args: ['template', 'serverless-mesh', chart, '-f', values],
    env: { ...home, KUBECONFIG: join(folder, 'no-cluster') },
  };
}
