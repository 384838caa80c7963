/** What preflight looks at, in the order in which it is told. */

import { certificateBefore } from '../certificate.ts';
import { issuer, routerCertificate } from '../certificate-sources.ts';
import type { Check } from '../check.ts';
import { istioCniBefore } from '../istio-settings.ts';
import { istioVersion, meshOperator, serverlessOperator } from '../operators.ts';
import { staleRoutes } from '../routes.ts';
import { strictMtlsBefore } from '../strict-mtls.ts';
import { apis, webhooks } from './apis.ts';
import { exposedGateway, gatewayConflict } from './conflicts.ts';
import { controlPlaneBefore } from './control-plane.ts';
import { existingObjects } from './existing.ts';
import { gatewayPlace, injectionLabels } from './injection.ts';
import { leftRoles } from './left-roles.ts';
import { existingRoll, memberNamespaces, otherMesh } from './membership.ts';
import { otherKnative } from './other-knative.ts';
import { appsDomain, identity, kafkaService, kubernetesVersion, openshiftVersion } from './platform.ts';
import { serviceMesh2 } from './service-mesh-2.ts';

export const preflightChecks: readonly Check[] = [
  kubernetesVersion,
  openshiftVersion,
  serverlessOperator,
  meshOperator,
  istioVersion,
  apis,
  webhooks,
  gatewayPlace,
  gatewayConflict,
  exposedGateway,
  controlPlaneBefore,
  istioCniBefore,
  strictMtlsBefore,
  identity,
  serviceMesh2,
  existingRoll,
  memberNamespaces,
  otherMesh,
  injectionLabels,
  otherKnative,
  leftRoles,
  staleRoutes,
  appsDomain,
  certificateBefore,
  issuer,
  routerCertificate,
  kafkaService,
  existingObjects,
];
