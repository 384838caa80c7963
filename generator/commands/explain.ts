import { chartNamed } from '../charts.ts';
import { type About, answerObject, answerValue } from '../explain/answers.ts';
import { type Explained, explainChart } from '../explain/objects.ts';
import { fieldsFor, objectsFor, valueFor } from '../explain/query.ts';
import { fieldLines, fieldText, leftOutText, objectText, valueText } from '../explain/text.ts';
import { findingText } from '../findings.ts';
import type { Io, Status } from '../io.ts';
import { type EnvironmentOptions, readEnvironments } from '../values/environments.ts';
import { checkRelease } from './release.ts';

export interface ExplainOptions extends EnvironmentOptions {
  readonly chart?: string | undefined;
  /** An object, `Gateway/knative-ingress-gateway`, or a value, `gateway.tls.source`; all objects without it. */
  readonly query?: string | undefined;
  /** A field of the object, `spec.servers[0].tls`. */
  readonly field?: string | undefined;
  readonly releaseName?: string | undefined;
  readonly namespace: string;
  readonly output: 'text' | 'json';
}

/** Says where objects, their fields and values come from. Nothing is looked at but the model and the values files. */
export function runExplain(options: ExplainOptions, io: Io): Status {
  const chart = chartNamed(options.chart);
  const release = { name: options.releaseName ?? chart.name, namespace: options.namespace };
  checkRelease({ releaseName: release.name, namespace: release.namespace });
  const [environment] = [...readEnvironments(chart, options)];
  if (environment === undefined) throw new Error('no environment');
  for (const f of environment.findings) io.talk(`${findingText(f)}\n`);
  if (environment.findings.length > 0) return 1;
  const about: About = { chart, environment, ...explainChart(chart, environment.values, release) };
  const { data, text } = answer(about, options);
  io.out(options.output === 'json' ? `${JSON.stringify(data, null, 2)}\n` : text());
  return 0;
}

interface Answer {
  readonly data: unknown;
  readonly text: () => string;
}

function answer(about: About, { query, field }: ExplainOptions): Answer {
  if (query === undefined) return overview(about);
  const objects = objectsFor(query, about);
  if (objects === undefined) {
    const value = answerValue(about, valueFor(query, about));
    return { data: value, text: () => valueText(value) };
  }
  return field === undefined ? ofObjects(about, objects) : ofFields(about, objects, field);
}

function overview({ objects, leftOut }: About): Answer {
  const rows = objects.map(o => ({ object: o.title, what: o.resource.doc, template: o.template }));
  const others = leftOut.map(l => ({ template: l.template, what: l.resource.doc, dependsOn: l.conditions }));
  const text = () =>
    [
      ...rows.map(r => `${r.object}: ${r.what}\n`),
      ...others.map(o => `(not there, by ${o.dependsOn.join(', ')}) ${o.template}: ${o.what}\n`),
    ].join('');
  return { data: { objects: rows, leftOut: others }, text };
}

function ofObjects(about: About, objects: readonly Explained[]): Answer {
  const answers = objects.map(o => answerObject(about, o));
  return { data: answers, text: () => answers.map(o => objectText(o) + fieldLines(o)).join('\n') };
}

function ofFields(about: About, objects: readonly Explained[], field: string): Answer {
  const parts = objects.flatMap(o => {
    const whole = answerObject(about, o);
    const { object, fields, leftOut } = whole;
    const wanted = fieldsFor(field, o);
    const there = fields.filter(f => wanted.includes(f.field)).map(f => ({ data: f as object, text: fieldText(f) }));
    const gone = leftOut.filter(l => wanted.includes(l.field));
    const head = { data: [], text: objectText(whole) };
    return [
      head,
      ...there,
      ...gone.map(l => ({ data: { object, ...l, leftOut: true }, text: leftOutText(object, l) })),
    ];
  });
  return { data: parts.flatMap(p => p.data), text: () => parts.map(p => p.text).join('\n') };
}
