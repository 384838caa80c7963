/** Helm's best practices that a program can check. Numbers are those of our fact sheet, which names the pages. */
import { filesChecks } from './best-practices-files.ts';
import { renderedChecks } from './best-practices-rendered.ts';
import { templateChecks } from './best-practices-templates.ts';
import type { Gate } from './gate.ts';

export const bestPractices: Gate = {
  id: 'best-practices',
  title: "Helm's best practices, written from its pages",
  source: 'https://helm.sh/docs/chart_best_practices/',
  looked: `The packages and every golden render. Not here: that an image is pinned, that there are no definitions of kinds and that kubeVersion is one
range ([chart-verifier](#chart-verifier)); selectors ([kube-linter](#kube-linter)); that values files validate, that no value is without a template
and no template without a value (\`npm test\`). Advice that no program can judge, such as flat values or maps before lists, is left out.`,
  checks: [...filesChecks, ...templateChecks, ...renderedChecks],
};
