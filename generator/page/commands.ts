/** The commands of the page, ready for a shell: what the script changes with the version is marked. */
import { shellQuote } from '../shell.ts';
import type { PageData } from './page-data.ts';
import { oneLine, webAddress } from './safe.ts';

/** A piece of a command; one with `part` is replaced by the script: by the version, its file, digest or address. */
export interface Piece {
  readonly text: string;
  readonly part: string;
}

export interface Command {
  readonly title: string;
  readonly pieces: readonly Piece[];
  /** Only for versions that are signed. */
  readonly signedOnly: boolean;
  readonly hidden: boolean;
}

export const quoted = (text: string) => shellQuote(oneLine(text));

const say = (text: string): Piece => ({ text, part: '' });
const part = (name: string, text: string): Piece => ({ text: quoted(text), part: name });

export interface Place {
  /** Name of the repository in helm repo add. */
  readonly repository: string;
  /** '' when only the browser knows it. */
  readonly address: string;
  readonly oci: boolean;
}

/** Stands for the address until the script puts in that of the page. */
export const unknownAddress = 'https://ADDRESS-OF-THIS-PAGE';

/** Pieces of the address of the repository, or of a file in it. */
export const addressPiece = ({ address }: Place, below = ''): Piece =>
  address === ''
    ? { text: `${unknownAddress}${below && '/'}${below}`, part: below === '' ? 'address' : 'file-address' }
    : { text: quoted(`${address}${below && '/'}${below}`), part: below === '' ? '' : 'file-address' };

export interface Subject {
  readonly chart: string;
  readonly version: string;
  /** Link of the package from the page; '' where there is none that is safe. */
  readonly link: string;
  readonly digest: string;
  readonly signed: boolean;
}

/** Commands of one version of a chart; none for a name or version that Helm would refuse. */
export function commandsOf(place: Place, subject: Subject): Command[] {
  const { chart, version, signed } = subject;
  if (!plainName.test(chart) || !plainVersion.test(version)) return [];
  const name = quoted(chart);
  const ref = place.oci ? quoted(`${place.address}/${chart}`) : quoted(`${place.repository}/${chart}`);
  const pick = [say(`${ref} --version `), part('version', version)];
  const values = say(' --values my-values.yaml --timeout 20m');
  const keys = say(' --verify --keyring keyring.gpg');
  const command = (title: string, pieces: readonly Piece[], signedOnly = false): Command => ({
    title,
    pieces,
    signedOnly,
    hidden: signedOnly && !signed,
  });
  return [
    command('Install', [say(`helm install ${name} `), ...pick, values]),
    command('Install, and verify the signature first', [say(`helm install ${name} `), ...pick, keys, values], true),
    command('Upgrade to this version', [say(`helm upgrade ${name} `), ...pick, values]),
    command('Print all values with their defaults', [say('helm show values '), ...pick]),
    command('Fetch the package and verify its signature', [say('helm pull '), ...pick, keys], true),
    ...(place.oci || subject.link === '' ? [] : [command('Install from a file', fromFile(place, subject, values))]),
  ];
}

/** Without helm repo add: for a machine that gets the package by other means. */
function fromFile(place: Place, { chart, link, digest }: Subject, values: Piece): Piece[] {
  // As curl names it.
  const file = part('name', new URL(link, 'https://localhost').pathname.split('/').at(-1)!);
  return [
    say('curl -fsSLO '),
    link.startsWith('./') ? addressPiece(place, link.slice(2)) : part('file-address', link),
    say("\nprintf '%s  %s\\n' "),
    part('digest', digest),
    say(' '),
    file,
    say(` | sha256sum --check\nhelm install ${quoted(chart)} ./`),
    file,
    values,
  ];
}

/** Helm refuses other names; one that begins with "-" would be an option of the command. */
const plainName = /^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/i;
const plainVersion = /^v?\d[-+.\w]*$/;

/** Commands that tell Helm of the repository; none for a registry, which needs no telling. */
export function addCommands(place: Place): Command[] {
  if (place.oci) return [];
  const plain = { signedOnly: false, hidden: false };
  return [
    {
      title: 'Add the repository',
      pieces: [say(`helm repo add ${place.repository} `), addressPiece(place)],
      ...plain,
    },
    { title: 'Fetch news of it later', pieces: [say(`helm repo update ${place.repository}`)], ...plain },
  ];
}

/** Commands that make the key ring which --verify reads. Helm cannot read the format of newer key rings: it is exported. */
export function keyCommands(signKey: PageData['signKey'], place: Place): Command[] {
  const command = (pieces: readonly Piece[]) => [
    { title: 'Get the public key', pieces, signedOnly: false, hidden: false },
  ];
  const url = webAddress(signKey?.url);
  // A registry has no files beside its charts.
  if (url === '' && (signKey?.beside === undefined || place.oci)) return [];
  if (url === '')
    return command([
      say('curl -fsSL -o keyring.gpg '),
      ...besidePieces(place, signKey!.beside!),
      say('\ngpg --show-keys --with-fingerprint keyring.gpg'),
    ]);
  const fingerprint = oneLine(signKey?.fingerprint).replaceAll(' ', '').toUpperCase();
  const known = /^[0-9A-F]{40,64}$/.test(fingerprint);
  const make = known
    ? `gpg --import signing-key\ngpg --export ${fingerprint} > keyring.gpg`
    : 'gpg --dearmor < signing-key > keyring.gpg';
  const text = `curl -fsSL -o signing-key ${quoted(url)}\ngpg --show-keys --with-fingerprint signing-key\n${make}`;
  return command([say(text)]);
}

/** The address of a file beside the page. */
const besidePieces = (place: Place, file: string): Piece[] =>
  place.address === '' ? [addressPiece(place), say(`/${file}`)] : [say(quoted(`${place.address}/${file}`))];
