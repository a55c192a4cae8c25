import assert from 'node:assert/strict';
import { appendFile, copyFile, mkdir, rename, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { TailFixture } from './tail-fixture.ts';

const LIMIT = { timeout: 30_000 };
const scenario = (what: string, run: (tail: TailFixture, t: TestContext) => Promise<void>): void => {
  void test(what, LIMIT, async (t) => run(await TailFixture.make(t), t));
};

scenario('files by globs, with what their group says of them', async (tail) => {
  await mkdir(tail.path('sub'));
  await writeFile(tail.path('a.log'), 'a1\n');
  await writeFile(tail.path('debug.log'), 'no\n');
  await writeFile(tail.path('sub/b.log'), 'b1\n');
  const named = { service: 'svc', host: 'there', source: 'src', fields: { k: 'v' }, format: 'json' };
  tail.start(
    { include: tail.path('sub/*.log'), ...named },
    { include: [tail.path('**/*.log')], exclude: [tail.path('d*')] },
  );
  await tail.until(() => tail.logs.length === 2);
  await appendFile(tail.path('a.log'), 'a2\n');
  await writeFile(tail.path('sub/c.log'), 'c1\n');
  await tail.until(() => tail.logs.length === 4);
  assert.deepEqual(tail.bodies.toSorted(), ['a1', 'a2', 'b1', 'c1']);
  const [a, b] = ['a1', 'b1'].map((body) => tail.logs[tail.bodies.indexOf(body)]);
  assert.deepEqual(
    { ...a, body: '' },
    { body: '', host: 'here', source: `file:${tail.path('a.log')}`, attributes: [] },
  );
  const expected = { host: 'there', source: 'src', service: 'svc', attributes: ['k', 'v'], format: 'json' };
  assert.deepEqual({ ...b, body: '' }, { body: '', ...expected });
});

scenario('events of several lines, half lines and bytes that are no text', async (tail) => {
  const joined = { multiline: { start: 'java', timeout: '50ms' }, lineTimeout: '300ms' };
  tail.start(joined);
  await writeFile(tail.path('a.log'), 'x\n at 1\n at 2\ny\n at');
  await tail.until(() => tail.logs.length === 1);
  await appendFile(tail.path('a.log'), ' 3\n');
  await tail.until(() => tail.logs.length === 2);
  await appendFile(tail.path('a.log'), Buffer.from([0xff, 0x41]));
  await tail.until(() => tail.logs.length === 3);
  await appendFile(tail.path('a.log'), ' the rest\n');
  await tail.until(() => tail.logs.length === 4);
  assert.deepEqual(tail.bodies, ['x\n at 1\n at 2', 'y\n at 3', '\ufffdA', ' the rest']);
});

scenario('lines of a megabyte, and endless ones cut', async (tail) => {
  const long = 'x'.repeat(2 ** 20);
  await writeFile(tail.path('a.log'), `${long}\n${'y'.repeat(5_000_000)}\nlast\n`);
  tail.start();
  await tail.until(() => tail.bodies.at(-1) === 'last');
  assert.deepEqual(
    tail.bodies.map((body) => [body[0], body.length]),
    [
      ['x', 2 ** 20],
      ['y', 2 ** 20 + 2 ** 16],
      ['l', 4],
    ],
  ); // prettier-ignore
});

scenario('at the end, at the beginning, or with some of the end', async (tail) => {
  for (const name of ['end', 'some', 'all']) await writeFile(tail.path(`${name}.log`), `${name} 1\n${name} 2\n`);
  const group = (name: string, startAt: string) => ({ include: tail.path(`${name}*.log`), startAt });
  const groups = [group('end', 'end'), group('some', '9'), group('all', 'beginning')];
  tail.start(...groups);
  await tail.until(() => tail.logs.length === 3);
  await tail.stop();
  await appendFile(tail.path('end.log'), 'end 3\n');
  await writeFile(tail.path('end-new.log'), 'new 1\n');
  tail.start(...groups);
  await tail.until(() => tail.logs.length === 5);
  assert.deepEqual(tail.bodies.sort(), ['all 1', 'all 2', 'end 3', 'new 1', 'some 2']);
});

scenario('renamed while it is read and while it is not, with the old name used again', async (tail) => {
  const [log, old, older] = [tail.path('a.log'), tail.path('a.log.1'), tail.path('a.log.2')];
  await writeFile(log, '1\n');
  tail.start();
  await tail.until(() => tail.logs.length === 1);
  await appendFile(log, '2\n');
  await rename(log, old);
  await appendFile(old, '3\n');
  await writeFile(log, '4\n');
  await tail.until(() => tail.logs.length === 4);
  await tail.stop();
  await appendFile(log, '5\n');
  await rename(old, older);
  await rename(log, old);
  await appendFile(older, '6\n');
  await writeFile(log, '7\n');
  tail.start();
  await tail.until(() => tail.logs.length === 7);
  assert.deepEqual(tail.bodies.sort(), ['1', '2', '3', '4', '5', '6', '7']);
  assert.equal(
    tail.logs.every(({ source }) => source === `file:${log}`),
    true,
  );
});

for (const isRunning of [true, false]) {
  scenario(`copied and emptied while it ${isRunning ? 'is' : 'is not'} read: the rest is in the copy`, async (tail) => {
    const group = { include: tail.path('a.log*') };
    const log = tail.path('a.log');
    await writeFile(log, '1 one\n2 two\n');
    tail.start(group);
    await tail.until(() => tail.logs.length === 2);
    if (!isRunning) await tail.stop();
    await appendFile(log, '3 three\n');
    await copyFile(log, tail.path('a.log.1'));
    await truncate(log);
    await appendFile(log, '4 four\n5 five\n6 six, more than there was before\n');
    if (!isRunning) tail.start(group);
    await tail.until(() => tail.logs.length >= 6);
    await rename(tail.path('a.log.1'), tail.path('a.log.2'));
    await appendFile(log, '7 seven\n');
    await tail.until(() => tail.logs.length >= 7);
    assert.deepEqual(tail.bodies.map((body) => body.slice(0, 1)).sort(), ['1', '2', '3', '4', '5', '6', '7']);
  });
}

scenario(
  'packed between two lives: the rest is read from the pack, and packs that are asked for once',
  async (tail) => {
    const group = { include: [tail.path('a.log'), tail.path('*.gz')] };
    await writeFile(tail.path('a.log'), '1 one\n');
    await writeFile(tail.path('a.log.7.gz'), gzipSync('b 1\nb 2'));
    tail.start(group);
    await tail.until(() => tail.logs.length === 3);
    await tail.stop();
    await writeFile(tail.path('a.log.1.gz'), gzipSync('1 one\n2 two\n3 three\n'));
    await rm(tail.path('a.log'));
    await writeFile(tail.path('a.log'), '4 four\n');
    for (const count of [6, 6]) {
      tail.start(group);
      await tail.until(() => tail.logs.length >= count);
      await tail.stop();
    }
    assert.deepEqual(tail.bodies.map((body) => body.slice(0, 3)).sort(), ['1 o', '2 t', '3 t', '4 f', 'b 1', 'b 2']);
  },
);

scenario('a file that vanishes and comes back is read on, also under another inode', async (tail) => {
  const [log, aside] = [tail.path('a.log'), tail.path('elsewhere')];
  await writeFile(log, '1 one\n');
  tail.start();
  await tail.until(() => tail.logs.length === 1);
  await tail.stop();
  await rename(log, aside);
  tail.start();
  await tail.stop();
  await copyFile(aside, log);
  await appendFile(log, '2 two\n');
  tail.start();
  await tail.until(() => tail.logs.length === 2);
  assert.notEqual((await stat(log)).ino, (await stat(aside)).ino);
  assert.deepEqual(tail.bodies, ['1 one', '2 two']);
});

scenario('what cannot be read is told, until it can', async (tail) => {
  const pack = tail.path('a.gz');
  await writeFile(pack, 'no gzip at all');
  // A young one may still be in the making.
  await utimes(pack, 1, 1);
  tail.start({ include: [tail.path('*.gz'), tail.path('*.log')] });
  await writeFile(tail.path('b.log'), 'b\n');
  await tail.until(() => tail.logs.length === 1);
  await tail.until(() => tail.problems.size === 1);
  assert.match([...tail.problems][0]?.join(' ') ?? '', /a\.gz cannot be read: .*header/);
  await writeFile(pack, gzipSync('a\n'));
  await tail.until(() => tail.problems.size === 0);
  assert.deepEqual(tail.bodies, ['b', 'a']);
});

scenario('how far each file is read is told', async (tail) => {
  await writeFile(tail.path('a.log'), 'a1\na2\nhalf');
  await writeFile(tail.path('b.log.gz'), gzipSync('b1\n'));
  tail.start({ include: [tail.path('*.log'), tail.path('*.gz')] });
  await tail.until(() => tail.logs.length === 3);
  const states = tail.states().toSorted((a, b) => (a.name < b.name ? -1 : 1));
  assert.deepEqual(
    states.map(({ name, source, offset, size, records, isDone }) => [name, source, offset, size, records, isDone]),
    [
      [tail.path('a.log'), `file:${tail.path('a.log')}`, 6, 10, 2, false],
      [tail.path('b.log.gz'), `file:${tail.path('b.log.gz')}`, 3, undefined, 1, true],
    ],
  );
  assert.ok(states.every(({ lastAt }) => lastAt > 0));
});

scenario('more files than are kept open, renamed while they are closed', async (tail) => {
  const names = Array.from({ length: 300 }, (_, i) => `host-${i}.log`);
  for (const name of names) await writeFile(tail.path(name), `${name} 1\n`);
  tail.start();
  await tail.until(() => tail.logs.length === 300);
  for (const name of names) {
    await appendFile(tail.path(name), `${name} 2\n`);
    await rename(tail.path(name), tail.path(`${name}.1`));
    await writeFile(tail.path(name), `${name} 3\n`);
  }
  await tail.until(() => tail.logs.length >= 900);
  const expected = names.flatMap((name) => [1, 2, 3].map((n) => `${name} ${n}`));
  assert.deepEqual(tail.bodies.toSorted(), expected.toSorted());
});

scenario(
  'rotated more than once between two lives: what came and went in between is read, what was there before is not',
  async (tail) => {
    const log = tail.path('a.log');
    const group = { include: log };
    await writeFile(tail.path('a.log.8'), 'before\n');
    await utimes(tail.path('a.log.8'), 1, 1);
    await writeFile(log, '1 one\n');
    tail.start(group);
    await tail.until(() => tail.logs.length === 1);
    await tail.stop();
    await appendFile(log, '2 two\n');
    await rename(log, tail.path('a.log.3'));
    for (const [name, bytes] of [
      ['a.log.2.gz', gzipSync('3 three\n')],
      ['a.log.1', '4 four\n'],
      ['a.log.bak', 'no\n'],
    ] as const) {
      await writeFile(tail.path(name), bytes);
    }
    await writeFile(log, '5 five\n');
    tail.start(group);
    await tail.until(() => tail.logs.length >= 5);
    await tail.stop();
    tail.start(group);
    await appendFile(log, '6 six\n');
    await tail.until(() => tail.logs.length >= 6);
    assert.deepEqual(tail.bodies.map((body) => body.slice(0, 1)).toSorted(), ['1', '2', '3', '4', '5', '6']);
  },
);
