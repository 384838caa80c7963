import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Test } from 'uvu';

const sharedDir = process.env.SHARED_DIR ?? fileURLToPath(new URL('../../../shared', import.meta.url));
const documentPath = join(sharedDir, 'seed/serverless-1.31-service-mesh-integration.txt');

/** Registers tests that need the text of the base document; where the checkout stands alone, one that is skipped. */
export function withBaseDocument(test: Test, register: (text: string) => void): void {
  if (existsSync(documentPath)) {
    register(readFileSync(documentPath, 'utf8'));
    return;
  }
  console.log(`SKIPPED: no ${documentPath}; set SHARED_DIR to the folder that holds seed/`);
  test.skip('needs the base document', () => {});
}
