/** From an installation to values, what they cannot say, and how a release takes the objects over. */
import { isDeepStrictEqual } from 'node:util';
import { releases } from '../../values-schema/index.ts';
import { type KubeObject, nameOf, namespaceOf, textAt } from '../cluster/fields.ts';
import type { Installation } from '../installation/installation.ts';
import type { Step } from '../migrate/step.ts';
import type { ReleaseInfo } from '../render/evaluate-chart.ts';
import type { Values } from '../values/maps.ts';
import { pathText } from '../values/path.ts';
import { distanceOf, type There } from './distance.ts';
import { immutableOf } from './effects.ts';
import type { Told } from './mesh-of.ts';
import { observe } from './observe.ts';
import { foreignOwners } from './owners.ts';
import { recognise } from './recognise.ts';
import { type Remains, remainsOf } from './remains.ts';
import { type FoundValues, search } from './search.ts';
import { valueAt, withValue } from './setting.ts';
import { stepsFor } from './steps.ts';
import { unknownVersions } from './versions.ts';

export interface ImportOptions extends Told {
  readonly release: ReleaseInfo;
  readonly chart: string;
  readonly file: string;
}

export interface Imported {
  readonly values: Values;
  readonly from: ReadonlyMap<string, string>;
  readonly remains: Remains;
  readonly steps: readonly Step[];
  /** What the user should know of the values. */
  readonly notes: readonly string[];
  /** Why nothing may be taken over as it is. */
  readonly problems: readonly string[];
}

/** What stands there as values; or the sentences that say why that cannot be told. Changes nothing. */
export async function importInstallation(
  installation: Installation,
  options: ImportOptions,
): Promise<Imported | readonly string[]> {
  const seen = await observe(installation, options.meshNamespace === undefined ? [] : [options.meshNamespace]);
  const unsafe = seen.objects.filter(o => !isNamed(o)).length;
  if (unsafe > 0)
    return [
      `${unsafe} of the objects have a name, a namespace or an apiVersion that Kubernetes would refuse; correct them.`,
    ];
  if (seen.unseen.length > 0) return seen.unseen;
  const unknown = unknownVersions(seen.objects);
  if (unknown.length > 0) return unknown;
  const recognised = recognise(seen, options);
  if (!('start' in recognised)) return recognised;
  const { start, there } = recognised;
  const found = start.from.has('serverless.release') ? search(start, there) : newest(search(start, there), there);
  if (found.distance.findings.length > 0)
    return found.distance.findings.map(
      f => `${pathText(f.path)} ${f.message}: so nothing that the chart accepts renders what is there.`,
    );
  const remains = remainsOf(found, there);
  const timeoutSeconds = valueAt(found.values, 'jobs.timeoutSeconds') as number;
  return {
    values: found.values,
    from: found.from,
    remains,
    steps: stepsFor(remains, { ...options, timeoutSeconds }),
    notes: notesOf(found, there, seen.inFolder),
    problems: [...foreignOwners(remains.taken, options.release), ...immutableOf(remains.fields)],
  };
}

/** The commands name the objects, so that a name may be nothing else to a shell. */
const isNamed = (o: KubeObject) =>
  /^[a-z0-9]([-a-z0-9.:]*[a-z0-9])?$/.test(nameOf(o)) &&
  /^([a-z0-9][-a-z0-9]*)?$/.test(namespaceOf(o)) &&
  /^[a-z0-9][-a-z0-9./]*$/.test(textAt(o, 'apiVersion'));

/** The releases for which the chart renders the same. */
const alike = (found: FoundValues, there: There): readonly string[] =>
  releases.filter(
    release => distanceOf(withValue(found.values, 'serverless.release', release), there).cost === found.distance.cost,
  );

/** A release that is not the default's, where several fit: the newest of them. */
function newest(found: FoundValues, there: There): FoundValues {
  const release = alike(found, there).at(-1);
  if (!found.from.has('serverless.release') || release === undefined) return found;
  const values = withValue(found.values, 'serverless.release', release);
  return { ...found, values, distance: distanceOf(values, there) };
}

function notesOf(found: FoundValues, there: There, inFolder: boolean): string[] {
  const { values, from } = found;
  const is = (path: string, value: unknown) => isDeepStrictEqual(valueAt(values, path), value);
  const fitting = from.get('serverless.release')?.startsWith('ClusterServiceVersion') ? [] : alike(found, there);
  const given = from.get('serverless.release')?.startsWith('--') === true;
  return [
    ...(fitting.length > 1 && !given
      ? [
          `serverless.release is ${valueAt(values, 'serverless.release')}, as good as ${fitting.join(', ')} by what is there; name the installed one with --serverless-release.`,
        ]
      : []),
    ...(inFolder && is('mesh.controlPlane.create', false)
      ? [
          'mesh.controlPlane.create is false, for no control plane is in the folder; add it, if it is to be of the release.',
        ]
      : []),
    ...(inFolder && is('mesh.generation', 'v3') && is('mesh.members', [])
      ? [
          'mesh.members is empty: with Service Mesh 3 labels of the namespaces say it, of which the folder has none; write yours there.',
        ]
      : []),
    ...(is('cluster.appsDomain', '')
      ? ['cluster.appsDomain is not told; write it for helm test and serverless-mesh verify.']
      : []),
    ...(is('gateway.tls.source', 'existing') && is('serving.enabled', true) && is('serving.ingress', 'istio')
      ? [`the certificate stays in Secret ${valueAt(values, 'gateway.tls.secretName')}, which was not read.`]
      : []),
  ];
}
