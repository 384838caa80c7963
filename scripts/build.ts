/**
 * Usage: npm run build
 * Bundles the command line into build/, with the validator of each chart's values compiled: a start loads neither
 * TypeScript nor ajv, and only the code of the command that runs.
 */
import { rename, rm, utimes, writeFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { build, type Plugin } from 'esbuild';
import { charts } from '../generator/charts.ts';
import { pageFrames } from './page-frames.ts';

const compiledSchemas: Plugin = {
  name: 'compiled-schemas',
  setup({ onLoad }) {
    onLoad({ filter: /generator[\\/]values[\\/]compiled\.ts$/ }, () => ({
      contents: compiledModule(),
      resolveDir: process.cwd(),
    }));
  },
};

function compiledModule(): string {
  const ajv = new Ajv({ allErrors: true, strict: false, code: { source: true, esm: true } });
  for (const { name, values } of charts) ajv.addSchema(values, name);
  const exported = Object.fromEntries(charts.map(({ name }, i) => [`chart${i}`, name]));
  const cases = charts.map(({ name }, i) => `${JSON.stringify(name)}: chart${i}`);
  return `${standalone.default(ajv, exported)}\nconst all = {${cases.join(', ')}};\nexport const validatorOf = name => all[name];\n`;
}

const fresh = `build.${process.pid}.tmp`;
await build({
  entryPoints: { 'serverless-mesh': 'generator/main.ts' },
  outdir: fresh,
  bundle: true,
  splitting: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  chunkNames: 'chunk-[hash]',
  plugins: [compiledSchemas, pageFrames],
  // CommonJS packages in the bundle ask for Node's own modules with require.
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
});
// Its time is when the build began: a source that changed meanwhile is newer, see bin/serverless-mesh.js.
const began = new Date(performance.timeOrigin);
await writeFile(`${fresh}/built`, '');
await utimes(`${fresh}/built`, began, began);
await rm('build', { recursive: true, force: true });
await rename(fresh, 'build');
