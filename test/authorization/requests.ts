/** Every request of the matrix, by hand from domain.md 3.1, 3.2 and 2.2. */
import { toActivator } from './rows/activator.ts';
import { withinKnative } from './rows/knative.ts';
import { toReceivers } from './rows/receivers.ts';
import { tenantNames, tenantPods } from './rows/tenant-pods.ts';
import { ways } from './rows/ways.ts';
import type { Mode, Row } from './world.ts';

const rows: readonly Row[] = [...withinKnative, ...tenantPods, ...tenantNames, ...toActivator, ...toReceivers, ...ways];

/** The rows of a mode. */
export const rowsOf = ({ generation }: Mode): readonly Row[] =>
  rows.filter(({ only }) => only === undefined || only === generation);
