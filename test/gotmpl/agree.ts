/** Both visitors on the same rows: evaluated in this process, and printed and rendered by real Helm. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type suite, type Test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Helm, helms, runHelm } from '../support/helm.ts';
import { jsonForHelm } from '../support/helm-yaml.ts';
import { parseManifests } from '../support/render.ts';
import { type Sample, sampleRefs, usual, type V } from './sample.ts';

export interface Row {
  readonly name: string;
  /** The text of a template for these references. */
  readonly template: (v: V) => string;
  /** The objects in this process, for the values below `.Values.<key>`. */
  readonly evaluated: (v: V, values: Readonly<Record<string, Sample>>) => readonly unknown[];
  readonly values: Partial<Sample>;
  readonly want: readonly unknown[];
}
