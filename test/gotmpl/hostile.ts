const words = (text: string) => text.split(' ');

/** Texts that go wrong where somebody forgot to quote. */
export const hostile: readonly string[] = [
  ...['', ' ', '  leading', 'trailing ', 'a: b', 'a:', 'a #b', '- a', '? a', "it's", 'say "hi"', 'a, b', '!!str a'],
  ...['\\', 'a\\nb', '\\u0041', 'two\nlines', 'ends\n', '\n', '\n starts', '  in\n  by two\n', '\t', 'a\tb', '\r\n'],
  ...['{{ .Values.on }}', '{{- end }}', ...words('{{ }} {{/* $x %s % <nil> &lt; <b>')],
  ...words('yes No y on OFF true False null ~ NaN .inf 1 -1 1e3 012 0x1F 1_0 1:30 2001-01-01 v1.37'),
  ...words("# - \" '' [a] {a:b} &a *a !a %a @a `a` | > = << --- ... , __proto__"),
  ...['--- a', 'äöü', '日本', '😀', '👩‍👩‍👧', 'e\u0301', '\u00a0', '\u200b', '\u2028', '\ufeff', '\u0007', '\ufffd'],
  ...['x'.repeat(20_000), 'word '.repeat(200)],
];
/** The same, short enough to be the name of a test. */
export const short = (text: string) => JSON.stringify(text.length > 40 ? `${text.slice(0, 12)}…` : text);
