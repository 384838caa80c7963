/** A registry that is slow, busy, broken, or dies: tried again, then a clear error; the tag is whole or not there. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PublishOptions } from '../../generator/commands/publish.ts';
import { newPath, writeRelease } from '../publish/release.ts';
import { type Fault, type Faults, type Seen, startProxy } from './proxy.ts';
import { type RunningRegistry, startRegistry } from './registry.ts';
import { manifestIn, publish } from './run.ts';

const test = suite('registry: faults');

let registry: RunningRegistry;
const from = writeRelease({ padding: 200_000 });
test.before(async () => {
  registry = await startRegistry(newPath());
});
test.after(() => registry.end());

/** A path of its own for each test. */
let paths = 0;
const newRepository = () => `faults/${paths++}`;

async function through(
  fault: (seen: Seen, count: number) => ReturnType<Faults>,
  options: Partial<PublishOptions> = {},
  path = newRepository(),
) {
  let count = 0;
  const proxy = await startProxy(registry.host, seen => fault(seen, count++));
  const waited: number[] = [];
  const result = await publish(`oci://${proxy.host}/${path}`, from, options, waited);
  await proxy.end();
  return { ...result, talk: result.talk.replaceAll(proxy.host, 'HOST'), path, waited, seen: proxy.seen };
}

/** All that a manifest names can be read: nothing is half there. */
async function isWhole(path: string): Promise<boolean> {
  const text = await manifestIn(registry.host, `${path}/bread`, '1.2.3');
  if (text === undefined) return false;
  const { config, layers } = JSON.parse(text) as { config: { digest: string }; layers: { digest: string }[] };
  for (const { digest } of [config, ...layers]) {
    const answer = await fetch(`http://${registry.host}/v2/${path}/bread/blobs/${digest}`);
    assert.is(answer.status, 200);
    await answer.arrayBuffer();
  }
  return true;
}

const isUpload = ({ method, path }: Seen) => method === 'PUT' && path.includes('/blobs/uploads/');
const isTag = ({ method, path }: Seen) => method === 'PUT' && path.endsWith('/1.2.3');
const short = { requestTimeout: 0.5 };

/** Fails the first `times` calls of a kind. */
const first = (times: number, fault: Fault, isMeant: (seen: Seen) => boolean = () => true) => {
  let failed = 0;
  return (seen: Seen) => (isMeant(seen) && failed++ < times ? fault : undefined);
};

const passing: readonly (readonly [string, (seen: Seen) => Fault | undefined, Partial<PublishOptions>, RegExp])[] = [
  ['answers 503 at first', first(3, { status: 503 }), {}, /^(HOST: answers 503; trying again in \d+ s\n){3}/],
  ['answers 500 to uploads', first(2, { status: 500 }, isUpload), {}, /^(HOST: answers 500; trying again in 1 s\n)/],
  [
    'breaks an upload off',
    first(2, 'reset before', isUpload),
    {},
    /^HOST: breaks the connection off \(ECONNRESET\); trying/,
  ],
  ['breaks off after an upload', first(1, 'reset after', isUpload), {}, /^HOST: breaks the connection off/],
  [
    'is silent in an upload',
    first(1, 'silence before', isUpload),
    short,
    /^HOST: does not answer in time; trying again/,
  ],
  [
    'is silent after an upload',
    first(1, 'silence after', isUpload),
    short,
    /^HOST: does not answer in time; trying again/,
  ],
  ['breaks off before the tag', first(2, 'reset before', isTag), {}, /^HOST: breaks the connection off/],
  ['breaks off after the tag', first(1, 'reset after', isTag), {}, /^HOST: breaks the connection off/],
  ['is silent after the tag', first(1, 'silence after', isTag), short, /^HOST: does not answer in time; trying again/],
  ['loses an upload', first(1, { status: 502 }, ({ method }) => method === 'POST'), {}, /^HOST: answers 502; trying/],
];
for (const [name, fault, options, want] of passing)
  test(`one that ${name}: tried again, and published`, async () => {
    const { status, talk, path } = await through(fault, options);
    assert.match(talk, want);
    assert.is(status, 0, talk);
    assert.ok(await isWhole(path));
  });

test('429: waits as long as it is asked to, up to a minute', async () => {
  const asked = ['7', '3600', 'soon'];
  const { status, waited } = await through((_, count) =>
    count < 3 ? { status: 429, headers: { 'retry-after': asked[count]! } } : undefined,
  );
  assert.equal([status, waited], [0, [7000, 60_000, 2000]]);
});

const lasting: readonly (readonly [string, (seen: Seen) => Fault | undefined, Partial<PublishOptions>, string])[] = [
  ['is busy', () => ({ status: 503 }), {}, 'answers 503'],
  ['takes no upload', first(99, { status: 500 }, isUpload), {}, 'answers 500'],
  ['dies in the middle', first(99, 'reset before', isUpload), {}, 'breaks the connection off (ECONNRESET)'],
  ['never answers', () => 'silence before', { requestTimeout: 0.2, retries: 2 }, 'does not answer in time'],
  ['breaks off before the tag', first(99, 'reset before', isTag), {}, 'breaks the connection off (ECONNRESET)'],
];
for (const [name, fault, options, want] of lasting)
  test(`one that ${name} for good: a clear error, no tag, and the next run completes it`, async () => {
    const { status, out, talk, path, waited } = await through(fault, options);
    assert.equal([status, out], [1, '']);
    const attempts = (options.retries ?? 5) + 1;
    const sentence = `HOST: ${want} after ${attempts} attempts; publish again later: what is there already is kept.\n`;
    assert.is(talk.slice(talk.lastIndexOf('HOST: ')), sentence);
    assert.is(waited.length, attempts - 1);
    assert.not(await isWhole(path));
    assert.is((await through(() => undefined, {}, path)).status, 0);
    assert.ok(await isWhole(path));
  });

