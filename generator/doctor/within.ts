/** Rows that need to know Knative's mesh: where it cannot be told, they say nothing. */
import { knativeInMesh, type Mesh } from './mesh.ts';
import type { Found } from './row.ts';
import type { Seen } from './seen.ts';

type Look = (seen: Seen, mesh: Mesh) => Iterable<Found>;

export const within = (look: Look) => (seen: Seen) => (seen.mesh === undefined ? [] : look(seen, seen.mesh));
/** Only where Knative is in the mesh: with Kourier it may be any. */
export const ofKnative = (look: Look) => (seen: Seen) => (knativeInMesh(seen) ? within(look)(seen) : []);
