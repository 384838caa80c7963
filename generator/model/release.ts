/** Typed references to what Helm says of a release and its chart. */
import { type Static, Type } from 'typebox';
import { grammar } from '../../values-schema/field.ts';
import { refs } from '../gotmpl/expr.ts';

// Helm checks release names: https://helm.sh/docs/topics/charts/ (at most 53 characters of a DNS name).
const Release = Type.Object({
  Name: Type.String(grammar.dnsName),
  Namespace: Type.String(grammar.dnsLabel),
  Service: Type.String(),
  Revision: Type.Integer({ minimum: 1, maximum: 999_999 }),
});
const version = { pattern: '^[0-9A-Za-z.+-]*$' };
const ChartInfo = Type.Object({
  Name: Type.String(grammar.dnsLabel),
  Version: Type.String(version),
  AppVersion: Type.String(version),
});
export const release = refs<Static<typeof Release>>(Release, '.Release');
export const chart = refs<Static<typeof ChartInfo>>(ChartInfo, '.Chart');
