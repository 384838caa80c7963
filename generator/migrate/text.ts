/** A plan as text for a terminal, with commands to copy, and as JSON. */
import type { Plan } from './plan.ts';
import type { Step } from './step.ts';

/** Of prose. Commands are never broken. */
const widest = 110;

export function planText(plan: Plan, environment: string, columns = widest): string {
  const { migration: m, notice, objects, steps } = plan;
  const width = Math.min(columns, widest);
  return [
    `${environment}: from OpenShift Service Mesh 2.6 to 3, ${m.method}; release ${m.release.name} in namespace ${m.release.namespace}`,
    '',
    ...notice.flatMap(line => wrapped(line, width, '- ', '  ')),
    '',
    'What changes in the release:',
    ...list('removed', objects.removed),
    ...list('added', objects.added),
    ...list('changed', objects.changed),
    ...steps.flatMap((step, i) => stepLines(step, i + 1, width)),
    '',
  ].join('\n');
}

const list = (word: string, titles: readonly string[]) => titles.map(title => `  ${word.padEnd(8)} ${title}`);

/** A step as lines for a terminal. */
export function stepLines(
  { id, title, why, commands, check, back, source }: Step,
  number: number,
  width: number,
): string[] {
  const say = (label: string, text: string) => wrapped(text, width, `   ${label.padEnd(8)}`, ' '.repeat(11));
  return [
    '',
    `${number}. ${title} [${id}]`,
    ...say('Why:', why),
    ...commands.flatMap(indented),
    ...say('Check:', 'run'),
    ...indented(check.command),
    ...say('Shows:', check.shows),
    ...say('Back:', back.say),
    ...back.commands.flatMap(indented),
    `   Source: ${source}`,
  ];
}

const indented = (command: string): string[] => command.split('\n').map(line => `      ${line}`);

/** Broken between words. */
export function wrapped(text: string, width: number, first: string, rest: string): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `${rest}${word}`;
    } else line = empty ? `${line}${word}` : `${line} ${word}`;
    empty = false;
  }
  return [...lines, line];
}

export interface PlanJson {
  readonly environment: string;
  readonly status: number;
  readonly valuesFile: string;
  readonly values: object;
  readonly changes: readonly object[];
  /** Private keys, which are never printed. */
  readonly leftOut: readonly string[];
}

export function planJson(plan: Plan, about: PlanJson): string {
  const { migration: m, notice, objects, steps } = plan;
  const { environment, status, ...values } = about;
  return `${JSON.stringify({ environment, release: m.release, method: m.method, status, notice, objects, steps, ...values }, null, 2)}\n`;
}
