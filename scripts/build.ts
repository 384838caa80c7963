/**
 * Usage: npm run build
 * Bundles the command line into build/, with the validator of each chart's values compiled: a start loads neither
 * TypeScript nor ajv, and only the code of the command that runs. All packages are in it, and their licences beside it,
 * so that who installs the tool installs nothing else.
 */
import { rename, rm, utimes, writeFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { build, type Plugin } from 'esbuild';
import { schemas } from '../generator/values/compiled.ts';
import { pageFrames } from './page-frames.ts';
import { thirdPartyLicences } from './third-party.ts';

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
  const names = Object.keys(schemas);
  for (const name of names) ajv.addSchema(schemas[name]!, name);
  const exported = Object.fromEntries(names.map((name, i) => [`schema${i}`, name]));
  const cases = names.map((name, i) => `${JSON.stringify(name)}: schema${i}`);
  return `${standalone.default(ajv, exported)}\nconst all = {${cases.join(', ')}};\nexport const validatorOf = name => all[name];\n`;
}

const fresh = `build.${process.pid}.tmp`;
const { metafile } = await build({
  metafile: true,
  entryPoints: { 'serverless-mesh': 'generator/main.ts' },
  outdir: fresh,
  bundle: true,
  splitting: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // A CommonJS package that is loaded by import() would have no names: esbuild gives it a default only.
  mainFields: ['module', 'main'],
  // The names of the chunks depend on the paths of the sources, and those not on where a link leads.
  preserveSymlinks: true,
  chunkNames: 'chunk-[hash]',
  plugins: [compiledSchemas, pageFrames],
  // CommonJS packages in the bundle ask for Node's own modules with require.
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
});
await writeFile(`${fresh}/THIRD-PARTY-LICENSES.txt`, thirdPartyLicences(metafile));
// Its time is when the build began: a source that changed meanwhile is newer, see bin/serverless-mesh.js.
const began = new Date(performance.timeOrigin);
await writeFile(`${fresh}/built`, '');
await utimes(`${fresh}/built`, began, began);
await rm('build', { recursive: true, force: true });
await rename(fresh, 'build');
