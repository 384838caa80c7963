import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { putInPlace, removeEmptyFolder, stage, writeNew, writeWhole } from '../../generator/output/replace.ts';
import { inProject, messageOf, withUmask } from './project.ts';

const test = suite('output/replace');

test('writeWhole makes, then replaces, and leaves no temporary file', () => {
  inProject(({ root, text, list, mode }) => {
    const path = join(root, 'dist/sums');
    writeWhole(path, 'long text\n');
    writeWhole(path, new Uint8Array([0x62, 0x0a]), { mode: 0o600 });
    assert.is(text('dist/sums'), 'b\n');
    assert.is(mode('dist/sums'), '600');
    assert.equal(list(), ['dist/', 'dist/sums']);
  });
});

for (const umask of [0o077, 0o000]) {
  for (const wanted of [0o600, 0o644]) {
    test(`mode ${wanted.toString(8)} is exact under umask ${umask.toString(8)}`, () => {
      inProject(({ root, mode }) => {
        withUmask(umask, () => {
          writeNew(join(root, 'new'), '', { mode: wanted });
          writeWhole(join(root, 'whole'), '', { mode: wanted });
        });
        assert.equal([mode('new'), mode('whole')], [wanted.toString(8), wanted.toString(8)]);
      });
    });
  }
}

test('writeNew refuses a file, a folder and a link that stand there', () => {
  inProject(project => {
    const { root, put, text, list } = project;
    put('file', 'mine');
    mkdirSync(join(root, 'folder'));
    symlinkSync('target', join(root, 'link'));
    const before = list();
    for (const name of ['file', 'folder', 'link']) {
      const refused = messageOf(() => writeNew(join(root, name), 'secret', { mode: 0o600 }));
      assert.match(refused, new RegExp(`/${name}: exists already; `));
    }
    assert.is(text('file'), 'mine');
    assert.equal(list(), before);
  });
});

test('writeWhole refuses a folder, a link and a device', () => {
  inProject(({ root, list }) => {
    mkdirSync(join(root, 'folder'));
    symlinkSync('target', join(root, 'link'));
    for (const path of [join(root, 'folder'), join(root, 'link'), '/dev/null']) {
      assert.match(
        messageOf(() => writeWhole(path, '')),
        /: is not an ordinary file; /,
      );
    }
    assert.equal(list(), ['folder/', 'link']);
  });
});

test('both say where and why when the disk refuses', () => {
  inProject(({ root, put, list }) => {
    put('file', '');
    const below = join(root, 'file/below');
    assert.match(
      messageOf(() => writeWhole(below, '')),
      /below: cannot be written \(ENOTDIR\); check/,
    );
    assert.match(
      messageOf(() => writeNew(below, '', { mode: 0o600 })),
      /below: cannot be written \(ENOTDIR\); check/,
    );
    assert.equal(list(), ['file']);
  });
});

test('a rename that fails leaves no temporary file and says to run again', () => {
  inProject(({ root, list }) => {
    const staging = stage(
      new Map([
        [join(root, 'a'), 'a'],
        [join(root, 'b'), 'b'],
        [join(root, 'c/d'), 'd'],
      ]),
    );
    mkdirSync(join(root, 'b'));
    writeFileSync(join(root, 'b/own'), '');
    assert.match(
      messageOf(() => putInPlace(staging)),
      /\/b: cannot be replaced \(\w+\); .* run again$/,
    );
    assert.equal(list(), ['a', 'b/', 'b/own']);
  });
});

test('an empty folder is removed, a full one stays, an absent one is no error', () => {
  inProject(({ root, put, list }) => {
    mkdirSync(join(root, 'empty'));
    put('full/own', '');
    assert.equal(
      ['empty', 'full', 'absent'].map(name => removeEmptyFolder(join(root, name))),
      [true, false, true],
    );
    assert.equal(list(), ['full/', 'full/own']);
  });
});

test.run();
