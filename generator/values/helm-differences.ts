import { COLLECTION_STYLE, EVENT_ID, type Event, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import type { Report } from './compose.ts';

// Helm reads YAML with go-yaml v2, which is older than YAML 1.2. js-yaml reads 1.2. What follows is where the two differ
// in the text itself; scalars.ts has what they see in a scalar. test/values/as-helm.test.ts holds both against real Helm.

/** What Helm makes of whole lines, before or below YAML, otherwise than YAML 1.2. */
export function reportLines(text: string, report: Report): void {
  const places: readonly (readonly [number, string])[] = [
    [text.search(/[\u0085\u2028\u2029]/), 'holds a Unicode line separator, which ends a line for Helm; remove it'],
    [
      text.search(/[\u007f-\u0084\u0086-\u009f\ufffe\uffff]|(?!^)\ufeff/),
      'holds a control character, which Helm refuses; remove it',
    ],
    [directiveAt(text), 'starts with a % line, which Helm refuses; remove it'],
    [
      text.search(/^---(?![ \t]*(?:#|$))/m),
      'has text behind ---, which Helm 4 refuses; start a new line, or indent this one',
    ],
  ];
  for (const [at, message] of places) if (at >= 0) report(at, message);
}

function directiveAt(text: string): number {
  const start = /^\ufeff?(?:[ \t]*(?:#.*)?(?:\r\n?|\n))*%/.exec(text);
  return start === null ? -1 : start[0].length - 1;
}

/** What Helm reads otherwise, or not at all, in the text of a scalar and around it. */
export function reportScalars(source: string, events: readonly Event[], report: Report): void {
  const inFlow: boolean[] = [];
  for (const event of events) {
    if (event.type === EVENT_ID.POP) inFlow.pop();
    else if (event.type === EVENT_ID.DOCUMENT) inFlow.push(false);
    else if (event.type === EVENT_ID.SCALAR) {
      if (event.style === SCALAR_STYLE.DOUBLE_QUOTED) reportEscapes(source, event, report);
      else if (event.style === SCALAR_STYLE.PLAIN && inFlow.at(-1)) reportFlowScalar(source, event, report);
    } else if (event.type !== EVENT_ID.ALIAS) inFlow.push(event.style === COLLECTION_STYLE.FLOW);
  }
}

/** go-yaml knows neither the escape `\/` of YAML 1.2 nor surrogate pairs as JSON writes them. */
function reportEscapes(source: string, { valueStart, valueEnd, fast }: ScalarEvent, report: Report): void {
  if (fast) return;
  for (const [escaped] of source.slice(valueStart, valueEnd).matchAll(/\\(?:u[dD][89a-fA-F]|.)/gs)) {
    if (escaped === '\\/') report(valueStart, 'Helm cannot read the escape \\/ in double quotes; write / alone');
    else if (escaped.length > 2) {
      report(valueStart, 'Helm cannot read a \\ud83d (half a character) in double quotes; write the character itself');
    }
  }
}

/** Inside [] and {}: `?a` is the key a for Helm, `:a` an error, and `{a:}` and `{a:[]}` not the key a. */
function reportFlowScalar(source: string, { valueStart, valueEnd }: ScalarEvent, report: Report): void {
  if (valueStart < 0) return;
  if (/[?:]/.test(source[valueStart] ?? '')) {
    report(
      valueStart,
      'Helm reads ? and : at the start as signs of their own inside [] and {}; put the text in quotes',
    );
  }
  if (/^[ \t]*:[^ \t\r\n]/.test(source.slice(valueEnd, valueEnd + 100))) {
    report(valueStart, 'Helm takes a : without a space behind it for a part of the key; write a space behind the :');
  }
}
