/** What an installation consists of, and who talks to whom in it: what the picture, the table and the JSON show. */

/** Who protects a connection, and how. */
export type Protection =
  /** Mutual TLS of the mesh: both sides need its certificate. */
  | 'mTLS'
  /** Mutual TLS between two pods of the mesh; the callee takes plain text, too. */
  | 'mTLS or plain'
  /** A connection between pods of a mesh that is not ours: its settings decide. */
  | 'as your mesh'
  /** TLS, but not that of the mesh. */
  | 'TLS'
  | 'plain'
  /** The mesh lets it pass as it is; the listener of the callee decides. */
  | 'TCP'
  /** The proxy of the callee asks for a certificate that the caller has not. */
  | 'refused';

/** Something that calls or is called: workloads of one purpose. Its name is unique in an installation. */
export interface Party {
  readonly name: string;
  /** Key of a namespace box; undefined: in none. */
  readonly namespace?: string | undefined;
  /** With a proxy of the mesh. */
  readonly inMesh: boolean;
  /** What else is to be said, a line each: workloads, a Secret. */
  readonly details: readonly string[];
  /** Of what is outside the cluster, or not the chart's: its hosts. */
  readonly hosts?: readonly string[] | undefined;
}

/** One namespace, or those of the user together. */
export interface Namespace {
  readonly key: string;
  readonly title: readonly string[];
  readonly details: readonly string[];
}

export interface Edge {
  /** Names of parties; `to` may be the key of a namespace: all its pods. */
  readonly from: string;
  readonly to: string;
  readonly protection: Protection;
  /** As `8012`, or `80 → 8081`: port of the Service, and of the pod. */
  readonly ports: readonly string[];
  /** What goes there, in a word or two, for the picture. */
  readonly what: string;
  /** What it is for. */
  readonly purpose: string;
  /** A word below the ports, as `past the proxy`. */
  readonly remark?: string | undefined;
  /** Where it is read: objects of the chart, and documents for what the products do by themselves. */
  readonly sources: readonly string[];
}

export interface Installation {
  readonly generation: 'v2' | 'v3';
  /** Sentences about the whole mesh. */
  readonly facts: readonly string[];
  readonly namespaces: readonly Namespace[];
  readonly parties: readonly Party[];
  readonly edges: readonly Edge[];
}
