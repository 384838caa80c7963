/** Text as YAML scalars and comments. */

const RESERVED = /^(y|n|yes|no|true|false|on|off|null)$/i;
/** A string as YAML 1.1 and 1.2 both read it back: plain where that is safe, otherwise in double quotes. */
export function scalarText(s: string): string {
  const plain = /^[A-Za-z/][\w .,/@+:-]*$/.test(s) && !/: |[: ]$/.test(s) && !RESERVED.test(s);
  return plain ? s : JSON.stringify(s);
}

/** Words in lines of at most `width` characters, where no word is longer. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
