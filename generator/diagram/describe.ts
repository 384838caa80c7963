/** An installation from the values of the chart serverless-mesh. */
import type { Values } from '../values/maps.ts';
import { eventingEdges, kafkaEdges } from './edges/events.ts';
import { controlEdges, outsideEdges } from './edges/outside.ts';
import { requestEdges, servingEdges } from './edges/requests.ts';
import type { Installation } from './installation.ts';
import { namespacesOf, partiesOf } from './namespaces.ts';
import { names, placesOf } from './places.ts';
import { sentencesOf } from './sentences.ts';

/** What these merged, valid values install. Pure: it evaluates the model, and asks no cluster. */
export function installationOf(values: Values): Installation {
  const places = placesOf(values);
  const edges = [requestEdges, servingEdges, eventingEdges, kafkaEdges, outsideEdges, controlEdges].flatMap(each =>
    each(places),
  );
  const used = new Set(edges.flatMap(({ from, to }) => [from, to]));
  // Who neither calls nor is called is there only if the chart installs it.
  const outsiders: readonly string[] = [names.prometheus, names.kubelet];
  const parties = partiesOf(places).filter(({ name }) => !outsiders.includes(name) || used.has(name));
  return {
    generation: places.mesh.generation,
    facts: sentencesOf(places),
    namespaces: namespacesOf(places, parties),
    parties,
    edges,
  };
}
