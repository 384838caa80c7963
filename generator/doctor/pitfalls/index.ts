/** Every row, in the order of an installation. */
import type { Row } from '../row.ts';
import { certificates } from './certificates.ts';
import { gateways } from './gateways.ts';
import { kafka } from './kafka.ts';
import { knative } from './knative.ts';
import { mesh } from './mesh.ts';
import { operators } from './operators.ts';
import { services } from './services.ts';
import { sources } from './sources.ts';
import { whole } from './whole.ts';

export const rows: readonly Row[] = [
  ...whole,
  ...operators,
  ...mesh,
  ...gateways,
  ...certificates,
  ...knative,
  ...kafka,
  ...services,
  ...sources,
];
