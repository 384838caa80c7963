/** The same as the picture in words. */
import { table } from '../emit/markdown.ts';
import type { Edge, Installation } from './installation.ts';

const portsOf = ({ ports, remark }: Edge) => `${ports.join(', ')}${remark === undefined ? '' : `, ${remark}`}`;

/** `Router to istio-ingressgateway: TLS 443 → 8443; what for`. */
export const sentenceOf = (edge: Edge): string =>
  `${edge.from} to ${edge.to}: ${edge.protection} ${portsOf(edge)}; ${edge.purpose}`;

/** Lines for a terminal or a log: what is to be said of all, the parties with their namespaces, and who calls whom. */
export function textOf({ facts, namespaces, parties, edges }: Installation): string {
  const title = (key: string) => namespaces.find(namespace => namespace.key === key)!.title.join(', ');
  const lines = parties.map(({ name, namespace, inMesh, details, hosts = [] }) => {
    const more = [...details, ...hosts];
    const where = namespace === undefined ? '' : ` in ${title(namespace)}`;
    return `${name}${where}${inMesh ? ', with a proxy' : ''}${more.length === 0 ? '' : `: ${more.join(', ')}`}`;
  });
  return [...facts, '', ...lines, '', ...edges.map(sentenceOf)].map(line => `${line}\n`).join('');
}

/** Who calls whom, as a Markdown table with the place where each row is read. */
export const edgesTable = ({ edges }: Installation): string =>
  table(
    ['From', 'To', 'Protected by', 'Ports', 'For', 'Read from'],
    edges.map(edge => [
      edge.from,
      edge.to,
      edge.protection,
      portsOf(edge),
      edge.purpose,
      edge.sources.map(linked).join(', '),
    ]),
  );

/** A document as a link with its last words, an object as code. */
const linked = (source: string): string =>
  source.startsWith('https://') ? `[${source.replace(/\/$/, '').split('/').at(-1)}](${source})` : `\`${source}\``;
