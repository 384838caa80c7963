import type { KubernetesObject } from './parse.ts';

/** The words of a command as a shell takes them apart, without its prompt. */
export function wordsOf(command: string): string[] {
  const line = command.replace(/^\$ /, '').replace(/\\\n/g, ' ');
  const words = line.match(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g) ?? [];
  return words.map(word => word.replace(/'([^']*)'|"([^"]*)"/g, (_, single, double) => single ?? double));
}

/** `--key=wildcard.key`, `-subj x`: the value of an option; undefined where it is not there. */
export function optionOf(words: readonly string[], name: string): string | undefined {
  const joined = words.find(word => word.startsWith(`${name}=`));
  return joined === undefined ? words.slice(words.indexOf(name) + 1 || words.length)[0] : joined.slice(name.length + 1);
}

/** The Secret that `oc create secret tls` makes of files, given by name. */
export function tlsSecret(command: string, files: Readonly<Record<string, string>>): KubernetesObject {
  const words = wordsOf(command);
  const fileOf = (option: string) => Buffer.from(files[optionOf(words, option) ?? ''] ?? '').toString('base64');
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: words[words.indexOf('tls') + 1] ?? '', namespace: optionOf(words, '-n') ?? '' },
    type: 'kubernetes.io/tls',
    data: { 'tls.crt': fileOf('--cert'), 'tls.key': fileOf('--key') },
  };
}

export interface CertificateFacts {
  readonly subject: Readonly<Record<string, string>>;
  readonly key: string;
  readonly days: number;
  readonly signedBy: string;
  readonly subjectAltName?: string;
  readonly serialNumber?: number | string;
}

/** What the three openssl commands make: the root, the request, the signed wildcard certificate. */
export function opensslCertificates(commands: readonly string[]): {
  root: CertificateFacts;
  wildcard: CertificateFacts;
} {
  const [root, request, signing] = commands.map(wordsOf) as [string[], string[], string[]];
  const asked = (words: readonly string[]) => ({
    subject: subjectOf(optionOf(words, '-subj') ?? ''),
    key: optionOf(words, '-newkey') ?? '',
  });
  const extensions = [...request, ...signing].filter(word =>
    /^-(addext|ext|extfile|extensions|config|copy_extensions)$/.test(word),
  );
  if (extensions.length > 0) throw new Error(`the document asks for extensions: ${extensions.join(' ')}`);
  return {
    root: { ...asked(root), days: Number(optionOf(root, '-days')), signedBy: 'itself' },
    wildcard: {
      ...asked(request),
      days: Number(optionOf(signing, '-days')),
      signedBy: optionOf(signing, '-CA') ?? '',
      serialNumber: Number(optionOf(signing, '-set_serial')),
    },
  };
}

const subjectOf = (text: string) =>
  Object.fromEntries(
    text
      .split('/')
      .filter(Boolean)
      .map(part => part.split('=') as [string, string]),
  );
