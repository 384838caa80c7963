/** The command for the wildcard certificate. */
import { appsDomain, certificateDays, certificatesFolder, number, textOrJson, withSecret, word } from '../options.ts';
import type { AddCommands } from './add-commands.ts';

export const certificateCommands: AddCommands = (cli, { io, run }) =>
  cli.command('certificates', 'make, renew and check the wildcard certificate of the ingress gateway', y =>
    y
      .command(
        '$0',
        'make a root and a wildcard certificate for the ingress gateway',
        z =>
          withSecret(z)
            .option('apps-domain', { ...appsDomain, demandOption: true })
            .option('out', certificatesFolder)
            .option('days', { ...certificateDays, default: 365 })
            .option('root-days', {
              describe: 'life of the root certificate in days, up to 3650',
              ...number,
              default: 3650,
            })
            .option('organization', {
              describe: 'organisation in both certificates',
              ...word,
              default: 'Example Inc.',
            })
            .option('bits', { describe: 'size of the RSA keys', ...number, default: 2048 })
            .example(
              '$0 certificates --apps-domain apps.example.com',
              'four files in certificates/, and the oc command for the Secret',
            ),
        a => run(import('../commands/certificates.ts').then(c => c.runCertificates({ ...a, outDir: a.out }, io))),
      )
      .command(
        'renew',
        'replace wildcard.crt and wildcard.key by new ones from the same root',
        z =>
          withSecret(z)
            .option('apps-domain', {
              ...appsDomain,
              describe: 'domain of the OpenShift routes; the names of the certificate in use, without it',
            })
            .option('out', certificatesFolder)
            .option('days', { ...certificateDays, default: 365 })
            .option('bits', { describe: 'size of the new RSA key; as the one in use, without it', ...number })
            .example(
              '$0 certificates renew --out certificates',
              'a new pair, the one before as wildcard.old.*, and the oc command for the Secret',
            ),
        a => run(import('../commands/certificates-renew.ts').then(c => c.runRenew({ ...a, outDir: a.out }, io))),
      )
      .command(
        'check',
        'say whether a certificate covers the domain, is valid, and belongs to its key',
        z =>
          z
            .option('apps-domain', { ...appsDomain, demandOption: true })
            .option('certificate', { describe: 'certificate and its chain in PEM, the server first', ...word })
            .option('private-key', { describe: 'its key in PEM', ...word })
            .option('ca', { describe: 'roots in PEM that clients trust; root.crt for a folder', ...word })
            .option('out', certificatesFolder)
            .option('days', { describe: 'tell when it expires within so many days', ...number, default: 30 })
            .option('output', textOrJson)
            .example(
              '$0 certificates check --certificate tls.crt --private-key tls.key --apps-domain apps.example.com',
              'one of your CA',
            )
            .example(
              '$0 certificates check --apps-domain apps.example.com --days 60',
              'the one in certificates/; exit status 1 when it is time to renew',
            ),
        a => run(import('../commands/certificates-check.ts').then(async c => c.runCheck({ ...a, outDir: a.out }, io))),
      ),
  );
