import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { compareGenerated, writeGenerated } from '../../generator/output/disk.ts';
import { inProject, withUmask } from './project.ts';
import { changed, chart, clean, files, inGenerated, record, template, without } from './sample.ts';

const test = suite('output/disk');

test('first run writes all, second run nothing', () => {
  inProject(({ root, text, list }) => {
    assert.equal(compareGenerated(root, files), { ...clean, missing: ['README.md', record, chart, template] });
    assert.equal(writeGenerated(root, files), { written: [...files.keys()].sort(), unchanged: 0, removed: [] });
    for (const [path, want] of files) assert.is(text(path), want);
    assert.equal(
      list().filter(path => !path.endsWith('/')),
      ['README.md', record, chart, template],
    );
    assert.equal(writeGenerated(root, files), { written: [], unchanged: 3, removed: [] });
    assert.equal(compareGenerated(root, files), clean);
  });
});

test('unchanged files and the record keep their time', () => {
  inGenerated(({ root, mtime }) => {
    for (const path of [...files.keys(), record]) utimesSync(join(root, path), 1, 1);
    writeGenerated(root, files);
    for (const path of [...files.keys(), record]) assert.is(mtime(path), 1000);
    assert.equal(writeGenerated(root, changed).written, [chart]);
    assert.is(mtime(template), 1000);
    assert.is.not(mtime(chart), 1000);
  });
});

test('sha256sum -c reads the record', () => {
  inGenerated(({ root, put }) => {
    const check = () => execFileSync('sha256sum', ['-c', record], { cwd: root, stdio: 'pipe' }).toString();
    assert.is(check(), `README.md: OK\n${chart}: OK\n${template}: OK\n`);
    put(chart, 'edited\n');
    assert.throws(check);
  });
});

test('removes files that are no longer produced, and the folders that become empty', () => {
  inGenerated(({ root, list }) => {
    assert.equal(compareGenerated(root, without(template)), { ...clean, stale: [record], unknown: [template] });
    assert.equal(writeGenerated(root, without(template)), { written: [], unchanged: 2, removed: [template] });
    assert.equal(list(), ['README.md', 'charts/', record, 'charts/one/', chart]);
  });
});

test('removes the empty folders of a file that somebody removed before', () => {
  inGenerated(({ root, list }) => {
    rmSync(join(root, template));
    assert.equal(writeGenerated(root, without(template)).removed, []);
    assert.equal(list(), ['README.md', 'charts/', record, 'charts/one/', chart]);
  });
});

test('never touches what is neither recorded nor produced', () => {
  inGenerated(({ root, put, text }) => {
    const foreign = 'charts/one/templates/mesh/own.yaml';
    put(foreign, 'own\n');
    assert.equal(compareGenerated(root, files), { ...clean, unknown: [foreign] });
    assert.equal(writeGenerated(root, without(template), { force: true }).removed, [template]);
    assert.is(text(foreign), 'own\n');
  });
});

test('a link in place of a generated file counts as edited', () => {
  inGenerated(({ root }) => {
    rmSync(join(root, chart));
    symlinkSync('values.yaml', join(root, chart));
    assert.equal(compareGenerated(root, files), { ...clean, edited: [chart] });
  });
});

test('what a killed run left is neither in the way nor followed', () => {
  inProject(({ root, put, text, list }) => {
    put(`charts/one/.Chart.yaml.${process.pid}.tmp`, 'half');
    put('precious', 'mine');
    symlinkSync('precious', join(root, `.README.md.${process.pid}.tmp`));
    writeGenerated(root, files);
    assert.is(text('precious'), 'mine');
    assert.not.ok(list().some(path => path.endsWith('.tmp')));
    for (const [path, want] of files) assert.is(text(path), want);
  });
});

for (const umask of [0o077, 0o000]) {
  test(`modes are 0644 and 0755 under umask ${umask.toString(8)}`, () => {
    inProject(({ root, mode, list }) => {
      withUmask(umask, () => writeGenerated(root, files));
      for (const path of list()) assert.is(mode(path), path.endsWith('/') ? '755' : '644', path);
    });
  });
}

test('a replaced file gets mode 0644 again, a kept one and folders of others stay', () => {
  inGenerated(({ root, mode }) => {
    for (const path of [chart, template]) chmodSync(join(root, path), 0o600);
    chmodSync(join(root, 'charts/one'), 0o700);
    writeGenerated(root, changed);
    assert.equal([chart, template, 'charts/one'].map(mode), ['644', '600', '700']);
  });
});

test('an empty folder of others stays', () => {
  inGenerated(({ root, list }) => {
    mkdirSync(join(root, 'charts/own'));
    writeGenerated(root, without(template));
    assert.ok(list().includes('charts/own/'));
  });
});

test.run();
