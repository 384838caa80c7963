import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as assert from 'uvu/assert';
import { GeneratorError } from '../../generator/errors.ts';

/** A project folder that lives as long as one test, and short words for what is in it. Paths are relative to it. */
export interface Project {
  readonly root: string;
  /** Writes a file as a person would, parents included. */
  put(path: string, text: string): void;
  text(path: string): string;
  mode(path: string): string;
  mtime(path: string): number;
  /** Every entry, sorted; a folder ends in `/`. */
  list(): string[];
  /** Every entry with its content and times: what must not change when a run refuses. */
  snapshot(): string[];
}

/** Runs `body` in a new project, which is removed afterwards. */
export function inProject(body: (project: Project) => void): void {
  const root = mkdtempSync(join(tmpdir(), 'serverless-mesh-'));
  try {
    body(projectAt(root));
  } finally {
    rmSync(root, { recursive: true });
  }
}

function projectAt(root: string): Project {
  const at = (path: string) => join(root, path);
  const list = (folder = ''): string[] =>
    readdirSync(at(folder), { withFileTypes: true })
      .flatMap(entry =>
        entry.isDirectory() ? [`${folder}${entry.name}/`, ...list(`${folder}${entry.name}/`)] : [folder + entry.name],
      )
      .sort();
  const line = (path: string) => {
    const { mode, mtimeMs } = lstatSync(at(path));
    return `${path} ${mode.toString(8)} ${path.endsWith('/') ? '' : `${mtimeMs} ${readFileSync(at(path), 'utf8')}`}`;
  };
  return {
    root,
    put: (path, text) => {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), text);
    },
    text: path => readFileSync(at(path), 'utf8'),
    mode: path => (lstatSync(at(path)).mode & 0o7777).toString(8),
    mtime: path => lstatSync(at(path)).mtimeMs,
    list: () => list(),
    snapshot: () => list().map(line),
  };
}

/** The message of the GeneratorError that `run` must throw. */
export function messageOf(run: () => void): string {
  try {
    run();
  } catch (error) {
    if (error instanceof GeneratorError) return error.message;
    throw error;
  }
  return assert.unreachable('nothing was thrown') ?? '';
}

/** Runs `body` under a umask and puts the old one back. */
export function withUmask(umask: number, body: () => void): void {
  const before = process.umask(umask);
  try {
    body();
  } finally {
    process.umask(before);
  }
}
