/** Which steps there are, in their order, for each way to migrate. A further step is a row, and a line here. */
import type { Method } from './migration.ts';
import { concerns, type Row } from './step.ts';
import * as certificates from './steps/certificates.ts';
import * as finish from './steps/finish.ts';
import * as isolation from './steps/isolation.ts';
import * as move from './steps/move.ts';
import * as own from './steps/own-objects.ts';
import * as prepare from './steps/prepare.ts';
import * as routes from './steps/routes.ts';
import * as mesh3 from './steps/service-mesh-3.ts';
import * as verify from './steps/verify.ts';
import * as workloads from './steps/workloads.ts';

const begin: readonly Row[] = [prepare.backup, prepare.values, prepare.healthy, prepare.serverlessRelease];

const users: readonly Row[] = [
  own.networkPolicies,
  own.authorizationPolicies,
  own.dnsCapture,
  own.foreignRoll,
  mesh3.operator,
  certificates.existingCertificate,
  certificates.inlineCertificate,
  certificates.rootCertificate,
  certificates.namespacedIssuer,
  certificates.routerCertificate,
];

/** Istio beside a control plane that stays. */
const beside: readonly Row[] = [mesh3.shield, mesh3.istio, mesh3.rootOfNewNamespaces, mesh3.labels];

/** The mesh is the mesh team's: it stays, and Istio must be there before the release. */
const foreign = (row: Row): Row => ({
  ...row,
  when: { words: 'mesh.controlPlane.create false', holds: m => !m.before.mesh.controlPlane.create && concerns(row, m) },
});

export const rowsOf: Readonly<Record<Method, readonly Row[]>> = {
  'in-place': [
    ...begin,
    prepare.newestServiceMesh2,
    prepare.addOnsOff,
    prepare.policiesOff,
    ...users,
    ...beside,
    move.keep,
    isolation.bothGatewaysAllowed,
    move.upgrade,
    workloads.serving,
    workloads.eventing,
    workloads.kafka,
    workloads.members,
    routes.routes,
    isolation.tenants,
    isolation.oldGatewayDenied,
    verify.verify,
    finish.leaveRoll,
    finish.removeObjects,
    routes.staleRoutes,
    finish.removeSecrets,
    finish.removeLabels,
    finish.removeOperator,
    verify.verifyAgain,
  ],
  reinstall: [
    ...begin,
    ...users,
    finish.uninstall,
    finish.leaveRoll,
    routes.staleRoutes,
    ...beside.map(foreign),
    finish.injectionLabels,
    move.install,
    isolation.tenants,
    workloads.members,
    routes.routes,
    verify.verify,
    finish.removeSecrets,
    finish.removeOperator,
  ],
};
