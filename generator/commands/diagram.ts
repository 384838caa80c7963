import { installationOf } from '../diagram/describe.ts';
import { installationPicture } from '../diagram/picture.ts';
import { textOf } from '../diagram/table.ts';
import { GeneratorError } from '../errors.ts';
import { findingText } from '../findings.ts';
import type { Io, Status } from '../io.ts';
import { serverlessMesh } from '../model/serverless-mesh/index.ts';
import { writeWhole } from '../output/replace.ts';
import { type EnvironmentOptions, readEnvironments } from '../values/environments.ts';

export interface DiagramOptions extends EnvironmentOptions {
  readonly output: 'svg' | 'text' | 'json';
  /** Write it to this file, instead of printing. */
  readonly out?: string | undefined;
}

/** Shows what an environment installs and who talks to whom. With findings nothing is shown, for it would not install. */
export function runDiagram({ output, out, ...options }: DiagramOptions, io: Io): Status {
  if (out === '') throw new GeneratorError('--out is empty; name a file.', 2);
  for (const { name, values, findings } of readEnvironments(serverlessMesh, options)) {
    for (const finding of findings) io.talk(`${findingText(finding)}\n`);
    if (findings.length > 0) return 1;
    const installation = installationOf(values);
    const text = {
      svg: () => installationPicture(installation, titleOf(name), inWords),
      text: () => textOf(installation),
      json: () => `${JSON.stringify({ environment: name, ...installation }, null, 2)}\n`,
    }[output]();
    if (out === undefined) io.out(text);
    else {
      writeWhole(out, text);
      io.talk(`wrote ${out}\n`);
    }
  }
  return 0;
}

const titleOf = (name: string) =>
  name === 'values' ? 'What serverless-mesh installs' : `What serverless-mesh installs: ${name}`;
const inWords = 'serverless-mesh diagram --output text has the same in words.';
