/** Every gate, in the order of docs/gates.md, which scripts/gates.ts writes. */
import { gates } from './gates.ts';
import { helmLint } from './helm-lint.ts';
import { kubeconform } from './kubeconform.ts';
import type { ToolGate } from './tool.ts';
import { yamllintGate } from './yamllint.ts';

export const toolGates: readonly ToolGate[] = [helmLint, yamllintGate, kubeconform];
export const gateIds: readonly string[] = [...toolGates, ...gates].map(({ id }) => id);
export const pagePath = 'docs/gates.md';