test('a tag whose answer is lost for good is whole, and the next run finds it', async () => {
  const { status, path } = await through(first(99, 'reset after', isTag));
  assert.is(status, 1);
  assert.ok(await isWhole(path));
  const { out } = await through(() => undefined, {}, path);
  assert.match(out, /\nkept \S+:1\.2\.3\n$/);
});

test('the tag is the last write, whatever call is the one that dies', async () => {
  const whole = await through(() => undefined);
  const writes = whole.seen.filter(({ method }) => method === 'PUT');
  assert.ok(isTag(writes.at(-1)!), JSON.stringify(writes.at(-1)));
  assert.is(writes.filter(isTag).length, 1);
  for (const index of whole.seen.keys()) {
    const { path, status } = await through((_, count) => (count >= index ? 'reset before' : undefined), { retries: 0 });
    // The calls behind the tag are looks.
    const isTagged = whole.seen.slice(0, index).some(isTag);
    assert.is(await isWhole(path), isTagged, `call ${index}`);
    assert.is(status, 1);
  }
});

test('what passes not is not tried again: a host without a server name, a path that is refused', async () => {
  const denied = await through(({ method }) => (method === 'POST' ? { status: 403 } : undefined));
  assert.equal([denied.status, denied.waited], [1, []]);
  assert.match(
    denied.talk,
    /^HOST: refuses an upload in faults\/\d+\/bread \(403\); check that you may push to faults\/\d+\/bread, and log in/,
  );
  const { status, talk } = await publish('oci://no-such-host.invalid/charts', from, { plainHttp: false, retries: 0 });
  assert.is(status, 1);
  assert.match(
    talk,
    /^no-such-host\.invalid: (cannot be reached \(ENOTFOUND\); check the name of the host|cannot be reached \(EAI_AGAIN\))/,
  );
});

test('a registry that keeps referrers itself gets no tag for them', async () => {
  const { status, path, seen } = await through(({ method, path: at }) =>
    method === 'PUT' && at.includes('/manifests/sha256:') ? { header: ['oci-subject', 'sha256:0'] } : undefined,
  );
  assert.is(status, 0);
  assert.ok(await isWhole(path));
  assert.is(seen.filter(({ path: at }) => at.includes('/manifests/sha256-')).length, 0);
});

test('a registry that takes no SBOM gets the chart without it, and it is said', async () => {
  const { status, path, talk, out } = await through(({ method, path: at }) =>
    method === 'PUT' && at.includes('/manifests/sha256') ? { status: 400 } : undefined,
  );
  assert.is(status, 0);
  assert.match(
    talk,
    /^oci:\/\/HOST\/faults\/\d+\/bread: the registry takes no SBOM beside the chart; it is left out\n/,
  );
  assert.match(out, /^added \S+\/bread:1\.2\.3\n$/);
  assert.ok(await isWhole(path));
});

const otherRelease = () => writeRelease({ motd: 'other', padding: 200_000 });
const motdIn = async (path: string) => {
  const { layers } = JSON.parse((await manifestIn(registry.host, `${path}/bread`, '1.2.3')) ?? '');
  return layers[0].digest;
};
const refused = /\/bread:1\.2\.3: is published already, with other content/;

/** Lets another publisher do all of its work right before a call of the first. */
async function meanwhile(isMoment: (seen: Seen) => boolean) {
  const path = newRepository();
  let other: Awaited<ReturnType<typeof publish>> | undefined;
  const one = await through(
    async seen => {
      if (other === undefined && isMoment(seen))
        other = await publish(`oci://${registry.host}/${path}`, otherRelease(), {}, []);
      return undefined;
    },
    {},
    path,
  );
  assert.ok(await isWhole(path));
  return { one, other: other!, there: await motdIn(path) };
}

test('another publisher has finished while blobs were uploaded: refused, and its chart stays', async () => {
  const { one, other, there } = await meanwhile(isUpload);
  assert.equal([one.status, other.status], [1, 0]);
  assert.match(one.talk, refused);
  const alone = newRepository();
  await publish(`oci://${registry.host}/${alone}`, otherRelease());
  assert.is(there, await motdIn(alone));
});

test('another publisher has finished in the moment before the tag: the last write counts, and is whole', async () => {
  const { one, other, there } = await meanwhile(isTag);
  // Registries know no condition for a write: only one whose tags are immutable refuses here.
  assert.equal([one.status, other.status], [0, 0]);
  const alone = newRepository();
  await publish(`oci://${registry.host}/${alone}`, from);
  assert.is(there, await motdIn(alone));
});

test('two publishers at once, many times: the tag is whole, and of one that ended well', async () => {
  const releases = [from, otherRelease()];
  for (let round = 0; round < 15; round++) {
    const path = newRepository();
    const results = await Promise.all(releases.map(folder => publish(`oci://${registry.host}/${path}`, folder)));
    assert.ok(await isWhole(path));
    const [a, b] = results.map(({ status }) => status);
    assert.ok(a === 0 || b === 0);
    for (const { status, talk } of results) if (status !== 0) assert.match(talk, refused);
  }
});

test.run();
