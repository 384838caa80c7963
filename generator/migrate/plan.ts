/** A plan: what to know before, what changes, the steps, and the values for Service Mesh 3. */
import { titleOf } from '../cluster/fields.ts';
import { type Migration, type MigrationOptions, migrationOf } from './migration.ts';
import { rowsOf } from './rows.ts';
import { type Step, stepsOf } from './step.ts';

export interface Plan {
  readonly migration: Migration;
  /** What to know before the first step. */
  readonly notice: readonly string[];
  /** Objects of the release, as `Gateway knative-serving/knative-ingress-gateway`. */
  readonly objects: {
    readonly removed: readonly string[];
    readonly added: readonly string[];
    readonly changed: readonly string[];
  };
  readonly steps: readonly Step[];
}

export function planOf(options: MigrationOptions): Plan {
  const migration = migrationOf(options);
  return {
    migration,
    notice: noticeOf(migration),
    objects: {
      removed: migration.removed.map(titleOf),
      added: migration.added.map(r => titleOf(r.object)),
      changed: migration.changed.map(titleOf),
    },
    steps: stepsOf(rowsOf[options.method], migration),
  };
}

function noticeOf({ method, before }: Migration): readonly string[] {
  const other =
    method === 'in-place'
      ? 'This plan runs both meshes side by side, so that requests are served all the time but for moments. The safe way is a maintenance window, in which everything is uninstalled and installed again: --method reinstall.'
      : 'This plan is for a maintenance window: nothing is served from the step uninstall to the step verify. --method in-place runs both meshes side by side instead, with more steps that can go wrong.';
  return [
    'OpenShift Serverless with Service Mesh 3 is a Technology Preview: Red Hat does not support it in production.',
    'For Service Mesh 2 the documentation of Serverless calls the move to another mesh unsupported, and wants everything uninstalled and installed again; for Service Mesh 3 it does not have that sentence, and describes no migration either. The steps follow the migration guide of Service Mesh 3 and the scripts of the Serverless operator.',
    other,
    'To go back from any step, undo the steps one by one, the last one first: each way back counts on it.',
    'Nobody has run exactly these steps on your cluster: go through them on a copy of it first, one after the other, and go on only where the check shows what it must.',
    ...(before.argocd.syncWaves
      ? [
          'The commands are those of Helm. With Argo CD switch off automated sync, self-heal and pruning of the Application before the first step, sync by hand where a step says helm, and keep objects with the annotation argocd.argoproj.io/sync-options: Prune=false instead.',
        ]
      : []),
    ...(method === 'in-place' && !before.mesh.controlPlane.create
      ? [
          'The mesh team runs the control plane: the steps that change it are theirs, and other members of their mesh may feel them.',
        ]
      : []),
  ];
}
