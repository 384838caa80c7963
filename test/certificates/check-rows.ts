/** Files, and what check says of them: C is the certificate, K its key, R the root. */
import type { CheckOptions } from '../../generator/commands/certificates-check.ts';
import { certificateOf, domain, keysOf, keyText, type Wanted } from './make.ts';

const names = [`*.${domain}`];
export const leafKeys = keysOf('P-256', 'leaf');
export const root = { subject: 'CN=Root', keys: keysOf('P-256', 'root') };
const middle = { subject: 'CN=Middle', keys: keysOf('P-256', 'middle') };
export const leafOf = (changed: Partial<Wanted> = {}) =>
  certificateOf({ subject: 'CN=leaf', keys: leafKeys, names, issuer: root, ...changed });
export const leaf = await leafOf();
export const rootPem = await certificateOf({ ...root, ca: true });
const otherRootPem = await certificateOf({ subject: root.subject, keys: keysOf('P-256', 'other root'), ca: true });
const middlePem = await certificateOf({ ...middle, issuer: root, ca: true });
const leafOfMiddle = await leafOf({ issuer: middle });
export const key = keyText(leafKeys);
const p384 = keysOf('P-384');
const rsa = keysOf('rsa');

/** The good pair, with what a row puts in place of it. */
export interface Given {
  readonly certificate?: string | Uint8Array;
  readonly key?: string;
  readonly ca?: string;
  readonly mode?: number;
  readonly options?: Partial<CheckOptions>;
  readonly now?: string;
}

/** Nothing to say. */
export const good: [string, Given][] = [
  ['PKCS #8 EC key', {}],
  ['SEC 1 EC key', { key: keyText(leafKeys, 'sec1') }],
  [
    'SEC 1 EC key behind its parameters, as openssl ecparam writes it',
    {
      key: `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${keyText(leafKeys, 'sec1')}`,
    },
  ],
  ['PKCS #8 RSA key', { certificate: await leafOf({ keys: rsa }), key: keyText(rsa) }],
  ['PKCS #1 RSA key', { certificate: await leafOf({ keys: rsa }), key: keyText(rsa, 'pkcs1') }],
  ['lines that end with CR and LF', { certificate: leaf.replaceAll('\n', '\r\n'), key: key.replaceAll('\n', '\r\n') }],
  ['text around the certificate', { certificate: `subject=leaf\n${leaf}# end\n` }],
  ['issued by the root', { ca: rootPem }],
  ['a bundle of roots', { ca: otherRootPem + rootPem }],
  ['issued by an intermediate', { certificate: leafOfMiddle + middlePem, ca: rootPem }],
  ['the root at the end', { certificate: leafOfMiddle + middlePem + rootPem, ca: rootPem }],
  ['clients that trust the intermediate', { certificate: leafOfMiddle, ca: middlePem }],
  ['names in upper case', { certificate: await leafOf({ names: [`*.${domain.toUpperCase()}`] }) }],
  ['for servers', { certificate: await leafOf({ usage: '1.3.6.1.5.5.7.3.1' }) }],
  ['the last day that is far enough', { now: '2031-04-14T23:59:59Z' }],
];
const getOne = 'get one that has, for example from serverless-mesh certificates --apps-domain apps.example.com';
const renew = 'renew it (serverless-mesh certificates renew, where the root is yours), and replace the Secret';
const strong = 'get one for an RSA key of 2048 bits or more, or an EC key on P-256';
const ofCa = 'get the chain again from your CA';
const inPem = (what: string) => `write the ${what} in PEM, which begins with -----BEGIN ${what.toUpperCase()}-----`;
const unPem = 'convert DER with openssl x509 or pkey -inform DER, PKCS #12 with openssl pkcs12, of';
const order = 'put the certificate of the server first in C, then each with the one that issued it';
const newRoot =
  'make a new root and a new certificate in another folder, and let every client trust both roots before the gateway serves the new certificate';
const onlyCertificates = 'leave only certificates there; if others could read it, get a new key and a new certificate';
const anotherKey =
  'the key in K is not that of its certificate; use the key and the certificate that were made for each other';
const request = '-----BEGIN CERTIFICATE REQUEST-----\nMAA=\n-----END CERTIFICATE REQUEST-----\n';
const broken = (label: string) =>
  `-----BEGIN ${label}-----\nMIIBrokenAndSecretOfAnUnhappyPerson\n-----END ${label}-----\n`;
