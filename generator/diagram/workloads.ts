/** The workloads of Knative, as its three resources list them: which there are, and which have a proxy of the mesh. */
import { listAt, textAt } from '../cluster/fields.ts';
import { GeneratorError } from '../errors.ts';
import { sidecar } from '../model/facts/names.ts';
import { partsOfKafka } from './facts.ts';
import { type Found, one } from './found.ts';

/** Names of the workloads of this resource that get a proxy; of Kafka only those of parts that are enabled. */
export function injectedOf(objects: Found, kind: 'KnativeServing' | 'KnativeEventing' | 'KnativeKafka'): string[] {
  const resource = one(objects, kind);
  const [[label, wanted]] = Object.entries(sidecar.labels) as [[string, string]];
  return listAt(resource, 'spec', 'workloads')
    .filter(workload => textAt(workload, 'labels', label) === wanted)
    .map(workload => textAt(workload, 'name'))
    .filter(name => kind !== 'KnativeKafka' || isThere(resource, name));
}

function isThere(kafka: unknown, workload: string): boolean {
  const parts = partsOfKafka[workload];
  if (parts === undefined)
    throw new GeneratorError(
      `KnativeKafka: nobody said which part the workload ${workload} belongs to; add it to partsOfKafka in generator/diagram/facts.ts.`,
    );
  return parts.some(part => textAt(kafka, 'spec', part, 'enabled') === 'true');
}
