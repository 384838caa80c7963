/** What a file of tenants is made of: `defaults` and `tenants`. */
import { TenantValues } from '../../values-schema/tenant/index.ts';
import type { Finding } from '../findings.ts';
import { given } from '../values/broken.ts';
import { isMap, type Values } from '../values/maps.ts';
import { insteadOf } from '../values/nearest.ts';
import { pathText, type ValuePath } from '../values/path.ts';
import type { ValuesSchema } from '../values/schema-path.ts';
import { mayShow } from '../values/show.ts';
import type { ReadFile } from '../values/values-file.ts';

export interface Frame {
  readonly defaults: Values;
  /** One for each item of the list, undefined for one that is no map; undefined for a file without `tenants`. */
  readonly items: readonly (Values | undefined)[] | undefined;
  readonly findings: readonly Finding[];
}

/** Values that no two tenants have in common. */
export const ofOneTenant = ['name', 'namespaces', 'namespacePrefix'];

const { properties = {} } = TenantValues as unknown as ValuesSchema;
const shared = Object.fromEntries(Object.entries(properties).filter(([key]) => !ofOneTenant.includes(key)));
const fileSchema: ValuesSchema = { properties: { defaults: { properties: shared }, tenants: {} } };

/** Takes a file apart. What is not as it should be is a finding, and then left out. */
export function frameOf({ file, values, lineOf }: ReadFile): Frame {
  const findings: Finding[] = [];
  const report = (path: ValuePath, message: string) => {
    const line = lineOf(path);
    findings.push({ file, ...(line === undefined ? {} : { line }), path: pathText(path), message });
  };
  for (const key of Object.keys(values)) if (key !== 'defaults' && key !== 'tenants') report([key], unknownKey(key));
  return { defaults: defaultsOf(values.defaults, report), items: itemsOf(values.tenants, report), findings };
}

type Report = (path: ValuePath, message: string) => void;

function unknownKey(key: string): string {
  const instead = ofOneTenant.includes(key)
    ? `did you mean tenants[0].${key}? Each tenant is an item of the list tenants`
    : insteadOf(key, [], fileSchema, ['defaults', 'tenants']);
  return `is nothing that a list of tenants has; ${instead}`;
}

function defaultsOf(value: unknown, report: Report): Values {
  // Only the key stands there, as in a file that is not finished.
  if (value === undefined || value === null) return {};
  if (!isMap(value)) {
    report(['defaults'], `${shown(value)}; write a map of the values that tenants share`);
    return {};
  }
  for (const key of ofOneTenant)
    if (Object.hasOwn(value, key)) report(['defaults', key], `cannot be shared; write ${key} at each tenant`);
  return Object.fromEntries(Object.entries(value).filter(([key]) => !ofOneTenant.includes(key)));
}

function itemsOf(value: unknown, report: Report): Frame['items'] {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) {
    report(['tenants'], `${shown(value)}; write a list, with - in front of each tenant`);
    return [];
  }
  return value.map((item, index) => {
    if (isMap(item)) return item;
    report(['tenants', index], `${shown(item)}; write a map, for example {name: orders, namespaces: [orders]}`);
    return undefined;
  });
}

const shown = (value: unknown): string => given({ value, hidden: typeof value === 'string' && !mayShow(value) });