const der = Buffer.from(leaf.replace(/-----.*-----/g, ''), 'base64');

/** One finding a line. */
export const bad: [string, Given, ...string[]][] = [
  ['an empty certificate', { certificate: ' \n' }, `C is empty; ${inPem('certificate')}`],
  ['words', { certificate: 'hello' }, `C holds no certificate in PEM; ${inPem('certificate')}`],
  ['DER', { certificate: der }, `C is binary, and must be PEM; ${unPem} C`],
  [
    'a request',
    { certificate: request },
    'C holds a certificate request; let the CA sign it, and use the certificate that it gives you',
  ],
  ['PKCS #7', { certificate: broken('PKCS7') }, 'C holds PKCS #7; convert it with openssl pkcs7 -print_certs'],
  [
    'a damaged certificate',
    { certificate: leaf + broken('CERTIFICATE') },
    'certificate 2 in C cannot be read; get it again from your CA; it is damaged',
  ],
  [
    'a key behind the certificate',
    { certificate: leaf + key },
    `C holds a private key beside or in place of a certificate; ${onlyCertificates}`,
  ],
  ['keys only', { certificate: key }, `C holds a private key beside or in place of a certificate; ${onlyCertificates}`],
  ['swapped files', { certificate: key, key: leaf }, 'C holds the private key, and K the certificate; swap the two'],
  ['an empty key', { key: '' }, `K is empty; ${inPem('private key')}`],
  ['a public key', { key: broken('PUBLIC KEY') }, `K holds no private key in PEM; ${inPem('private key')}`],
  [
    'a damaged key',
    { key: broken('PRIVATE KEY') },
    'K holds a private key that cannot be read; write it as openssl pkey does: RSA or EC, in PEM',
  ],
  ['two keys', { key: key + keyText(rsa) }, 'K holds 2 private keys; leave only the one of the certificate'],
  ...[keyText(leafKeys, 'pkcs8', 'x'), keyText(rsa, 'pkcs1', 'x'), keyText(leafKeys, 'sec1', 'x')].map(
    (text, i): [string, Given, string] => [
      `an encrypted key (${i + 1})`,
      { key: text },
      'K holds an encrypted key, and neither the gateway nor this program asks for a password; decrypt it with openssl pkey',
    ],
  ),
  ['the key of another', { key: keyText(root.keys) }, anotherKey],
  [
    'the key of the root that stands in the chain',
    { certificate: leaf + rootPem, key: keyText(root.keys) },
    anotherKey,
  ],
  ['the key of another kind', { key: keyText(rsa) }, anotherKey],
  [
    'another domain',
    { options: { appsDomain: 'apps.example.org' } },
    `the certificate in C has no subject alternative name *.apps.example.org; it covers *.apps.example.com; ${getOne.replace(/com$/, 'org')}`,
  ],
  [
    'the domain above',
    { certificate: await leafOf({ names: ['*.example.com', 'example.com'] }) },
    `the certificate in C has no subject alternative name *.apps.example.com; it covers *.example.com, example.com; ${getOne}`,
  ],
  [
    'one host, and part of a label',
    { certificate: await leafOf({ names: [`x.${domain}`, `x*.${domain}`] }) },
    `the certificate in C has no subject alternative name *.apps.example.com; it covers x.apps.example.com, x*.apps.example.com; ${getOne}`,
  ],
  [
    'a common name only',
    { certificate: await certificateOf({ subject: `CN=*.${domain}`, keys: leafKeys, issuer: root }) },
    `the certificate in C has no subject alternative name *.apps.example.com, nor any other; it has only the common name *.apps.example.com, which clients have stopped reading; ${getOne}`,
  ],
  [
    'no name',
    { certificate: await certificateOf({ subject: 'O=x', keys: leafKeys, issuer: root }) },
    `the certificate in C has no subject alternative name *.apps.example.com, nor any other; ${getOne}`,
  ],
  ['expired', { now: '2031-05-15T00:00:01Z' }, `the certificate in C expired on 2031-05-15; ${renew}`],
  [
    'not yet valid',
    { now: '2030-05-14T23:59:59Z' },
    'the certificate in C is valid from 2030-05-15 on; check the clocks, or wait',
  ],
  [
    'expires soon',
    { now: '2031-04-15T00:00:01Z' },
    `the certificate in C expires on 2031-05-15, in less than 30 days; ${renew}`,
  ],
  [
    'expires within --days',
    { options: { days: 365 } },
    `the certificate in C expires on 2031-05-15, in less than 365 days; ${renew}`,
  ],
  [
    'the root first',
    { certificate: rootPem + leaf },
    `certificate 2 in C is the one of the key, and does not stand first; ${order}`,
  ],
  [
    'the intermediate behind the root',
    { certificate: leafOfMiddle + rootPem + middlePem, ca: rootPem },
    `certificate 2 in C did not issue the one before it; ${order}`,
  ],
  [
    'no intermediate',
    { certificate: leafOfMiddle, ca: rootPem },
    'the certificate of CN=Middle, which issued CN=leaf, is neither in C nor in R; add this intermediate certificate to the end of C',
  ],
  [
    'another root of the same name',
    { ca: otherRootPem },
    'the chain in C comes from another CN=Root than the one in R; name the root that signed it, or renew the certificate with this root',
  ],
  [
    'a certificate that signed itself',
    { certificate: await certificateOf({ subject: 'CN=leaf', keys: leafKeys, names }), ca: rootPem },
    'the chain in C ends in CN=leaf, which signed itself and is not in R; let clients trust it too, or get a certificate from CN=Root',
  ],
  ['no CA', { ca: leaf }, 'R holds no certificate of a CA; name the file with the root that clients trust'],
  ['an empty root', { ca: '' }, `R is empty; ${inPem('certificate')}`],
  [
    'an expired root',
    { ca: await certificateOf({ ...root, ca: true, to: '2030-06-01T00:00:00Z' }) },
    `the root in R expired on 2030-06-01; ${newRoot}`,
  ],
  [
    'an expired intermediate',
    {
      certificate:
        leafOfMiddle + (await certificateOf({ ...middle, issuer: root, ca: true, to: '2030-06-01T00:00:00Z' })),
      ca: rootPem,
    },
    `certificate 2 in C expired on 2030-06-01; ${ofCa}`,
  ],
  [
    'a short key',
    { certificate: await leafOf({ keys: keysOf('rsa1024') }), key: keyText(keysOf('rsa1024')) },
    `the certificate in C is for an RSA key of 1024 bits, and Envoy refuses less than 2048; ${strong}`,
  ],
  [
    'a key of another kind than RSA and EC',
    { certificate: await leafOf({ keys: keysOf('ed25519') }), key: keyText(keysOf('ed25519')) },
    `the certificate in C is for a key of type ed25519, and Envoy takes RSA and EC only; ${strong}`,
  ],
  [
    'SHA-1',
    { certificate: await leafOf({ hash: 'SHA-1', issuer: { subject: 'CN=r', keys: rsa } }) },
    'certificate 1 in C is signed with SHA-1, which clients refuse; get one that is signed with SHA-256',
  ],
  [
    'SHA-1 of an EC key',
    { certificate: await leafOf({ hash: 'SHA-1' }) },
    'certificate 1 in C is signed with SHA-1, which clients refuse; get one that is signed with SHA-256',
  ],
  [
    'for clients',
    { certificate: await leafOf({ usage: '1.3.6.1.5.5.7.3.2' }) },
    'the certificate in C is not for servers: its extended key usage lacks serverAuth; get one for a server',
  ],
  [
    'several at once',
    { key: keyText(rsa), options: { appsDomain: 'a.example' }, now: '2032-01-01T00:00:00Z' },
    anotherKey,
    `the certificate in C has no subject alternative name *.a.example; it covers *.apps.example.com; get one that has, for example from serverless-mesh certificates --apps-domain a.example`,
    `the certificate in C expired on 2031-05-15; ${renew}`,
  ],
];
/** Works all the same. */
export const warned: [string, Given, string][] = [
  [
    'a key that its group can read',
    { mode: 0o640 },
    'K is open to other users (mode 640); run chmod 600 K; if others could read it, get a new key',
  ],
  [
    'a key that everybody can read',
    { mode: 0o644 },
    'K is open to other users (mode 644); run chmod 600 K; if others could read it, get a new key',
  ],
  [
    'a curve that only newer gateways take',
    { certificate: await leafOf({ keys: p384 }), key: keyText(p384) },
    `the certificate in C is for an EC key on secp384r1, which Envoy before 1.33, as in Service Mesh 2, refuses; ${strong}`,
  ],
];
