/** Objects of the planned release that are in the cluster already: whose they are, and how the release takes them over. */
import type { Cluster } from '../../cluster/cluster.ts';
import { kindOf, listAt, mapAt, nameOf, namespaceOf, textAt, titleOf } from '../../cluster/fields.ts';
import type { ReleaseInfo } from '../../render/evaluate-chart.ts';
import { quoted } from '../../values/show.ts';
import { type Check, part, type Said } from '../check.ts';

/** Helm takes an object as its own when these three agree: helm/helm pkg/action/validate.go. */
const managedBy = 'app.kubernetes.io/managed-by';
const releaseName = 'meta.helm.sh/release-name';
const releaseNamespace = 'meta.helm.sh/release-namespace';

/** A name that may stand in a command to copy. */
const safe = /^[A-Za-z0-9][\w.:/@-]*$/;
const shown = (text: unknown) => (safe.test(String(text)) ? String(text) : quoted(String(text)));

/** Who made an object, as far as it says. */
export function ownerOf(object: unknown): {
  kind: 'helm' | 'argocd' | 'object' | 'unknown';
  words: string;
  release?: ReleaseInfo;
} {
  const [labels, annotations] = ['labels', 'annotations'].map(f => mapAt(object, 'metadata', f));
  const name = annotations?.[releaseName];
  if (typeof name === 'string') {
    const release = { name, namespace: String(annotations?.[releaseNamespace] ?? '') };
    return { kind: 'helm', words: `Helm release ${shown(`${release.namespace}/${release.name}`)}`, release };
  }
  const argo = annotations?.['argocd.argoproj.io/tracking-id'] ?? labels?.['argocd.argoproj.io/instance'];
  if (argo !== undefined) return { kind: 'argocd', words: `Argo CD (${shown(String(argo).split(':')[0])})` };
  const [owner] = listAt(object, 'metadata', 'ownerReferences');
  if (owner !== undefined) return { kind: 'object', words: `${textAt(owner, 'kind')} ${textAt(owner, 'name')}` };
  const manager = labels?.[managedBy] ?? textAt(listAt(object, 'metadata', 'managedFields')[0], 'manager');
  // So the API server calls a client that does not name itself.
  const isNamed = manager !== '' && manager !== 'unknown';
  return { kind: 'unknown', words: isNamed ? shown(manager) : 'nobody that it names' };
}

const isOurs = (object: unknown, release: ReleaseInfo): boolean => {
  const owner = ownerOf(object).release;
  const label = mapAt(object, 'metadata', 'labels')[managedBy];
  return label === 'Helm' && owner?.name === release.name && owner.namespace === release.namespace;
};

/**
 * The commands that let a release adopt an object. Beside the annotation that they remove, `oc apply --server-side` would
 * remove fields that the manifest lacks.
 */
export function adoption(object: unknown, { name, namespace }: ReleaseInfo): string {
  const group = textAt(object, 'apiVersion').split('/').slice(0, -1).join('');
  const kind = [
    textAt(object, 'kind').toLowerCase(),
    ...(group ? [textAt(object, 'apiVersion').split('/')[1], group] : []),
  ];
  const place = namespaceOf(object) ? `-n ${namespaceOf(object)} ` : '';
  const what = `${place}${kind.join('.')}/${nameOf(object)} --overwrite`;
  return `oc label ${what} ${managedBy}=Helm && oc annotate ${what} ${releaseName}=${name} ${releaseNamespace}=${namespace} kubectl.kubernetes.io/last-applied-configuration-`;
}

/**
 * Helm 3 patches custom resources by what differs between two revisions, whatever the cluster has: of the first one it
 * writes nothing, whoever owns them (helm/helm v3 pkg/kube/client.go, createPatch).
 */
export const writeAfterHelm3 = ({ name, namespace }: ReleaseInfo): string =>
  `helm get manifest ${name} -n ${namespace} | oc apply --server-side --force-conflicts --field-manager helm -f -`;

/** The chart leaves a namespace that somebody else made as it is: chart-templates/serverless-mesh/_cluster.tpl. */
const maySkip = (kind: string) => kind === 'v1/Namespace';

/** Of these a cluster may have one for all, which a release can use without owning it. */
const instead: Readonly<Record<string, string>> = {
  'sailoperator.io/v1/Istio': 'to use it as it is, set mesh.controlPlane.create to false; ',
  'sailoperator.io/v1/IstioCNI': 'to use it as it is, set mesh.controlPlane.create to false; ',
};

async function* look(cluster: Cluster, wanted: unknown, release: ReleaseInfo): AsyncIterable<Said> {
  const kind = kindOf(wanted);
  // Where the kind is unknown, there is no object of it; that it is unknown says the check of the APIs.
  if (!(await cluster.serves(kind))) return;
  const found = await cluster.get(kind, nameOf(wanted), namespaceOf(wanted) || undefined);
  if (found === undefined) return;
  const title = titleOf(wanted);
  const owner = ownerOf(found);
  if (isOurs(found, release)) yield { fact: `${title} exists, as part of this release` };
  else if (maySkip(kind)) yield { fact: `${title} exists, made by ${owner.words}; the release leaves it as it is` };
  else {
    const before =
      owner.release !== undefined && safe.test(`${owner.release.name}.${owner.release.namespace}`)
        ? `helm uninstall ${owner.release.name} -n ${owner.release.namespace}, or keep what it has with `
        : owner.kind === 'unknown'
          ? ''
          : `stop ${owner.words} from managing it, then `;
    yield {
      finding: `${title} exists already, and belongs to ${owner.words}`,
      remedy: `${instead[kind] ?? ''}to adopt it: ${before}${adoption(found, release)}; then install, with Helm 4 and --force-conflicts, or with Helm 3, which leaves the fields of what was there as they are, and so followed by ${writeAfterHelm3(release)}`,
    };
  }
}

export const existingObjects: Check = {
  id: 'release-objects',
  title: 'no object of the release belongs to somebody else',
  looksAt: 'each object of the release, by name',
  source:
    'github.com/helm/helm pkg/action/validate.go (an object without these labels "cannot be imported"), v3 pkg/kube/client.go (createPatch)',
  run: async function* (cluster, { objects, release }) {
    // Asked at once, told in order.
    const all = objects.map(async object => {
      const said: Said[] = [];
      for await (const s of part(titleOf(object), () => look(cluster, object, release))) said.push(s);
      return said;
    });
    for (const said of await Promise.all(all)) yield* said;
  },
};
