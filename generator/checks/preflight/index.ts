/** What preflight looks at, in the order in which it is told. */

import { certificateBefore } from '../certificate.ts';
import type { Check } from '../check.ts';
import { controlPlaneBefore } from '../control-plane-settings.ts';
import { meshOperator, serverlessOperator } from '../operators.ts';
import { apis, webhooks } from './apis.ts';
import { exposedGateway, gatewayConflict } from './conflicts.ts';
import { existingObjects } from './existing.ts';
import { leftRoles } from './left-roles.ts';
import { existingRoll, memberNamespaces, otherKnative, otherMesh } from './membership.ts';
import { appsDomain, identity, kafkaService, kubernetesVersion, openshiftVersion } from './platform.ts';

export const preflightChecks: readonly Check[] = [
  kubernetesVersion,
  openshiftVersion,
  serverlessOperator,
  meshOperator,
  apis,
  webhooks,
  gatewayConflict,
  exposedGateway,
  controlPlaneBefore,
  identity,
  existingRoll,
  memberNamespaces,
  otherMesh,
  otherKnative,
  leftRoles,
  appsDomain,
  certificateBefore,
  kafkaService,
  existingObjects,
];
