/** The values that an import may set, by path. */
import { defaults, type Field, fields } from '../emit/fields.ts';
import type { Schema } from '../gotmpl/expr.ts';
import { serverlessMesh } from '../model/serverless-mesh/index.ts';
import type { Values } from '../values/maps.ts';

export const defaultValues = defaults(serverlessMesh.values as Schema) as Values;
export const allSettings: readonly Field[] = fields(serverlessMesh.values as Schema);

/** What no object of an installation tells: how to install, and what a person adds to every object. A key is never read. */
const unknowable =
  /^(commonLabels|commonAnnotations|global|enabled|argocd|jobs|uninstall|verify|preflight|namespaces)\b|^gateway\.tls\.(inline|clusterIngress)\b/;
export const settings: ReadonlyMap<string, Field> = new Map(
  allSettings.filter(f => !unknowable.test(f.path)).map(f => [f.path, f]),
);

/** `kafka.listeners` of `kafka.listeners[2].port`; undefined where no setting of that name may be set. */
export function settingOf(value: string): Field | undefined {
  const steps = value.split(/[.[]/);
  for (let length = steps.length; length > 0; length -= 1) {
    const found = settings.get(steps.slice(0, length).join('.'));
    if (found !== undefined) return found;
  }
  return undefined;
}

export const valueAt = (values: Values, path: string): unknown =>
  path.split('.').reduce<unknown>((here, key) => (here as Values | undefined)?.[key], values);

/** A copy in which one value is another; what is beside it is shared. */
export function withValue(values: Values, path: string, value: unknown): Values {
  const [key, ...rest] = path.split('.');
  return {
    ...values,
    [key!]: rest.length === 0 ? value : withValue((values[key!] ?? {}) as Values, rest.join('.'), value),
  };
}
