/** What a version of a chart changed, as Artifact Hub shows it. */
export interface Change {
  readonly kind: 'added' | 'changed' | 'deprecated' | 'removed' | 'fixed' | 'security';
  readonly description: string;
}

/** None yet. */
export const changesOf = (_chart: string, _version: string): readonly Change[] => [];
