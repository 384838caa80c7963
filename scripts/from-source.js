/**
 * Usage: node scripts/from-source.js COMMAND...
 * Runs the command line from its sources. They are bundled for this run, because Node loads one file several times
 * faster than the hundreds that the sources and their packages are.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const main = new URL('../generator/main.ts', import.meta.url);
const { build } = await import('esbuild').catch(() => {
  process.stderr.write('serverless-mesh: esbuild is missing, which reads the sources; run npm ci first\n');
  process.exit(2);
});
/** Packages of few commands, which take longer to bundle than all others. */
const rare = {
  name: 'rare',
  setup({ onResolve }) {
    onResolve({ filter: /^(@peculiar\/x509|reflect-metadata|execa|@kubernetes\/client-node\/.*)$/ }, ({ path }) => ({
      path: import.meta.resolve(path),
      external: true,
    }));
  },
};
const { outputFiles } = await build({
  entryPoints: [fileURLToPath(main)],
  bundle: true,
  write: false,
  outdir: dirname(fileURLToPath(main)),
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // With node --enable-source-maps, an unexpected failure is told as a line of the sources; it costs half a second.
  sourcemap: process.sourceMapsEnabled && 'inline',
  plugins: [rare],
  define: { 'import.meta.url': JSON.stringify(main.href) },
  // CommonJS packages in the bundle ask for Node's own modules with require.
  banner: { js: `import{createRequire as __cr}from'node:module';const require=__cr(${JSON.stringify(main.href)});` },
});
const folder = mkdtempSync(join(tmpdir(), 'serverless-mesh-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
writeFileSync(join(folder, 'main.mjs'), outputFiles[0].contents);
await import(pathToFileURL(join(folder, 'main.mjs')).href);
