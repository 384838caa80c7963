/** What a row of the table is, and what it finds. */
import { type KubeObject, mapAt, nameOf, namespaceOf, resourceOf, textAt } from '../cluster/fields.ts';
import { told } from '../cluster/secrets.ts';
import { shellQuote as shell } from '../shell.ts';
import type { Kind } from './kinds.ts';
import type { Seen } from './seen.ts';

/** breaks: something does not work; risk: it may stop, or lets in what it should not; note: worth knowing. */
export const severities = ['breaks', 'risk', 'note'] as const;
export type Severity = (typeof severities)[number];

export interface Found {
  /** The object, or what is missing: `KnativeEventing knative-eventing/knative-eventing`. */
  readonly object: KubeObject | string;
  /** As `spec.servers[0].hosts`; empty for the whole object. */
  readonly field: string;
  readonly what: string;
  /** A command, or what to write. */
  readonly remedy: string;
  /** Where it is another one than that of the row. */
  readonly severity?: Severity;
}

export interface Row {
  /** P1 to P34 and E1 to E10 as coverage.ts lists them; S for whatever else the base document wants. Several rows may share one. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** One sentence. */
  readonly consequence: string;
  readonly source: string;
  /** Where one of these could not be read, nothing is said. */
  readonly looksAt: readonly Kind[];
  /** It takes what only a running cluster has: status, pods, and what operators make. */
  readonly running?: true;
  readonly look: (seen: Seen) => Iterable<Found>;
}

export interface Finding {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly object: string;
  /** As `mesh.yaml:12`, for a folder. */
  readonly place?: string;
  readonly field: string;
  readonly what: string;
  readonly consequence: string;
  readonly remedy: string;
  readonly source: string;
}

/** A value as a sentence shows it. */
export const show = (value: unknown): string =>
  value === undefined ? 'not set' : told(typeof value === 'string' ? value : JSON.stringify(value)) || '""';

const target = (object: KubeObject) =>
  `${resourceOf(object)}${namespaceOf(object) === '' ? '' : ` -n ${shell(namespaceOf(object))}`} ${shell(nameOf(object))}`;
export const oc = (verb: string, object: KubeObject, ...rest: readonly string[]): string =>
  ['oc', verb, target(object), ...rest].join(' ');
/** A command that sets fields and leaves the others. */
export const patch = (object: KubeObject, change: object): string =>
  oc('patch', object, '--type merge -p', shell(JSON.stringify(change)));
export const append = (object: KubeObject, path: string, value: unknown): string =>
  oc('patch', object, '--type json -p', shell(JSON.stringify([{ op: 'add', path, value }])));

export const labelsOf = (object: unknown) => mapAt(object, 'metadata', 'labels');
export const annotationsOf = (object: unknown) => mapAt(object, 'metadata', 'annotations');
export const isOn = (object: unknown, ...path: readonly string[]): boolean => textAt(object, ...path) === 'true';
