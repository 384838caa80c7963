#!/usr/bin/env node
// Answers as the rules of $FAKE/rules.json say, and writes each call to $FAKE/calls.
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env.FAKE;
const call = process.argv
  .slice(2)
  .filter(arg => !arg.startsWith('--request-timeout'))
  .join(' ');
const calls = () => readFileSync(join(folder, 'calls'), 'utf8').split('\n');
appendFileSync(join(folder, 'calls'), `${call}\n`);
const rule = JSON.parse(readFileSync(join(folder, 'rules.json'), 'utf8')).find(({ call: pattern }) =>
  new RegExp(pattern).test(call),
);
if (rule === undefined) {
  process.stderr.write(`Error from server (NotFound): nobody told the test what to answer to: ${call}\n`);
  process.exit(1);
}
// One answer after the other; the last one stays.
const before = calls().filter(line => new RegExp(rule.call).test(line)).length - 1;
const answer = rule.answers[Math.min(before, rule.answers.length - 1)];
if (answer.startsWith('error: ') || answer.startsWith('Error ')) {
  process.stderr.write(`${answer}\n`);
  process.exit(1);
}
process.stdout.write(answer);
