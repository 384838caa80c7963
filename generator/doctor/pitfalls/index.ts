/** Every row, in the order of an installation. */
import type { Row } from '../row.ts';
import { addresses } from './addresses.ts';
import { certificates } from './certificates.ts';
import { fields } from './fields.ts';
import { gateways } from './gateways.ts';
import { kafka } from './kafka.ts';
import { knative } from './knative.ts';
import { members } from './members.ts';
import { mesh } from './mesh.ts';
import { networkPolicies } from './network-policies.ts';
import { operators } from './operators.ts';
import { services } from './services.ts';
import { sources } from './sources.ts';
import { whole } from './whole.ts';
import { workloads } from './workloads.ts';

export const rows: readonly Row[] = [
  ...whole,
  ...operators,
  ...mesh,
  ...members,
  ...networkPolicies,
  ...gateways,
  ...addresses,
  ...certificates,
  ...knative,
  ...fields,
  ...workloads,
  ...kafka,
  ...services,
  ...sources,
];
