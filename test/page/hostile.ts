import type { PageData } from '../../generator/page/index.ts';

const version = { digest: 'a'.repeat(64), file: 'x-1.0.0.tgz', signed: true };

/** Closes every context of HTML that a text may stand in, and asks for a script in each. */
export const hostile =
  '"><script>hacked()</script><img src=x onerror=hacked()>\' onfocus=hacked() autofocus {{title}} &lt;b&gt; --> ]]> </template></style>\u202e\u0000';
/** A repository in which every text of a publisher is `text`. */
export const withTexts = (text: string): PageData => ({
  title: text,
  address: `https://example.com/${encodeURI(text).replace(/'/g, '')}`,
  signKey: { url: 'https://example.com/k', fingerprint: text },
  pictures: [{ title: text, svg: text }],
  charts: [1, 2].map(i => ({
    name: text + i,
    versions: [1, 2].map(j => ({
      ...version,
      version: `${text}${j}`,
      appVersion: text,
      kubeVersion: text,
      description: text,
      created: `2026-01-01T${text}`,
      digest: text,
      annotations: { 'artifacthub.io/changes': JSON.stringify([text, { description: text }]) },
      values: JSON.stringify({ a: { b: text }, [`k${text}`]: text }),
      schema: {
        title: text,
        properties: {
          a: {
            title: text,
            description: text,
            properties: {
              b: {
                type: text,
                title: text,
                description: text + j,
                default: text,
                enum: [text],
                pattern: text,
                format: text,
                items: { type: text },
              },
            },
          },
        },
      },
      readme: text,
    })),
  })),
});
