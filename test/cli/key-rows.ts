import { createHash } from 'node:crypto';

const line = (name: string) => createHash('sha512').update(`canary ${name}`).digest('base64').slice(0, 64);

/** The lines of what looks like a private key and is none. The last one is short, as in a real key. */
export const lines = [...['a', 'b', 'c', 'd', 'e', 'f'].map(line), `${line('g').slice(0, 22)}==`];
export const privateKey = `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`;
export const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

/** A key as a number: nobody has one, but YAML reads one from digits. */
const digits = '73195028641957302846';
const whole = lines.join('');
const [first = '', second = ''] = lines;
/** As a name in YAML must be. */
const word = first.replace(/\W/g, '');

const windows = new Set(
  [...lines, word, digits].flatMap(text =>
    Array.from({ length: text.length - 7 }, (_, start) => text.slice(start, start + 8).toLowerCase()),
  ),
);

/** The first eight characters in a row of the key that the text holds, whatever their case; undefined for none. */
export function leak(text: string): string | undefined {
  const lower = text.toLowerCase();
  return [...windows].find(part => lower.includes(part));
}

const tls = (values: object) => ({ gateway: { tls: values } });
const inline = (values: object) => tls({ source: 'inline', inline: { certificate, privateKey, ...values } });
/** What stands below gateway.tls.inline, as text. */
const yaml = (text: string) => `gateway:\n  tls:\n    source: inline\n    inline:\n${text}`;

/** Valid values with the key where it belongs. */
export const good = inline({});

/**
 * Where the key may end up by mistake, and the Helms that then repeat a part of it ('', '3', '4' or '34'), whatever the
 * chart does: both name a map key that the schema refuses, and Helm 4 repeats a value that breaks a pattern.
 */
export const misplaced: readonly (readonly [string, object | string, string])[] = [
  ['with source existing', tls({ inline: { certificate, privateKey } }), ''],
  ['as the certificate', inline({ certificate: privateKey }), ''],
  ['behind the certificate', inline({ certificate: certificate + privateKey }), ''],
  ['without its BEGIN line', inline({ privateKey: lines.join('\n') }), ''],
  ['encrypted', inline({ privateKey: privateKey.replace('BEGIN', 'BEGIN ENCRYPTED') }), ''],
  ['below an unknown key', tls({ key: privateKey, privateKey }), ''],
  ['as the CA', { verify: { caCertificate: privateKey } }, ''],
  ['behind the CA', { verify: { caCertificate: certificate + privateKey } }, ''],
  ['as the map of both', tls({ source: 'inline', inline: privateKey }), ''],
  ['as the map above', { gateway: { tls: whole } }, ''],
  ['as a list of lines', inline({ privateKey: lines }), ''],
  ['as a number', yaml(`      privateKey: ${digits}\n`), ''],
  ['as an octal number', yaml(`      privateKey: 0${digits.replace(/[89]/g, '7')}\n`), ''],
  ['as the whole file', privateKey, ''],
  ['as a file of JSON', JSON.stringify(privateKey), ''],
  ['as a file of lines', JSON.stringify(lines), ''],
  ['as a choice', { serverless: { release: privateKey }, serving: { ingress: whole } }, ''],
  ['as a switch', { serving: { enabled: whole }, kafka: { enabled: lines } }, ''],
  ['as a number of partitions', { kafka: { broker: { numPartitions: whole } } }, ''],
  ['without a block', yaml(`      privateKey: ${lines.join('\n')}\n`), ''],
  ['without indentation', yaml(`      privateKey: |\n${lines.join('\n')}\n`), ''],
  ['with too little indentation', yaml(`      privateKey: |\n        ${first}\n     ${second}\n`), ''],
  ['in open quotes', yaml(`      privateKey: "${lines.join('\n')}\n`), ''],
  ['in an open bracket', yaml(`      a: {${first}: 1, ${second}\n`), ''],
  ['as binary', yaml(`      privateKey: !!binary ${first}\n`), ''],
  ['as an alias', yaml(`      privateKey: *${word}\n`), '34'],
  ['as a tag', yaml(`      privateKey: !${word} a\n`), ''],
  ['as a merge key', `gateway: &${word}\n  <<: ${first}\n`, ''],
  ['behind a wrong tag', yaml(`      privateKey: !!int ${first}\n`), '34'],
  ['as a key that stands twice', yaml(`      ? ${first}\n      ? ${first}\n`), '34'],
  ['as a key', { [whole]: 'a', [first]: 'b', [privateKey]: 'c' }, '34'],
  ['as the key of a label', { commonLabels: { [whole]: 'a', [first]: 'b', [privateKey]: 'c' } }, '34'],
  ['as a key with a meaning', { commonAnnotations: { [`kubernetes.io/${word}`]: 'a' } }, '34'],
  ['as a key of configuration', { serving: { config: { network: { [whole]: whole } } } }, '34'],
  ['as a label', { commonLabels: { a: privateKey, b: whole } }, '4'],
  ['as a namespace', { mesh: { namespace: privateKey } }, '4'],
  ['as members', { mesh: { members: [privateKey, whole, first, first] } }, '4'],
  ['as a server', { kafka: { enabled: true, bootstrapServers: [whole, privateKey] } }, '4'],
  ['as an image', { jobs: { image: whole } }, '4'],
  ['as a domain', { cluster: { appsDomain: privateKey } }, '4'],
];
