import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Chance, Issued } from '../certificates/issue.ts';
import { date, newRoot } from '../certificates/pair.ts';
import { renewWildcard } from '../certificates/renew.ts';
import type { Io, Status } from '../io.ts';
import { putInPlace, refuseSpecial, stage } from '../output/replace.ts';
import { shellQuote } from '../shell.ts';
import {
  checkBits,
  checkDays,
  checkDomain,
  checkFolder,
  checkSecret,
  describe,
  type FileName,
  fileNames,
  readPem,
  refuse,
  type SecretOptions,
} from './certificates-options.ts';

export interface RenewOptions extends SecretOptions {
  /** The folder of an earlier run. */
  readonly outDir: string;
  /** Without `*.`; the names of the certificate in use, without it. */
  readonly appsDomain?: string | undefined;
  /** Life of the new certificate, 1 to 825, and not more than the root has. */
  readonly days: number;
  /** As the key in use, without it. */
  readonly bits?: number | undefined;
}

/**
 * A new certificate and a new key from the root of an earlier run, in place of wildcard.crt and wildcard.key. The ones
 * before stay as wildcard.old.crt and wildcard.old.key until the next renewal: the gateway serves them until the Secret is
 * replaced, and they are the way back. Prints what issue prints.
 *
 * @throws GeneratorError for a wrong option or an absent file (2), and where the files do not belong together (1); then
 * nothing has changed.
 */
export async function runRenew(options: RenewOptions, io: Io, chance?: Chance): Promise<Status> {
  checkOptions(options);
  const { outDir, appsDomain, days, bits } = options;
  const pathOf = (name: string) => join(outDir, name);
  const old = readAll(pathOf);
  const renewed = await renewWildcard(
    {
      root: { certificate: old['root.crt'], privateKey: old['root.key'] },
      certificate: old['wildcard.crt'],
      places: { root: pathOf('root.crt'), rootKey: pathOf('root.key'), certificate: pathOf('wildcard.crt') },
      appsDomain,
      days,
      bits,
    },
    chance,
  );
  replacePair(pathOf, { certificate: old['wildcard.crt'], privateKey: old['wildcard.key'] }, renewed);
  io.out(describe('root', pathOf, old['root.crt']) + describe('wildcard', pathOf, renewed.certificate));
  io.talk(nextSteps(options, pathOf, old['root.crt']));
  return 0;
}

function checkOptions(options: RenewOptions): void {
  if (options.appsDomain !== undefined) checkDomain(options.appsDomain);
  checkDays(options.days);
  checkFolder(options.outDir);
  if (options.bits !== undefined) checkBits(options.bits);
  checkSecret(options);
}

function readAll(pathOf: (name: string) => string): Record<FileName, string> {
  const absent = fileNames.filter(name => !existsSync(pathOf(name)));
  const isInterrupted = absent[0] === 'wildcard.crt' && existsSync(pathOf('wildcard.old.crt'));
  if (isInterrupted)
    refuse(
      `${pathOf('wildcard.crt')}: does not exist, because an earlier renewal was interrupted; copy wildcard.old.crt and wildcard.old.key, the pair before it, to wildcard.crt and wildcard.key, then run again`,
    );
  if (absent.length > 0)
    refuse(
      `${absent.map(pathOf).join(', ')}: does not exist; name with --out the folder of an earlier run, and put root.key back from where you keep it`,
    );
  const texts = fileNames.map(name => [name, readPem(pathOf(name))] as const);
  for (const name of ['wildcard.crt', 'wildcard.key', 'wildcard.old.crt', 'wildcard.old.key'])
    refuseSpecial(pathOf(name));
  return Object.fromEntries(texts) as Record<FileName, string>;
}

/**
 * Two files cannot be replaced at once. So the certificate goes first and comes last: a run that is killed in between leaves
 * a key without a certificate, which everybody refuses, never two that do not fit.
 */
function replacePair(pathOf: (name: string) => string, old: Issued, renewed: Issued): void {
  const put = (name: string, { certificate, privateKey }: Issued) => {
    const [crt, key] = [pathOf(`${name}.crt`), pathOf(`${name}.key`)];
    const files = new Map([
      [key, privateKey],
      [crt, certificate],
    ]);
    putInPlace(
      stage(files, path => (path === key ? 0o600 : 0o644)),
      [crt],
    );
  };
  put('wildcard.old', old);
  put('wildcard', renewed);
}

function nextSteps(
  { namespace, secretName }: RenewOptions,
  pathOf: (name: string) => string,
  rootCertificate: string,
): string {
  const quoted = (name: string) => shellQuote(pathOf(name));
  const rootEnd = date(Date.parse(new X509Certificate(rootCertificate).validTo));
  // Not oc apply: it would write the key into an annotation of the Secret.
  return `1. Replace the Secret that the ingress gateway serves, certificate and key at once:
   oc create -n ${namespace} secret tls ${secretName} --key=${quoted('wildcard.key')} --cert=${quoted('wildcard.crt')} --dry-run=client -o yaml | oc replace -f -
   With gateway.tls.source inline, run helm upgrade with both files instead.
2. Restart nothing: the control plane pushes the new Secret to Envoy, which uses it for new connections at once.
3. Clients need nothing, because the root is the same. It expires on ${rootEnd}; before that,
   ${newRoot}.
4. ${pathOf('wildcard.old.crt')} and ${pathOf('wildcard.old.key')} are the pair before: the way back with step 1. Delete them when all is well,
   and store ${pathOf('root.key')} away again.
`;
}
