/**
 * Usage: npm run bench [-- --rounds 7] [--json bench/results.json] [--only sources,start,render,template,inside]
 * Our commands beside what they are compared with, as whole processes in one run: each round runs every program of a
 * section once, one after the other, so that a machine that slows down slows all of them. The first round is not
 * counted. Prints medians (and the best round), and whether each wanted ratio holds; a missed one is no failure, because
 * it may be the machine. All runs are in a copy of the project in a temporary folder, where ours is built first.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { helms } from '../test/support/helm.ts';
import { inside } from './bench/inside.ts';
import { machine } from './bench/machine.ts';
import { copyProject } from './bench/project.ts';
import { render } from './bench/render.ts';
import { type Row, table } from './bench/rows.ts';
import { sources } from './bench/sources.ts';
import { start } from './bench/start.ts';
import { template } from './bench/template.ts';

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, json: { type: 'string' }, only: { type: 'string' } },
});
const sections = { sources, start, render, template, inside };
const wanted = options.only?.split(',') ?? Object.keys(sections);
const folder = mkdtempSync(join(tmpdir(), 'serverless-mesh-bench-'));
try {
  const setting = {
    folder,
    project: copyProject(join(folder, 'project')),
    helms: helms(),
    rounds: Number(options.rounds),
  };
  const rows: Row[] = [];
  for (const [name, section] of Object.entries(sections)) {
    if (!wanted.includes(name)) continue;
    process.stderr.write(`measuring ${name}...\n`);
    rows.push(...section(setting));
  }
  process.stdout.write(table(rows));
  if (options.json !== undefined)
    writeFileSync(options.json, `${JSON.stringify({ machine: machine(), rows }, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
