/** Texts that break careless templates: YAML's own words and signs, actions of Go templates, what terminals act on. */
import fc from 'fast-check';

/** What YAML 1.1 or 1.2 reads as something else than a text, and names that JavaScript keeps for itself. */
export const words = [
  ...['yes', 'no', 'y', 'n', 'Y', 'N', 'on', 'off', 'true', 'True', 'FALSE', 'null', 'Null', '~'],
  ...['0', '1', '-1', '012', '08', '0o14', '0x1f', '0b11', '1e3', '1e400', '1.5', '10.10', '1_000', '1-1', '-0'],
  ...['12345678901234567890', '1000000', '.5', '5.', '.inf', '-.inf', '.nan', '.NaN', '2001-01-01', '190:20:30'],
  ...['-', '--', '---', '...', '.', '_', '<<', '=', '?', '!', '!!str', '&a', '*a', '*', '%YAML', '@', '`', '|', '>-'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', 'prototype'],
];

const fragments = [
  ...words,
  ...[
    '\n',
    '\r',
    '\r\n',
    '\n\n',
    '\t',
    ' ',
    '  ',
    '\n  ',
    '\n- ',
    '\n---\n',
    '\n...\n',
    '\n# ',
    ' # not a comment',
    ': ',
    ':',
    ', ',
  ],
  ...[
    '"',
    "'",
    '\\',
    '\\n',
    '\\x41',
    '""',
    "''",
    '{',
    '}',
    '[',
    ']',
    '{}',
    '[]',
    '{a: b}',
    '- a',
    'key: value',
    '\nkind: Secret',
  ],
  ...[
    '{{ .Values }}',
    '{{',
    '}}',
    '{{- end }}',
    '{{ fail "x" }}',
    '{{/*',
    '*/}}',
    '$HOME',
    '$(id)',
    '%s',
    '%v',
    '%d%',
    '<&>',
  ],
  ...['é', 'ß', '日本語', '😀', '👩‍👩‍👧', '\u0301', '\u0001', '\u0007', '\u001b[31m', '\u007f', '\u0085'],
  ...[
    '\u00a0',
    '\u200b',
    '\u202e',
    '\u2028',
    '\u2029',
    '\ufeff',
    '\ufffd',
    '\ufffe',
    '\uffff',
    '\u{10ffff}',
    '\u{1fffe}',
  ],
];

/** `%!` is how Go reports a broken format, which the tests look for, so no random text has it. */
const withoutAlarm = (text: string): string => text.replaceAll('%!', '%-');
const long = ['x', 'word ', ' a: b\n', 'é', '😀', '"', '\\', '\n'];

/** Helm 3 reads no values with these, anywhere, as its schema check goes through YAML (values-schema/field.ts). */
const withoutUnreadable = (text: string): string => text.replace(/[\x7f-\x9f\ufeff\ufffe\uffff]/g, '?');

/** Made once: fast-check looks long at each kind of text, and every value without a grammar has them. */
const short = fc.string({ maxLength: 6 });
const letters = fc.string({ unit: 'binary', maxLength: 12 }).map(text => text.replaceAll('\u0000', ''));
const lengths = fc.constantFrom(81, 400, 16384);

/** A text without a grammar, of at most `maxLength` characters, that is `allowed`. */
export function hostileText(maxLength: number, allowed: (text: string) => boolean = () => true): fc.Arbitrary<string> {
  const usable = fragments.filter(allowed);
  // What may only stand between other characters, such as a line break, still does so in the pieces.
  const inside = fragments.filter(text => allowed(`a${text}a`));
  const pieces = fc.array(fc.oneof(fc.constantFrom(...inside), short), { maxLength: 6 });
  return fc
    .oneof(
      { weight: 12, arbitrary: fc.constantFrom(...usable) },
      { weight: 24, arbitrary: pieces.map(parts => parts.join('')) },
      { weight: 8, arbitrary: letters },
      {
        weight: 1,
        arbitrary: fc.tuple(fc.constantFrom(...long), lengths).map(([part, length]) => part.repeat(length)),
      },
    )
    .map(text => [...withoutAlarm(text)].slice(0, maxLength).join(''))
    .filter(allowed);
}

/** Whether a pattern admits most texts, as one that only refuses control characters does. */
export const isPermissive = (allowed: (text: string) => boolean): boolean =>
  fragments.filter(text => allowed(`a${text}a`)).length > fragments.length / 2;

const base64 = fc.array(fc.base64String({ minLength: 4, maxLength: 64 }), { minLength: 1, maxLength: 4 });

/** Looks like PEM, with any line ending, space around it, and for certificates a chain and words behind it. */
const pem = (labels: readonly string[], tail: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .record({
      label: fc.constantFrom(...labels),
      blocks: fc.array(base64, { minLength: 1, maxLength: 2 }),
      eol: fc.constantFrom('\n', '\r\n', '\r'),
      before: fc.constantFrom('', '', '\n', ' \t\r\n'),
      after: tail,
    })
    .map(({ label, blocks, eol, before, after }) => {
      const block = (lines: readonly string[]) =>
        [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join(eol);
      return before + blocks.map(block).join('') + after;
    });

export const certificatePem = pem(
  ['CERTIFICATE'],
  fc.oneof({ weight: 3, arbitrary: fc.constant('') }, hostileText(40).map(withoutUnreadable)),
);
export const privateKeyPem = pem(['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY'], fc.constantFrom('', '\n'));
