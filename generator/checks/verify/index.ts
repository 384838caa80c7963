/** What verify looks at, in the order in which it is told: that of the install. */

import { certificate } from '../certificate.ts';
import { copiedCertificate, issuedCertificate } from '../certificate-sources.ts';
import type { Check } from '../check.ts';
import { istioCni } from '../istio-settings.ts';
import { meshOperator, serverlessOperator } from '../operators.ts';
import { routes, staleRoutes } from '../routes.ts';
import { strictMtls } from '../strict-mtls.ts';
import { gatewayImages, gatewayPods, ingressGateway } from './gateway.ts';
import { eventingIstio, knativeConfig, knativeReady } from './knative.ts';
import { controlPlane, memberLabels, memberRoll, members } from './mesh.ts';
import { activatorLog, knativeServices, proxies } from './pods.ts';
import { objects, waitedFor } from './release.ts';

export const verifyChecks: readonly Check[] = [
  serverlessOperator,
  meshOperator,
  objects,
  waitedFor,
  controlPlane,
  istioCni,
  strictMtls,
  memberRoll,
  members,
  memberLabels,
  issuedCertificate,
  certificate,
  copiedCertificate,
  ingressGateway,
  gatewayImages,
  gatewayPods,
  ...knativeReady,
  ...knativeConfig,
  eventingIstio,
  ...proxies,
  activatorLog,
  staleRoutes,
  routes,
  knativeServices,
];
