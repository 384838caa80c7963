/** Makes objects and deletes them again: only those that it made. */
import { randomUUID } from 'node:crypto';
import type { Api } from './api.ts';
import { messageOf, readCluster, refusal } from './cluster.ts';
import { type KubeObject, kindOf, mapAt, nameOf, namespaceOf, textAt, titleOf } from './fields.ts';
import { Unseen } from './unseen.ts';

/** Tells an object of this run from one of the same name. */
const mark = 'serverless-mesh/verify-run';

/** The pods of a Knative Service end before it does. */
const foreground = { kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy: 'Foreground' };

export interface Made {
  /** Why the cluster refuses the object; undefined when it is made. */
  create(object: KubeObject): Promise<string | undefined>;
  /** Deletes what was made, last first, and waits until it is gone. Gives what is left. */
  remove(limit: number): Promise<readonly KubeObject[]>;
}

export function changes(api: Api, pause: number): Made {
  const run = randomUUID();
  const made: KubeObject[] = [];
  const create = async (wanted: KubeObject): Promise<string | undefined> => {
    const metadata = mapAt(wanted, 'metadata');
    const annotations = { ...mapAt(metadata, 'annotations'), [mark]: run };
    const object = { ...wanted, metadata: { ...metadata, annotations } };
    const path = await readCluster(api).pathOf(kindOf(object), namespaceOf(object));
    // Before the answer: it may be made, and the answer lost.
    made.push(object);
    const answer = await api.request('POST', path, object);
    if (answer.status === 201) return undefined;
    if (answer.status < 500) made.pop();
    if (answer.status === 409) return 'it exists already';
    const words = messageOf(answer);
    // A quota, and many a policy, forbids the object; only RBAC forbids it to this user.
    const isRefused = answer.status === 403 && words !== '' && !words.includes('cannot create resource');
    if (isRefused || [400, 404, 422].includes(answer.status)) return words || `${answer.status}`;
    throw refusal(answer, `${titleOf(object)} (create)`);
  };
  const isOurs = (object: unknown) => mapAt(object, 'metadata', 'annotations')[mark] === run;
  const find = async (object: KubeObject) => {
    const found = await readCluster(api).get(kindOf(object), nameOf(object), namespaceOf(object));
    return isOurs(found) ? found : undefined;
  };
  const removeOne = async (object: KubeObject, until: number): Promise<boolean> => {
    // What has no pods is gone at once.
    for (let wait = Math.min(100, pause); ; wait = Math.min(2 * wait, pause)) {
      try {
        const found = await find(object);
        if (found === undefined) return true;
        const path = await readCluster(api).pathOf(kindOf(object), namespaceOf(object), nameOf(object));
        const preconditions = { uid: textAt(found, 'metadata', 'uid') };
        if (textAt(found, 'metadata', 'deletionTimestamp') === '') {
          const { status } = await api.request('DELETE', path, { ...foreground, preconditions });
          if ([401, 403].includes(status)) return false;
        }
      } catch (error) {
        if (!(error instanceof Unseen)) throw error;
      }
      if (Date.now() > until) return false;
      await new Promise(resolve => setTimeout(resolve, wait));
    }
  };
  const remove = async (limit: number): Promise<readonly KubeObject[]> => {
    const until = Date.now() + limit;
    const left: KubeObject[] = [];
    for (const object of made.toReversed()) if (!(await removeOne(object, until))) left.push(object);
    made.length = 0;
    return left;
  };
  return { create, remove };
}
