/** Whether an object is Ready, for what it asks for now. */
import type { Cluster } from '../cluster/cluster.ts';
import {
  conditionOf,
  type KubeObject,
  listAt,
  nameOf,
  namespaceOf,
  resourceOf,
  textAt,
  titleOf,
} from '../cluster/fields.ts';
import { told } from '../cluster/secrets.ts';
import type { Finding } from './check.ts';

const see = (object: unknown) => {
  const place = namespaceOf(object) === '' ? '' : ` -n ${namespaceOf(object)}`;
  return `oc describe${place} ${resourceOf(object)} ${nameOf(object)}`;
};

/**
 * After a change, a condition may still be that of before: it counts for the generation that the status names, where it
 * names one (KnativeKafka does not).
 */
export function* readiness(object: KubeObject, type = 'Ready'): Iterable<Finding> {
  const title = titleOf(object);
  const [generation, observed] = [
    textAt(object, 'metadata', 'generation'),
    textAt(object, 'status', 'observedGeneration'),
  ];
  if (observed !== '' && generation !== '' && observed !== generation) {
    yield {
      finding: `${title} has changed, and its operator has not looked yet`,
      remedy: 'wait, or see whether the operator runs',
    };
    return;
  }
  if (textAt(conditionOf(object, type), 'status') === 'True') return;
  const why = listAt(object, 'status', 'conditions')
    .filter(c => textAt(c, 'status') !== 'True')
    .map(c => [textAt(c, 'type'), textAt(c, 'reason'), told(textAt(c, 'message'))].filter(Boolean).join(' '));
  yield {
    finding: `${title} is not ${type}${why.length > 0 ? `: ${why.join('; ')}` : ': it has no status yet'}`,
    remedy: `wait, or see ${see(object)}`,
  };
}

/** An object that must be there; a finding where it is not. */
export async function* existing(
  cluster: Cluster,
  kind: string,
  name: string,
  namespace: string | undefined,
  remedy: string,
): AsyncGenerator<Finding, KubeObject | undefined> {
  const found = await cluster.get(kind, name, namespace);
  const place = namespace === undefined ? '' : `${namespace}/`;
  if (found === undefined) yield { finding: `${kind.replace(/.*\//, '')} ${place}${name} does not exist`, remedy };
  return found;
}

export const installAgain = 'run helm upgrade with these values';
