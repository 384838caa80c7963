/** The commands by which a release takes over what is there. The objects stay the same ones: nothing is deleted or made anew. */
import { adoption, writeAfterHelm3 } from '../checks/preflight/existing.ts';
import { type KubeObject, nameOf, namespaceOf, resourceOf } from '../cluster/fields.ts';
import type { Manifest } from '../gotmpl/evaluate.ts';
import { onObjects } from '../migrate/commands.ts';
import type { Step } from '../migrate/step.ts';
import type { ReleaseInfo } from '../render/evaluate-chart.ts';
import { shellQuote } from '../shell.ts';
import { effectsOf } from './effects.ts';
import type { Remaining, Remains } from './remains.ts';

export interface TakeOver {
  readonly release: ReleaseInfo;
  readonly chart: string;
  /** The values file. */
  readonly file: string;
  readonly timeoutSeconds: number;
}

export function stepsFor(remains: Remains, over: TakeOver): Step[] {
  return [backup(remains), look(over), install(remains, over), ...clean(remains, over), check(over)];
}

const saved = 'before-import.yaml';
/** Not apply, which would leave what Helm has added. */
const restore = `grep -v ' resourceVersion: ' ${saved} | oc replace -f -`;
const nothing = { say: 'Nothing was changed.', commands: [] };
const named = ({ release }: TakeOver) => `${release.name} -n ${release.namespace}`;
const onRelease = ({ file, release }: TakeOver) =>
  `${shellQuote(file)} --release-name ${release.name} --namespace ${release.namespace}`;

function backup({ taken }: Remains): Step {
  const commands = onObjects('get', taken as readonly Manifest[], '-o yaml');
  const lists = [...new Set(taken.map(namespaceOf))].filter(
    place => taken.filter(o => namespaceOf(o) === place).length > 1,
  );
  return {
    id: 'backup',
    title: 'Save what is there',
    why: 'The way back puts it in again.',
    commands: commands.map((command, i) => `{ echo ---; ${command}; } ${i === 0 ? '>' : '>>'} ${saved}`),
    check: {
      command: `grep -cE '^(- )?apiVersion: ' ${saved}`,
      shows: `${taken.length + lists.length}, the objects and their lists`,
    },
    back: nothing,
    source: 'https://kubernetes.io/docs/reference/kubectl/generated/kubectl_get/',
  };
}

const look = (over: TakeOver): Step => ({
  id: 'look',
  title: 'Look before the install',
  why: 'preflight names whatever else would be in the way; that the objects below exist and belong to nobody is what the next step is for.',
  commands: [`serverless-mesh preflight ${onRelease(over)}`],
  check: { command: `helm list -A --filter '^${over.release.name}$'`, shows: 'no release of this name' },
  back: nothing,
  source: 'section 1.4.1 of the base document',
});

/** Helm 4 applies on the server, and takes the fields over from whoever applied them. Helm 3 does not: see writeAfterHelm3. */
function install({ fields, taken, added }: Remains, over: TakeOver): Step {
  const command = `helm install ${named(over)} ${shellQuote(over.chart)} -f ${shellQuote(over.file)} --timeout ${over.timeoutSeconds}s`;
  const effects = effectsOf(fields);
  const happens = effects.length === 0 ? 'No pod restarts.' : `What it changes: ${effects.join(' ')}`;
  return {
    id: 'install',
    title: 'Let the release take the objects over',
    why: `Helm marks the objects as its own and writes what differs; none is deleted or made anew. ${happens}`,
    commands: [
      '# Helm 4',
      `${command} --take-ownership --force-conflicts`,
      '# Helm 3: mark each object as one of the release, install, and write what Helm 3 leaves as it is',
      ...taken.map(o => adoption(o, over.release)),
      command,
      writeAfterHelm3(over.release),
    ],
    check: { command: `helm status ${named(over)}`, shows: 'STATUS: deployed' },
    back: {
      say: 'Forget the release without its objects, put back what was saved, and delete what the release added.',
      commands: [
        `oc delete secret -n ${over.release.namespace} -l owner=helm,name=${over.release.name}`,
        restore,
        ...onObjects('delete', added as readonly Manifest[], '--ignore-not-found'),
      ],
    },
    source:
      'https://helm.sh/docs/helm/helm_install/; helm/helm v3 pkg/action/validate.go, pkg/kube/client.go (createPatch)',
  };
}

/** What the document has in a wrong place stays beside what the release has in the right one, until somebody removes it. */
function clean({ fields, taken }: Remains, over: TakeOver): Step[] {
  const left = fields.filter(f => f.meaning === 'corrected' && f.rendered === undefined && !/\[\d+\]/.test(topOf(f)));
  const commands = [...new Set(left.flatMap(f => removal(f, taken)))];
  if (commands.length === 0) return [];
  return [
    {
      id: 'clean',
      title: 'Remove what stands in the wrong place',
      why: 'Helm leaves fields alone that it does not have; the release has them elsewhere.',
      commands,
      check: { command: `helm get manifest ${named(over)} | oc diff -f -`, shows: 'no difference' },
      back: { say: 'Put back what was saved.', commands: [restore] },
      source: [...new Set(left.flatMap(f => f.source ?? []))].join(', '),
    },
  ];
}

/** `spec.deployments` of `spec.deployments[0].name`; `spec.broker.sink` of `spec.broker.sink.enabled`. */
const topOf = ({ field }: Remaining): string => field.split('[')[0]!.replace(/\.enabled$/, '');

function removal(remaining: Remaining, taken: readonly KubeObject[]): string[] {
  const object = taken.find(o => remaining.object === `${o.kind} ${namespaceOf(o)}/${nameOf(o)}`);
  // An item of a list that the release has as well is replaced with the list.
  if (object === undefined || /^spec\.workloads/.test(remaining.field)) return [];
  const patch = JSON.stringify([{ op: 'remove', path: `/${topOf(remaining).replaceAll('.', '/')}` }]);
  return [`oc patch -n ${namespaceOf(object)} ${resourceOf(object)}/${nameOf(object)} --type json -p '${patch}'`];
}

const check = (over: TakeOver): Step => ({
  id: 'verify',
  title: 'See that nothing is lost',
  why: 'The release and the cluster must say the same, and everything must work as before.',
  commands: [`serverless-mesh verify ${onRelease(over)} --timeout ${over.timeoutSeconds}`],
  check: { command: `helm get manifest ${named(over)} | oc diff -f -`, shows: 'no difference' },
  back: { say: 'As in the step before.', commands: [] },
  source: 'section 1.4.4 of the base document',
});
