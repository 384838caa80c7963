/** Text in boxes: names may be longer than a box is wide, and have no spaces. */
import { lines } from '../svg/svg.ts';

/** Width that a letter may take at most, on the average of a word: fonts differ, and the picture brings none. */
export const letter = 7;

/** A text in lines of at most `width` pixels: parted at spaces, or behind a sign in a name, or where nothing else is left. */
export function wrapped(text: string, width: number): string[] {
  const most = Math.floor(width / letter);
  const words = text
    .split(' ')
    .filter(word => word !== '')
    .flatMap(word => (word.length <= most ? [word] : parts(word, most)));
  return lines(words, ' ', most + 1);
}

function parts(name: string, most: number): string[] {
  const pieces = name.split(/(?<=[-./=])/).flatMap(piece => piece.match(new RegExp(`.{1,${most}}`, 'g')) ?? []);
  return lines(pieces, '', most + 1);
}

/** The first names, and how many more there are: a picture has no room for all. */
export const short = (all: readonly string[], most = 3): readonly string[] =>
  all.length <= most ? all : [...all.slice(0, most - 1), `and ${all.length - most + 1} more`];
