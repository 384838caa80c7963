import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { GeneratorError } from '../../generator/errors.ts';
import type { Io, Status } from '../../generator/io.ts';

/** What a command printed, and its exit status. */
export interface Result {
  readonly status: number;
  readonly out: string;
  readonly talk: string;
}

export interface RunOptions {
  /** The checkout or package whose command runs; the installed one by default. */
  readonly root?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** In octal, as a shell takes it. */
  readonly umask?: string;
  /** Run as a user that may not read what belongs to others; only root can ask for it. */
  readonly uid?: number;
}

const source = fileURLToPath(new URL('../..', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'cli-test-'));
chmodSync(home, 0o755);
process.once('exit', () => rmSync(home, { recursive: true, force: true }));

/** Makes it when it is asked for first. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

const copy = (from: string, names: readonly string[], to: string) => {
  for (const name of names) cpSync(join(from, name), join(to, name), { recursive: true });
};

/** A copy of the sources, built and generated, so that what others edit meanwhile changes nothing. */
export const checkout = once(async () => {
  const root = join(home, 'checkout');
  const names = [
    'bin',
    'examples',
    'generator',
    'values-schema',
    'scripts',
    'chart-templates',
    'environments',
    'releases',
    'package.json',
    'publisher.example.yaml',
  ];
  copy(source, names, root);
  symlinkSync(join(source, 'node_modules'), join(root, 'node_modules'));
  await execa(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], { cwd: root, timeout: 60_000 });
  const { status, talk } = await run(['generate'], { root });
  if (status !== 0) throw new Error(talk);
  return root;
});

/** What a user has: the built command, the charts and the environments. No sources, no node_modules. */
export const installedFiles = [
  'bin',
  'build',
  'chart-templates',
  'charts',
  'environments',
  'docs',
  'examples',
  'package.json',
  'publisher.example.yaml',
  'README.md',
  'CHANGELOG.md',
  'releases',
];
export const installed = once(async () => {
  const root = join(home, 'installed');
  copy(await checkout(), installedFiles, root);
  return root;
});

let folders = 0;
/** A new empty folder, which any user may read. */
export function newFolder(): string {
  const folder = join(home, `folder-${folders++}`);
  mkdirSync(folder);
  return folder;
}

/** A copy of the installed command, for a test that changes it. */
export async function newCopy(names = installedFiles): Promise<string> {
  const root = newFolder();
  copy(await installed(), names, root);
  return root;
}

/** Writes a file with its parents and returns its path. */
export function put(folder: string, name: string, content: string | Uint8Array, mode = 0o644): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content, { mode });
  return path;
}

/** Environment variables of the user's that would change what a command prints. */
const unset = { HELM: undefined, HELM_DEBUG: undefined, FORCE_COLOR: undefined, SOURCE_DATE_EPOCH: undefined };

/** Runs the command in a process of its own. */
export async function run(args: readonly string[], options: RunOptions = {}): Promise<Result> {
  const root = options.root ?? (await installed());
  const command = [process.execPath, join(root, 'bin/serverless-mesh.js'), ...args];
  const [file = '', ...rest] = options.umask
    ? ['sh', '-c', `umask ${options.umask}; exec "$@"`, 'sh', ...command]
    : command;
  return runProgram(file, rest, { cwd: root, ...options });
}

/** Runs any program; one that does not end within a minute fails the test. */
export async function runProgram(file: string, args: readonly string[], options: RunOptions = {}): Promise<Result> {
  const { cwd, env, uid } = options;
  const result = await execa(file, args, {
    ...(cwd === undefined ? {} : { cwd }),
    ...(uid === undefined ? {} : { uid }),
    env: { ...unset, ...env },
    reject: false,
    timeout: 60_000,
    stripFinalNewline: false,
  });
  if (result.exitCode === undefined) throw new Error(`${file} ${args.join(' ')}: ${result.shortMessage}`);
  return { status: result.exitCode, out: result.stdout, talk: result.stderr };
}

/** Runs a command's function in this process. An error that is not ours passes. */
export async function inProcess(command: (io: Io) => Status | Promise<Status>): Promise<Result> {
  const said = { out: '', talk: '' };
  const out = (text: string) => {
    said.out += text;
  };
  const talk = (text: string) => {
    said.talk += text;
  };
  try {
    return { status: await command({ out, talk, interactive: false }), ...said };
  } catch (error) {
    if (!(error instanceof GeneratorError)) throw error;
    return { status: error.code, out: said.out, talk: `${said.talk}${error.message}\n` };
  }
}

/** All items at once, at most two processes at a time; made when the first test asks. */
export function each<T, R>(items: readonly T[], make: (item: T) => Promise<R>): (index: number) => Promise<R> {
  const all = once(async () => {
    const results: R[] = [];
    const queue = items.entries();
    const worker = async () => {
      for (const [index, item] of queue) results[index] = await make(item);
    };
    await Promise.all([worker(), worker()]);
    return results;
  });
  return async index => (await all())[index] as R;
}
