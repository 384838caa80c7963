import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';
import { readPageFrames } from '../generator/page/read-frames.ts';

/** The frames of the page as texts: an installed package has no chart-templates/. */
export const pageFrames: Plugin = {
  name: 'page-frames',
  setup({ onLoad }) {
    onLoad({ filter: /generator[\\/]page[\\/]frames\.ts$/ }, () => {
      const frames = readPageFrames(path => readFileSync(`chart-templates/page/${path}`, 'utf8'));
      return {
        contents: `const frames = ${JSON.stringify(frames)};\nexport const pageFrames = () => frames;\n`,
      };
    });
  },
};
