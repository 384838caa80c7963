/** What was read of each kind, and what could not be. */
import type { KubeObject } from '../cluster/fields.ts';
import type { Kind } from './kinds.ts';

export interface Blind {
  readonly kind: Kind | 'Secret';
  readonly unseen: string;
  readonly remedy: string;
}

export interface Lists {
  all(kind: Kind): readonly KubeObject[];
  find(kind: Kind, name: string, namespace?: string): KubeObject | undefined;
}
