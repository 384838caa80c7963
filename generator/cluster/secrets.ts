/** Tokens and keys of a connection, and the texts without them. */
import { mayShow } from '../values/show.ts';

export interface Secrets {
  /** Remembers a text that no output may hold; also what it says in base64, and each of its lines. */
  add(secret: string | undefined | null): void;
  /** The text with every secret in it replaced. */
  hide(text: string): string;
}

/** Shorter ones are in innocent texts by chance, and protect nothing. */
const shortest = 6;
const longest = 300;

export function newSecrets(): Secrets {
  const known = new Set<string>();
  const add = (secret: string | undefined | null): void => {
    if (!secret) return;
    const decoded = /^[A-Za-z0-9+/=\s]{16,}$/.test(secret) ? Buffer.from(secret, 'base64').toString() : '';
    for (const text of [secret, decoded])
      for (const line of [text, ...text.split(/\r?\n/)].map(l => l.trim()))
        if (line.length >= shortest && !/^-+(BEGIN|END) /.test(line)) known.add(line);
  };
  const hide = (text: string): string => {
    let shown = text;
    for (const secret of known) shown = shown.replaceAll(secret, '(not shown)');
    return shown;
  };
  return { add, hide };
}

/** What a cluster says, as one line of limited length without control characters. Nothing that looks like a key. */
export function told(text: unknown): string {
  if (typeof text !== 'string' || text.trim() === '') return '';
  const words = text.replace(/\s+/g, ' ').trim().split(' ');
  const line = words.map(word => (mayShow(word) || /^[\w.:/-]+$/.test(word) ? word : '(not shown)')).join(' ');
  if (/PRIVATE KEY/.test(line)) return '(not shown)';
  const short = [...line].length <= longest ? line : `${[...line].slice(0, longest - 1).join('')}…`;
  return oneLine(short);
}

/** Without line breaks, and whatever else a terminal would act on. */
export const oneLine = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '?');
