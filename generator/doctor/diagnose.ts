/** An installation to what is wrong with it, worst first. */
import { kindOf, titleOf } from '../cluster/fields.ts';
import { oneLine } from '../cluster/secrets.ts';
import type { Blind } from './lists.ts';
import { rows } from './pitfalls/index.ts';
import { type Finding, type Found, type Row, severities } from './row.ts';
import type { Seen } from './seen.ts';

export interface NotLookedAt extends Blind {
  /** Of the rows that say nothing for this reason. */
  readonly rows: readonly string[];
}
export interface Diagnosis {
  readonly findings: readonly Finding[];
  /** What was refused. */
  readonly unseen: readonly NotLookedAt[];
  /** Rows that a folder cannot answer. */
  readonly needCluster: readonly string[];
}

/** Within one severity, in the order of an installation. */
export function diagnose(seen: Seen): Diagnosis {
  const blind = new Set(seen.blind.map(b => b.kind));
  const isRunning = (row: Row) => row.running === true && seen.from === 'folder';
  const needsSecrets = (row: Row) => secretRows.includes(row.id);
  const isBlind = (row: Row) => row.looksAt.some(kind => blind.has(kind)) || (needsSecrets(row) && blind.has('Secret'));
  const asked = rows.filter(row => !isRunning(row) && !isBlind(row));
  const findings = asked.flatMap(row => [...row.look(seen)].map(found => findingOf(row, found, seen)));
  return {
    findings: severities.flatMap(severity => findings.filter(f => f.severity === severity)),
    unseen: seen.blind.map(b => ({
      ...b,
      rows: idsOf(rows.filter(r => (b.kind === 'Secret' ? needsSecrets(r) : r.looksAt.includes(b.kind)))),
    })),
    needCluster: idsOf(rows.filter(isRunning)),
  };
}
const idsOf = (some: readonly Row[]) => [...new Set(some.map(r => r.id))];
/** They look at Secrets, which are no kind of the list: only some are read, by name. */
const secretRows = ['P2', 'P3', 'P4', 'P6', 'S16'];

function findingOf(row: Row, found: Found, seen: Seen): Finding {
  const { object, field, what, remedy, severity } = found;
  const place = typeof object === 'string' ? undefined : seen.placeOf(object);
  return {
    id: row.id,
    severity: severity ?? row.severity,
    title: row.title,
    object: oneLine(typeof object === 'string' ? object : titleWithGroup(object)),
    ...(place === undefined ? {} : { place }),
    field: oneLine(field),
    what: oneLine(what),
    consequence: row.consequence,
    remedy: oneLine(remedy),
    source: row.source,
  };
}

/** Two kinds are a Service. */
const titleWithGroup = (object: object): string =>
  /^serving\.knative\.dev\/.*\/Service$/.test(kindOf(object)) ? `Knative ${titleOf(object)}` : titleOf(object);
