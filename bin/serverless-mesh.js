#!/usr/bin/env node
// Starts the built command. In a checkout whose sources are newer than the build, says so and runs the sources.
import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const built = statSync(`${root}build/built`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
// A file may be gone by now: editors make and remove their own.
const isNewer = path => (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > built;
// Only a checkout has sources; the build holds the texts of chart-templates/page.
const isCheckout = statSync(`${root}generator`, { throwIfNoEntry: false }) !== undefined;
const sources = isCheckout ? ['generator', 'values-schema', 'chart-templates/page'] : [];
const stale =
  built === 0 ||
  sources.some(folder =>
    readdirSync(root + folder, { recursive: true }).some(file => isNewer(`${root}${folder}/${file}`)),
  );

if (!stale) await import('../build/serverless-mesh.js');
else {
  const why = built === 0 ? 'is not built' : 'was built before its sources changed';
  process.stderr.write(`serverless-mesh ${why}: running from source, which starts slower; npm run build mends it\n`);
  await import('../scripts/from-source.js');
}
