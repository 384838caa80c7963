/** What both generations of Service Mesh make, each in its own way: mesh-2.ts and mesh-3.ts. */
import type { KubeObject } from '../objects.ts';

/** An object of any kind, of which we read what the products read. */
// biome-ignore lint/suspicious/noExplicitAny: rendered, and in some tests broken on purpose
export type Loose = any;

export interface MadeMesh {
  readonly rootNamespace: string;
  /** Ports of pods that never meet Envoy. */
  readonly excludedPorts: readonly number[];
  /** The pods of the ingress gateway. */
  readonly gateway: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> };
  /** What the operator makes, beside the objects of the chart. */
  readonly objects: readonly KubeObject[];
  /** Whether istiod looks at a namespace. */
  readonly sees: (namespace: string) => boolean;
}

/** The one object of that kind. */
export function only(objects: readonly KubeObject[], kind: string): Loose {
  const [found, ...others] = objects.filter(object => object.kind === kind);
  if (found === undefined || others.length > 0)
    throw new Error(`${kind}: ${others.length + 1} of them wanted, not one`);
  return found;
}
