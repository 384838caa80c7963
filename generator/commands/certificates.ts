import { lstat, mkdir, open, rm, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Chance, issueCertificates } from '../certificates/issue.ts';
import type { Io, Status } from '../io.ts';
import { shellQuote } from '../shell.ts';
import {
  checkBits,
  checkDays,
  checkDomain,
  checkFolder,
  checkSecret,
  describe,
  fileNames,
  isWhole,
  refuse,
  type SecretOptions,
} from './certificates-options.ts';

export interface CertificatesOptions extends SecretOptions {
  /** Without `*.`, as `apps.openshift.example.com`. */
  readonly appsDomain: string;
  /** Made, for its owner only, where it does not exist. */
  readonly outDir: string;
  /** Life of the wildcard certificate, 1 to 825. */
  readonly days: number;
  /** Life of the root certificate, `days` to 3650. */
  readonly rootDays: number;
  readonly organization: string;
  readonly bits: number;
}

interface NewFile {
  readonly path: string;
  readonly mode: number;
  readonly text: string;
}

/**
 * Section 1.3 of the base document, with the subject alternative name that it lacks: writes root.crt, root.key,
 * wildcard.crt and wildcard.key, prints what they are (YAML, to standard output) and what to do with them (to standard
 * error). No part of a key is ever printed.
 *
 * @throws GeneratorError (2) for a wrong option, when one of the files exists, and when one cannot be written; then
 * nothing is left behind.
 */
export async function runCertificates(options: CertificatesOptions, io: Io, chance?: Chance): Promise<Status> {
  checkOptions(options);
  const pathOf = (name: string) => join(options.outDir, name);
  await refuseExisting(fileNames.map(pathOf));
  const { root, wildcard } = await issueCertificates(options, chance);
  await writeAll(options.outDir, [
    { path: pathOf('root.key'), mode: 0o600, text: root.privateKey },
    { path: pathOf('root.crt'), mode: 0o644, text: root.certificate },
    { path: pathOf('wildcard.key'), mode: 0o600, text: wildcard.privateKey },
    { path: pathOf('wildcard.crt'), mode: 0o644, text: wildcard.certificate },
  ]);
  io.out(describe('root', pathOf, root.certificate) + describe('wildcard', pathOf, wildcard.certificate));
  io.talk(nextSteps(options, pathOf));
  return 0;
}

function checkOptions(options: CertificatesOptions) {
  const { appsDomain, outDir, days, rootDays, organization, bits } = options;
  checkDomain(appsDomain);
  checkDays(days);
  if (!isWhole(rootDays, 3650)) refuse(`root days ${rootDays}: write a whole number from 1 to 3650`);
  if (days > rootDays)
    refuse(
      `days ${days}: the certificate would outlive its root, which has ${rootDays} days; lower it, or raise root days`,
    );
  checkFolder(outDir);
  checkBits(bits);
  if (organization.trim() === '' || [...organization].length > 64 || /\p{C}/u.test(organization))
    refuse(`organization ${JSON.stringify(organization)}: write 1 to 64 characters on one line`);
  checkSecret(options);
}

/** A dangling link counts as existing: we would not write through it either. */
async function refuseExisting(paths: readonly string[]): Promise<void> {
  const found = await Promise.all(
    paths.map(path =>
      lstat(path).then(
        () => [path],
        () => [],
      ),
    ),
  );
  if (found.flat().length > 0)
    refuse(
      `${found.flat().join(', ')}: exists and is not overwritten; move it away, name another directory, or run certificates renew for a new certificate from the same root`,
    );
}

/** All files or none: what this call made is removed when a later one fails; a file of somebody else stays. */
async function writeAll(directory: string, files: readonly NewFile[]): Promise<void> {
  const undo: (() => Promise<void>)[] = [];
  try {
    const first = await mkdir(directory, { recursive: true, mode: 0o700 });
    if (first !== undefined) undo.push(() => removeEmpty(resolve(directory), resolve(first)));
    for (const { path, mode, text } of files) {
      // `wx` fails on whatever exists, a link too; with the mode given here, a key is never readable for others.
      const file = await open(path, 'wx', mode);
      undo.push(() => rm(path, { force: true }));
      await file.writeFile(text).finally(() => file.close());
    }
  } catch (error) {
    for (const step of undo.reverse()) await step().catch(() => undefined);
    refuse(`${directory}: cannot write certificates (${(error as Error).message}); nothing was kept`);
  }
}

/** From `last` up to `first`, the outermost directory that we made. */
async function removeEmpty(last: string, first: string): Promise<void> {
  await rmdir(last);
  if (last !== first) await removeEmpty(dirname(last), first);
}

function nextSteps(
  { appsDomain, outDir, namespace, secretName }: CertificatesOptions,
  pathOf: (name: string) => string,
): string {
  const quoted = (name: string) => shellQuote(pathOf(name));
  return `These certificates are for tests and for internal clients that trust your own root. For everybody else, take the
certificate from a CA that they trust already.

1. Create the Secret that the ingress gateway serves:
   oc create -n ${namespace} secret tls ${secretName} --key=${quoted('wildcard.key')} --cert=${quoted('wildcard.crt')}
2. Name it to the chart, and let helm test trust the root:
   --set-string gateway.tls.secretName=${secretName} --set-file ${shellQuote(`verify.caCertificate=${helmEscape(pathOf('root.crt'))}`)}
3. Let each client trust the root:
   curl --cacert ${quoted('root.crt')} https://hello-default.${appsDomain}
4. Store ${pathOf('root.key')} away from the cluster: who holds it can pose as any server to these clients.
5. Before the certificate expires, put root.key back and run: serverless-mesh certificates renew --out ${shellQuote(outDir)}
`;
}

/** Helm reads a comma, a brace and a backslash in a value as syntax. */
function helmEscape(value: string): string {
  return value.replace(/[\\,{}]/g, '\\$&');
}
