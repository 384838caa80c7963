/** What a plan is made of: the values of both generations, what the chart makes of them, and how the user calls Helm. */
import type { Values } from '../../values-schema/index.ts';
import { kindOf, mapAt, nameOf, namespaceOf } from '../cluster/fields.ts';
import type { Manifest } from '../gotmpl/evaluate.ts';
import { serverlessMesh } from '../model/serverless-mesh/index.ts';
import { evaluateChart, type ReleaseInfo } from '../render/evaluate-chart.ts';
import type { Rendered } from '../render/order.ts';

/** in-place: both meshes run side by side for a while. reinstall: in a maintenance window, as the documentation of Service Mesh 2 wants it. */
export const methods = ['in-place', 'reinstall'] as const;
export type Method = (typeof methods)[number];

export interface MigrationOptions {
  readonly method: Method;
  readonly release: ReleaseInfo;
  /** As helm takes it. */
  readonly chart: string;
  /** The values files of now, in their order, and that for Service Mesh 3. */
  readonly files: readonly string[];
  readonly newFile: string;
  /** With the chart's defaults. */
  readonly before: Values;
  readonly after: Values;
}

export interface Migration extends MigrationOptions {
  /** What helm upgrade takes away, adds and changes. Hooks are not among them. */
  readonly removed: readonly Manifest[];
  readonly added: readonly Rendered[];
  readonly changed: readonly Manifest[];
  /** helm test calls a Knative Service. */
  readonly tested: boolean;
  /** Istio and IstioCNI, also where they are somebody else's. */
  readonly istio: readonly Rendered[];
}

const identity = (object: Manifest) => [kindOf(object), namespaceOf(object), nameOf(object)].join(' ');
const isHook = ({ object }: Rendered) => mapAt(object, 'metadata', 'annotations')['helm.sh/hook'] !== undefined;

export function migrationOf(options: MigrationOptions): Migration {
  const { before, after, release } = options;
  const render = (values: Values) =>
    evaluateChart(serverlessMesh, values as unknown as Record<string, unknown>, release);
  const [old, all] = [render(before).filter(r => !isHook(r)), render(after)];
  const fresh = all.filter(r => !isHook(r));
  const known = new Map(old.map(r => [identity(r.object), r.object]));
  const wanted = new Set(fresh.map(r => identity(r.object)));
  const control = { ...after.mesh.controlPlane, create: true };
  return {
    ...options,
    removed: old.map(r => r.object).filter(o => !wanted.has(identity(o))),
    added: fresh.filter(r => !known.has(identity(r.object))),
    changed: fresh
      .map(r => r.object)
      .filter(o => known.has(identity(o)) && JSON.stringify(known.get(identity(o))) !== JSON.stringify(o)),
    tested: all.some(r => isHook(r) && mapAt(r.object, 'metadata', 'annotations')['helm.sh/hook'] === 'test'),
    istio: render({ ...after, mesh: { ...after.mesh, controlPlane: control } }).filter(({ object }) =>
      String(object.apiVersion).startsWith('sailoperator.io/'),
    ),
  };
}
