import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { compareGenerated, writeGenerated } from '../../generator/output/disk.ts';
import { inProject, messageOf, type Project } from './project.ts';
import { changed, chart, clean, files, inGenerated, record, template, without } from './sample.ts';

const test = suite('output/refusals');

const byHand = /^charts\/one\/Chart.yaml: was edited by hand; .*--force$/;
const refusals: [name: string, spoil: (project: Project) => void, files: ReadonlyMap<string, string>, want: RegExp][] =
  [
    ['an edit by hand', ({ put }) => put(chart, 'mine\n'), changed, byHand],
    ['an edit by hand of an unchanged model', ({ put }) => put(chart, 'mine\n'), files, byHand],
    ['changed line ends', ({ put }) => put(chart, 'name: one\r\n'), files, byHand],
    [
      'a foreign file at a path of ours',
      ({ put }) => put('charts/two', 'mine\n'),
      new Map([...files, ['charts/two', 'ours\n']]),
      /^charts\/two: exists but was not generated; .*--force$/,
    ],
    [
      'an edited file that is no longer produced',
      ({ put }) => put(template, 'mine\n'),
      without(template),
      /gateway.yaml: was edited by hand and is no longer generated; .*--force$/,
    ],
  ];

for (const [name, spoil, next, want] of refusals) {
  test(`refuses ${name}; force gives it up`, () => {
    inGenerated(project => {
      spoil(project);
      const before = project.snapshot();
      assert.match(
        messageOf(() => writeGenerated(project.root, next)),
        want,
      );
      assert.equal(project.snapshot(), before);
      writeGenerated(project.root, next, { force: true });
      assert.equal(compareGenerated(project.root, next), clean);
    });
  });
}

test('tells all offending files in one error', () => {
  inGenerated(({ root, put }) => {
    put(chart, 'mine\n');
    put(template, 'mine\n');
    const lines = messageOf(() => writeGenerated(root, changed)).split('\n');
    assert.equal(
      lines.map(line => line.split(':')[0]),
      [chart, template],
    );
    assert.equal(compareGenerated(root, changed), { ...clean, stale: [record], edited: [chart, template] });
  });
});

const obstacles: [name: string, build: (project: Project) => void, want: RegExp][] = [
  [
    'a link in place of a file',
    ({ root }) => symlinkSync('/nowhere', join(root, 'README.md')),
    /^README.md: is a symbolic link where a file of ours goes/,
  ],
  [
    'a link in place of a folder',
    ({ root, put }) => {
      put('elsewhere/own', '');
      put('charts/own', '');
      symlinkSync('../elsewhere', join(root, 'charts/one'));
    },
    /^charts\/one: is a symbolic link where a folder of ours goes; move it away$/,
  ],
  [
    'charts itself being a link',
    ({ root, put }) => {
      put('elsewhere/own', '');
      symlinkSync('elsewhere', join(root, 'charts'));
    },
    /^charts: is a symbolic link where the record/,
  ],
  ['a folder in place of a file', ({ put }) => put(`${chart}/own`, ''), /Chart.yaml: is a folder where a file of ours/],
  ['a file in place of a folder', ({ put }) => put('charts/one', ''), /^charts\/one: is a file where a folder of ours/],
  ['a pipe', ({ root }) => execFileSync('mkfifo', [join(root, 'README.md')]), /^README.md: is a special file where/],
  ['a folder in place of the record', ({ put }) => put(`${record}/own`, ''), /is a folder where the record/],
  ['a record with merge markers', ({ put }) => put(record, '<<<<<<< HEAD\n'), /^charts\/.generated.sha256:1: is not/],
  ['a record of others’ files', ({ put }) => put(record, `${'0'.repeat(64)}  package.json\n`), /names package.json/],
];

for (const [name, build, want] of obstacles) {
  test(`refuses ${name}, even with force, and changes nothing`, () => {
    inProject(project => {
      build(project);
      const before = project.list();
      const refused = messageOf(() => writeGenerated(project.root, files, { force: true }));
      assert.match(refused, want);
      assert.equal(project.list(), before);
    });
  });
}

for (const path of ['package.json', 'charts/../a', record, 'charts/one/Chart.yaml/b']) {
  test(`refuses to be given ${path}`, () => {
    inProject(({ root, list }) => {
      assert.match(
        messageOf(() => writeGenerated(root, new Map([...files, [path, '']]))),
        /is no path for a generated file/,
      );
      assert.equal(list(), []);
    });
  });
}

test('a failure while preparing leaves everything as it was', () => {
  inGenerated(project => {
    // The last file to be prepared cannot be: a folder stands where its temporary file would go.
    project.put(`charts/two/.z.yaml.${process.pid}.tmp/own`, '');
    const before = project.snapshot();
    const next = new Map([...changed, ['charts/new/deep/a.yaml', 'a\n'], ['charts/two/z.yaml', 'z\n']]);
    next.delete(template);
    assert.match(
      messageOf(() => writeGenerated(project.root, next)),
      /charts\/two\/z.yaml: cannot be written \(\w+\); nothing was changed/,
    );
    assert.equal(project.snapshot(), before);
  });
});

test.run();
