import { statSync } from 'node:fs';
import { join } from 'node:path';
import { systemChance } from '../certificates/issue.ts';
import { alternativeNames } from '../certificates/names.ts';
import { date, lookAtPair, type PairFinding } from '../certificates/pair.ts';
import type { Io, Status } from '../io.ts';
import { checkDomain, checkFolder, readPem, refuse } from './certificates-options.ts';
import { openToOthers } from './open-to-others.ts';

export interface CheckOptions {
  /** Paths in PEM; both or none. */
  readonly certificate?: string | undefined;
  readonly privateKey?: string | undefined;
  /** The roots that clients trust; for the pair of a folder its root.crt, without it. */
  readonly ca?: string | undefined;
  /** Folder of an earlier run, whose wildcard pair is looked at where no other is named. */
  readonly outDir: string;
  /** Without `*.`. */
  readonly appsDomain: string;
  /** A certificate that expires within so many days is a finding. */
  readonly days: number;
  readonly output: 'text' | 'json';
}

interface Files {
  readonly certificate: string;
  readonly privateKey: string;
  readonly ca?: string | undefined;
}

/**
 * Says of a certificate and its key whether the gateway can serve them for `*.<appsDomain>`; each finding is one line
 * with what to do. Exit status 1 for findings; a warning is none. No part of a key is ever printed.
 *
 * @throws GeneratorError (2) for a wrong option, and for a file that cannot be read.
 */
export function runCheck(options: CheckOptions, io: Io, now: () => Date = systemChance.now): Status {
  checkDomain(options.appsDomain);
  if (!Number.isInteger(options.days) || options.days < 0 || options.days > 3650)
    refuse(`days ${options.days}: write a whole number from 0 to 3650`);
  const files = filesOf(options);
  const { leaf, findings } = lookAtPair(
    {
      certificate: readPem(files.certificate),
      privateKey: readPem(files.privateKey),
      ca: files.ca === undefined ? undefined : readPem(files.ca),
    },
    {
      places: files,
      domain: options.appsDomain,
      now: now().getTime(),
      soon: options.days,
      remedies: {
        again: 'use the key and the certificate that were made for each other',
        renew: 'renew it (serverless-mesh certificates renew, where the root is yours), and replace the Secret',
      },
    },
  );
  const said = [...findings, ...openKey(files.privateKey)];
  const wrong = said.filter(({ warning }) => !warning).map(plain);
  const warnings = said.filter(({ warning }) => warning).map(plain);
  const status = wrong.length === 0 ? 0 : 1;
  if (options.output === 'json') {
    const facts = {
      sha256: leaf?.fingerprint256,
      names: leaf && alternativeNames(leaf),
      notBefore: leaf && new Date(leaf.validFrom).toISOString(),
      notAfter: leaf && new Date(leaf.validTo).toISOString(),
    };
    const result = { ...files, appsDomain: options.appsDomain, ...facts, status, findings: wrong, warnings };
    io.out(`${JSON.stringify(result, null, 2)}\n`);
  } else {
    for (const { finding, remedy } of wrong) io.out(`finding: ${finding}; ${remedy}\n`);
    for (const { finding, remedy } of warnings) io.out(`warning: ${finding}; ${remedy}\n`);
  }
  const until = leaf === undefined ? '' : `, *.${options.appsDomain} until ${date(Date.parse(leaf.validTo))}`;
  io.talk(`${files.certificate}: ${status === 0 ? `ok${until}` : `${wrong.length} to correct`}\n`);
  return status;
}

const plain = ({ finding, remedy }: PairFinding) => ({ finding, remedy });

function filesOf({ certificate, privateKey, ca, outDir }: CheckOptions): Files {
  for (const [option, path] of Object.entries({ certificate, 'private-key': privateKey, ca }))
    if (path === '') refuse(`--${option} is empty; name a file in PEM.`);
  if (certificate !== undefined && privateKey !== undefined) return { certificate, privateKey, ca };
  if (certificate !== undefined) refuse('--private-key is missing; name the file with the key of the certificate.');
  if (privateKey !== undefined) refuse('--certificate is missing; name the file with the certificate of the key.');
  checkFolder(outDir);
  const pathOf = (name: string) => join(outDir, name);
  return {
    certificate: pathOf('wildcard.crt'),
    privateKey: pathOf('wildcard.key'),
    ca: ca ?? pathOf('root.crt'),
  };
}

function openKey(path: string): PairFinding[] {
  const mode = openToOthers(statSync(path));
  if (mode === undefined) return [];
  const finding = `${path} is open to other users (mode ${mode})`;
  return [{ finding, remedy: `run chmod 600 ${path}; if others could read it, get a new key`, warning: true }];
}
