/** Results as a table on a terminal, as lines in a log, and as JSON. */
import type { Result } from './run.ts';

export interface Subject {
  readonly command: 'preflight' | 'verify';
  readonly environment: string;
  readonly server: string;
  readonly context: string;
  readonly release: { readonly name: string; readonly namespace: string };
}

/** Counts of results, as `21 ok, 2 findings, 1 could not be looked at`. */
export function summary(results: readonly Result[]): string {
  const count = (state: Result['state']) => results.filter(r => r.state === state).length;
  const findings = results.reduce((sum, r) => sum + r.findings.length, 0);
  const parts = [`${count('ok')} ok`, `${findings} ${findings === 1 ? 'finding' : 'findings'}`];
  const blind = results.filter(r => r.unseen.length > 0).length;
  return [...parts, ...(blind > 0 ? [`${blind} could not be looked at`] : [])].join(', ');
}

/** One line for whatever there is to say, each complete in itself: `finding: id: what; what to do`. */
export function asLines(results: readonly Result[]): string {
  const lines = results.flatMap(r => [
    ...r.findings.map(f => `finding: ${r.id}: ${f.finding}; ${f.remedy}`),
    ...r.unseen.map(u => `could not look: ${r.id}: ${u.unseen}; ${u.remedy}`),
    ...(r.state === 'ok' ? [`ok: ${r.id}: ${r.title}`] : []),
    ...r.facts.map(fact => `note: ${r.id}: ${fact}`),
  ]);
  return lines.map(line => `${line}\n`).join('');
}

/** Check, state, and what there is to say, with its remedy below it, wrapped into the terminal. */
export function asTable(results: readonly Result[], columns: number): string {
  const rows = results.map(r => [r.id, r.state, said(r)] as const);
  const idWidth = Math.max(5, ...rows.map(([id]) => id.length));
  const stateWidth = 'could not look'.length;
  const indent = idWidth + stateWidth + 4;
  const room = Math.max(30, columns - indent);
  const line = (id: string, state: string, text: string) =>
    `${id.padEnd(idWidth)}  ${state.padEnd(stateWidth)}  ${text}`.trimEnd();
  const lines = rows.flatMap(([id, state, texts]) =>
    texts
      .flatMap(text => wrapped(text, room))
      .map((text, i) => (i === 0 ? line(id, state, text) : `${' '.repeat(indent)}${text}`.trimEnd())),
  );
  return [line('CHECK', 'STATE', 'WHAT'), ...lines].map(l => `${l}\n`).join('');
}

function said({ state, title, findings, unseen, facts }: Result): string[] {
  return [
    ...(state === 'ok' ? [title] : []),
    ...findings.flatMap(f => [f.finding, `> ${f.remedy}`]),
    ...unseen.flatMap(u => [`not seen: ${u.unseen}`, `> ${u.remedy}`]),
    ...facts,
  ];
}

/** Broken between words; a word that is longer than a line, such as a path, stays whole, so that it can be copied. */
function wrapped(text: string, room: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = text.startsWith('> ') ? `  ${word}` : word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

export function asJson(subject: Subject, results: readonly Result[], status: number): string {
  const { server, context, ...rest } = subject;
  return `${JSON.stringify({ ...rest, cluster: { server, context }, status, checks: results }, null, 2)}\n`;
}
