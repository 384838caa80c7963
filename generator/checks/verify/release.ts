/** The objects of the release: there, as the values have them, and accepted. */
import { isDeepStrictEqual } from 'node:util';
import type { Cluster } from '../../cluster/cluster.ts';
import { kindOf, listAt, mapAt, nameOf, namespaceOf, resourceOf, textAt, titleOf } from '../../cluster/fields.ts';
import { told } from '../../cluster/secrets.ts';
import type { Manifest } from '../../gotmpl/evaluate.ts';
import { gatewayJob, waitJob } from '../../model/serverless-mesh/jobs/jobs.ts';
import { type Check, part, type Said } from '../check.ts';
import { type Difference, differences } from '../differences.ts';
import { isV3, meshNamespace } from '../plan.ts';
import { installAgain } from '../ready.ts';

/** Helm adds its own; and who adopts an object need not repeat what is only told. */
const comparable = (object: Manifest): Manifest => {
  const { metadata, ...rest } = object;
  const annotations = mapAt(metadata, 'annotations');
  return { ...rest, ...(Object.keys(annotations).length > 0 ? { metadata: { annotations } } : {}) };
};

function sentence({ path, want, have }: Difference, secret: boolean): string {
  if (secret) return `${path} is not that of the values (not shown)`;
  const text = (value: unknown) => (typeof value === 'string' ? told(value) || '""' : told(JSON.stringify(value)));
  return `${path} is ${have === undefined ? 'not set' : text(have)}, and must be ${text(want)}`;
}

/** A further rule, or a further source in a rule, allows more. The API server itself adds nothing to policies. */
const isWidened = (wanted: Manifest, found: unknown): boolean =>
  wanted.kind === 'AuthorizationPolicy' && !isDeepStrictEqual(mapAt(wanted, 'spec'), mapAt(found, 'spec'));

/**
 * The members of a roll, in any order. A further one may call whatever is in the mesh, and the next helm upgrade may take it
 * out again: so says diff, too.
 */
function* rollFindings(wanted: Manifest, found: unknown): Iterable<Said> {
  const [want, have] = [wanted, found].map(roll => listAt(roll, 'spec', 'members'));
  const title = titleOf(wanted);
  const missing = want!.filter(member => !have!.includes(member));
  const further = have!.filter(member => !want!.includes(member));
  if (missing.length > 0)
    yield { finding: `${title} lacks ${told(missing.join(', '))}`, remedy: `${installAgain}, or see who changed it` };
  if (further.length > 0)
    yield {
      finding: `${title} lists ${told(further.join(', '))}, too, which the values do not`,
      remedy: `add it to mesh.members, or take it out: oc edit servicemeshmemberroll -n ${namespaceOf(wanted)} ${nameOf(wanted)}`,
    };
}
/** With what the cluster has in place of the members, which are looked at otherwise. */
const withMembersOf = (wanted: Manifest, found: unknown): Manifest => ({
  ...wanted,
  spec: { ...mapAt(wanted, 'spec'), members: listAt(found, 'spec', 'members') },
});

async function* look(cluster: Cluster, wanted: Manifest): AsyncIterable<Said> {
  const kind = kindOf(wanted);
  const found = await cluster.get(kind, nameOf(wanted), namespaceOf(wanted) || undefined);
  const title = titleOf(wanted);
  if (found === undefined) {
    yield { finding: `${title} does not exist`, remedy: installAgain };
    return;
  }
  // The namespace may be somebody else's: then the chart leaves it as it is.
  if (kind === 'v1/Namespace') return;
  const isRoll = wanted.kind === 'ServiceMeshMemberRoll';
  if (isRoll) yield* rollFindings(wanted, found);
  const changed = differences(comparable(isRoll ? withMembersOf(wanted, found) : wanted), found);
  for (const difference of changed)
    yield {
      finding: `${title}: ${sentence(difference, textAt(wanted, 'kind') === 'Secret')}`,
      remedy: `${installAgain}, or see who changed it`,
    };
  if (changed.length === 0 && isWidened(wanted, found))
    yield {
      finding: `${title}: its spec has more than the release put there, and so may allow other calls`,
      remedy: `take away what was added: oc edit ${resourceOf(wanted)} -n ${namespaceOf(wanted)} ${nameOf(wanted)}`,
    };
  for (const message of listAt(found, 'status', 'validationMessages'))
    if (['ERROR', 'Error', '3'].includes(textAt(message, 'level')))
      yield {
        finding: `Istio refuses ${title}: ${told(textAt(message, 'type', 'name')) || 'see its status'}`,
        remedy: `see oc describe ${resourceOf(wanted)} -n ${namespaceOf(wanted)} ${nameOf(wanted)}`,
      };
}

export const objects: Check = {
  id: 'release-objects',
  title: 'every object of the release is there, with what the values say',
  looksAt: 'each object of the release, by name',
  source:
    'base document 1.4.2 and 1.4.3; a field that the API does not know is dropped without an error (KnativeKafka spec.broker.sink)',
  settles: true,
  run: async function* (cluster, { objects }) {
    // A Job has the revision of the release in its name, and is gone a day after its end.
    const lasting = objects.filter(object => object.kind !== 'Job');
    const all = lasting.map(async object => {
      const said: Said[] = [];
      for await (const s of part(titleOf(object), () => look(cluster, object))) said.push(s);
      return said;
    });
    for (const said of await Promise.all(all)) yield* said;
  },
};

/** Helm deletes the Job when it succeeds, so one that is there tells of trouble, or runs. */
export const waitedFor: Check = {
  id: 'wait-job',
  title: 'no Job of the last install or upgrade failed',
  looksAt: `Jobs ${waitJob}, and ${gatewayJob} of the last revision with Service Mesh 3, in mesh.namespace`,
  source: 'the hook of this chart: helm.sh/hook-delete-policy',
  essential: false,
  settles: true,
  concerns: ({ values }) => values.jobs.enabled,
  run: async function* (cluster, plan) {
    const namespace = meshNamespace(plan);
    const jobs = isV3(plan)
      ? await cluster.list('batch/v1/Job', { namespace })
      : [await cluster.get('batch/v1/Job', waitJob, namespace)];
    const last = jobs.filter(job => revisionOf(job) > 0).toSorted((a, b) => revisionOf(b) - revisionOf(a))[0];
    for (const job of [jobs.find(j => nameOf(j) === waitJob), last]) {
      const failed = listAt(job, 'status', 'conditions').find(
        c => textAt(c, 'type') === 'Failed' && textAt(c, 'status') === 'True',
      );
      if (failed !== undefined)
        yield {
          finding: `Job ${namespace}/${nameOf(job)} failed: ${told(textAt(failed, 'message')) || textAt(failed, 'reason')}`,
          remedy: `see what it waited for: oc logs -n ${namespace} job/${nameOf(job)}`,
        };
    }
  },
};
/** Of a Job beside the ingress gateway of Service Mesh 3; 0 for others. */
const revisionOf = (job: unknown): number => Number(new RegExp(`^${gatewayJob}-(\\d+)$`).exec(nameOf(job))?.[1] ?? 0);
