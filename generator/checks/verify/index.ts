/** What verify looks at, in the order in which it is told: that of the install. */

import { certificate } from '../certificate.ts';
import type { Check } from '../check.ts';
import { meshOperator, serverlessOperator } from '../operators.ts';
import { eventingIstio, knativeConfig, knativeReady, routes } from './knative.ts';
import { controlPlane, gatewayPods, ingressGateway, memberRoll, members, strictMtls } from './mesh.ts';
import { activatorLog, knativeServices, proxies } from './pods.ts';
import { objects, waitedFor } from './release.ts';

export const verifyChecks: readonly Check[] = [
  serverlessOperator,
  meshOperator,
  objects,
  waitedFor,
  controlPlane,
  strictMtls,
  memberRoll,
  members,
  certificate,
  ingressGateway,
  gatewayPods,
  ...knativeReady,
  ...knativeConfig,
  eventingIstio,
  ...proxies,
  activatorLog,
  routes,
  knativeServices,
];
