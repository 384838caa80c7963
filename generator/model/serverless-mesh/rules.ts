/**
 * Rules between values, in one table. Each prints as a guard that fails the render, and runs in `evaluate` and
 * `validate` with the same words: what is wrong; what to write instead. What one value alone must be is in values-schema.
 */
import type { Rule } from '../chart.ts';
import { certificateRules } from './rules/certificates.ts';
import { controlPlaneRules } from './rules/control-plane.ts';
import { domainRules } from './rules/domains.ts';
import { gatewayRules } from './rules/gateway.ts';
import { isolationRules } from './rules/isolation.ts';
import { kafkaRules } from './rules/kafka.ts';
import { knativeRules } from './rules/knative.ts';
import { meshRules } from './rules/mesh.ts';
import { metadataRules } from './rules/metadata.ts';
import { networkPolicyRules } from './rules/network-policies.ts';
import { verificationRules } from './rules/verification.ts';
import { workloadRules } from './rules/workloads.ts';

export const rules: readonly Rule[] = [
  ...meshRules,
  ...controlPlaneRules,
  ...gatewayRules,
  ...certificateRules,
  ...kafkaRules,
  ...knativeRules,
  ...workloadRules,
  ...networkPolicyRules,
  ...domainRules,
  ...isolationRules,
  ...verificationRules,
  ...metadataRules,
];
