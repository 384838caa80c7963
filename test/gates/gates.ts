/** All gates that are written from published rules, in the order of docs/gates.md. */
import { artifactHub, artifactHubWithoutPublisher } from './artifact-hub.ts';
import { bestPractices } from './best-practices.ts';
import { chartSchema, chartSchemaWithoutPublisher } from './chart-schema.ts';
import { chartVerifier } from './chart-verifier.ts';
import { consoleForm } from './console-form.ts';
import type { Gate } from './gate.ts';
import { kubeLinter } from './kube-linter.ts';

export const gates: readonly Gate[] = [
  chartVerifier,
  artifactHub,
  artifactHubWithoutPublisher,
  chartSchema,
  chartSchemaWithoutPublisher,
  kubeLinter,
  consoleForm,
  bestPractices,
];
