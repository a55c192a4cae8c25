import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { crc32 } from 'node:zlib';
import { pino } from 'pino';
import { AppError } from '#core/errors.ts';
import { systemClock } from '#io/clock.ts';
import { encodeNative } from '#storage/clickhouse/native/encode.ts';
import { openSpool } from '#storage/spool/spool-directory.ts';
import { type SpoolFile, spoolFilePath } from '#storage/spool/spool-file.ts';
import type { QueuedFile } from './insert-queue.ts';
import { Inserter, type InserterOptions } from './inserter.ts';

type Insert = { readonly token: string; readonly files: number };

async function parts(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-inserter-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const spool = await openSpool(folder, ['logs']);
  const inserts: Insert[] = [];
  const stored: string[] = [];
  const bad: string[] = [];
  const first = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  let isAnswered = true;
  let fault: AppError | undefined;
  const options: InserterOptions = {
    tables: ['logs'],
    spool,
    clock: systemClock,
    logger: pino({ level: 'silent' }),
    store: {
      insertFiles: async (_, { files }, token) => {
        inserts.push({ token, files: files.length });
        begun.resolve();
        if (inserts.length === 1) await (isAnswered ? first.promise : new Promise(() => undefined));
        if (fault !== undefined && files.length > 1) throw fault;
      },
    },
    onStored: ({ file }: QueuedFile) => void stored.push(file.id),
    onBad: ({ file }: QueuedFile) => void bad.push(file.id),
  };
  const file = async (id: string): Promise<SpoolFile> => {
    const block = encodeNative([{ name: 'body', type: 'String', values: [id] }], 1);
    const plain = { table: 'logs', id: `${id.padStart(13, '0')}-00000000-000000`, rows: 1, bytes: block.length };
    const named = { ...plain, crc: crc32(block) };
    await writeFile(spoolFilePath(folder, named), block);
    return named;
  };
  return {
    folder,
    inserts,
    stored,
    bad,
    start: () => {
      const inserter = new Inserter(options);
      inserter.start();
      t.after(() => inserter.stop(1_000));
      return inserter;
    },
    inserter: () => new Inserter(options),
    /** Lets the first insert be answered. */
    open: first.resolve,
    /** A process that ends while a group of three, which it tells, is on its way without an answer. */
    dieInGroup: async () => {
      isAnswered = false;
      const inserter = new Inserter(options);
      const files = [await file('1'), await file('2'), await file('3')];
      for (const one of files) inserter.add(one, []);
      inserter.start();
      await begun.promise;
      await inserter.stop(0);
      return files;
    },
    begun: begun.promise,
    refuse: (error: AppError) => {
      fault = error;
    },
    file,
  };
}

const names = async (folder: string): Promise<string[]> =>
  (await readdir(join(folder, 'logs'))).filter((name) => name.endsWith('.native'));

test('files that wait while another goes in go in together', async (t) => {
  const it = await parts(t);
  const inserter = it.start();
  inserter.add(await it.file('1'), []);
  await it.begun;
  for (const id of ['2', '3', '4']) inserter.add(await it.file(id), []);
  it.open();
  await inserter.settled();
  assert.deepEqual(
    it.inserts.map(({ files }) => files),
    [1, 3],
  );
  assert.equal(it.stored.length, 4);
  assert.deepEqual(await names(it.folder), []);
});

test('what has left the queue and is not stored waits, at any moment', async (t) => {
  const it = await parts(t);
  const inserter = it.inserter();
  for (const id of ['1', '2', '3']) inserter.add(await it.file(id), []);
  const seen = new Set<number>();
  inserter.start();
  t.after(() => inserter.stop(1_000));
  while (it.inserts.length === 0) {
    seen.add(inserter.waiting.length);
    await new Promise(setImmediate);
  }
  seen.add(inserter.waiting.length);
  assert.deepEqual([...seen], [3]);
  it.open();
  await inserter.settled();
});

for (const isStored of [false, true]) {
  const what = isStored ? 'is removed when the store had it' : 'goes again whole, under its token';
  test(`a group that was on its way when the process died ${what}`, async (t) => {
    const it = await parts(t);
    const files = await it.dieInGroup();
    // Files are removed once all are stored.
    if (isStored) await rm(spoolFilePath(it.folder, files[0] as SpoolFile));
    const second = it.inserter();
    for (const file of files.slice(isStored ? 1 : 0)) second.add(file, undefined);
    second.add(await it.file('5'), undefined);
    second.start();
    t.after(() => second.stop(1_000));
    await second.settled();
    const [group, ...others] = it.inserts;
    assert.equal(group?.files, 3);
    const again = isStored ? [] : [group];
    assert.deepEqual(others, [...again, { token: '0000000000005-00000000-000000', files: 1 }]);
    assert.deepEqual([it.stored.length, await names(it.folder)], [isStored ? 3 : 4, []]);
  });
}

test('a group of which a file is damaged goes in one by one, without it', async (t) => {
  const it = await parts(t);
  const files = await it.dieInGroup();
  await writeFile(spoolFilePath(it.folder, files[1] as SpoolFile), 'other bytes');
  const second = it.inserter();
  for (const file of files) second.add(file, undefined);
  second.start();
  t.after(() => second.stop(1_000));
  await second.settled();
  assert.deepEqual(
    it.inserts.map((one) => one.files),
    [3, 1, 1],
  );
  assert.deepEqual([it.stored.length, it.bad.length], [2, 1]);
});

test('a group that the store refuses goes in one by one', async (t) => {
  const it = await parts(t);
  it.refuse(new AppError('bad_request', 'cannot read all data'));
  const inserter = it.start();
  inserter.add(await it.file('1'), []);
  await it.begun;
  for (const id of ['2', '3']) inserter.add(await it.file(id), []);
  it.open();
  while (inserter.waiting.length > 0) await systemClock.sleep(5);
  assert.deepEqual(
    it.inserts.map(({ files }) => files),
    [1, 2, 1, 1],
  );
  assert.equal(it.stored.length, 3);
});
