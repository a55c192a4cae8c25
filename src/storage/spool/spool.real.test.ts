import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { encodeNative } from '../clickhouse/native/encode.ts';
import { openSpool, type SpoolDirectory } from './spool-directory.ts';
import { parseSpoolFileName, spoolFileName, spoolFilePath, spoolFileTime, spoolIds } from './spool-file.ts';
import { createSpoolWriter } from './spool-writer.ts';

const TABLES = ['samples', 'series'];

async function spoolFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-spool-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const block = (rows: number): Uint8Array =>
  encodeNative([{ name: 'v', type: 'Float64', values: Float64Array.from({ length: rows }, (_, i) => i) }], rows);

test('a name tells id, rows and checksum, and nothing else is a spool file', () => {
  const id = spoolIds(() => 1_795_000_000_123)();
  const file = { id, rows: 12, crc: 0xab };
  assert.match(spoolFileName(file), /^1795000000123-[0-9a-z]{8}-000001\.12\.000000ab\.native$/);
  assert.deepEqual(parseSpoolFileName(spoolFileName(file)), file);
  assert.equal(spoolFileTime(file), 1_795_000_000_123);
  for (const name of ['x.native', `${id}.tmp`, `${id}.1.zz.native`, `${spoolFileName(file)}.bak`])
    assert.equal(parseSpoolFileName(name), undefined, name);
});

test('ids of one writer sort by time and never repeat', () => {
  const next = spoolIds(() => 1_795_000_000_123);
  const ids = Array.from({ length: 5_000 }, () => next());
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual([...ids].sort(), ids);
});

test('what was written and committed is listed, oldest first, and is whole', async (t) => {
  const folder = await spoolFolder(t);
  const spool = await openSpool(folder, TABLES);
  const writer = createSpoolWriter(folder, Date.now);
  const first = await writer.write('samples', 300, block(300));
  const second = await writer.write('series', 1, block(1));
  await writer.commit(['samples', 'series']);
  assert.deepEqual(await spool.list(), [first, second]);
  for (const file of [first, second]) assert.equal(await spool.isWhole(file), true);
  await spool.remove(first);
  await spool.quarantine(second);
  assert.deepEqual(await spool.list(), []);
  assert.equal((await readdir(join(folder, 'bad'))).length, 1);
});

test('any flipped bit, a cut, and a wrong row count are noticed', async (t) => {
  const folder = await spoolFolder(t);
  const spool = await openSpool(folder, TABLES);
  const file = await createSpoolWriter(folder, Date.now).write('samples', 20, block(20));
  const path = spoolFilePath(folder, file);
  const bytes = await readFile(path);
  for (let bit = 0; bit < bytes.length * 8; bit += 13) {
    const damaged = Buffer.from(bytes);
    damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    await writeFile(path, damaged);
    assert.equal(await spool.isWhole(file), false, `bit ${bit}`);
  }
  await writeFile(path, bytes.subarray(0, -1));
  assert.equal(await spool.isWhole(file), false);
  await writeFile(path, bytes);
  assert.equal(await spool.isWhole(file), true);
  const lying = { ...file, rows: 21 };
  await writeFile(spoolFilePath(folder, lying), bytes);
  assert.equal(await spool.isWhole(lying), false);
});

test('half-written files are swept away when the spool is opened', async (t) => {
  const folder = await spoolFolder(t);
  await openSpool(folder, TABLES);
  await writeFile(join(folder, 'samples', 'x.tmp'), 'half');
  const spool = await openSpool(folder, TABLES);
  assert.deepEqual(await readdir(join(folder, 'samples')), []);
  assert.deepEqual(await spool.list(), []);
});

/** Writes batches for ever and prints each id once it is acknowledged. */
const WRITING = `
  import { createSpoolWriter } from '${new URL('./spool-writer.ts', import.meta.url).href}';
  import { encodeNative } from '${new URL('../clickhouse/native/encode.ts', import.meta.url).href}';
  const writer = createSpoolWriter(process.argv[1], Date.now);
  for (let rows = 1; ; rows = (rows * 7) % 5000 + 1) {
    const block = encodeNative([{ name: 'v', type: 'Float64', values: new Float64Array(rows) }], rows);
    const file = await writer.write('samples', rows, block);
    await writer.commit(['samples']);
    process.stdout.write(file.id + '\\n');
  }`;

async function killAfter(child: ChildProcess, acknowledged: number): Promise<string[]> {
  const ids: string[] = [];
  assert.ok(child.stdout);
  for await (const line of createInterface({ input: child.stdout })) {
    ids.push(line);
    if (ids.length === acknowledged) child.kill('SIGKILL');
  }
  return ids;
}

async function assertKept(spool: SpoolDirectory, ids: readonly string[]): Promise<void> {
  const files = new Map((await spool.list()).map((file) => [file.id, file]));
  for (const id of ids) {
    const file = files.get(id);
    assert.ok(file, `acknowledged ${id} is missing`);
    assert.equal(await spool.isWhole(file), true, id);
  }
}

test('a writer killed at any moment loses nothing that it acknowledged', { timeout: 60_000 }, async (t) => {
  const folder = await spoolFolder(t);
  await openSpool(folder, TABLES);
  for (let round = 1; round <= 12; round += 1) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', WRITING, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    const ids = await killAfter(child, round * 3);
    await exited;
    assert.ok(ids.length >= round * 3);
    const spool = await openSpool(folder, TABLES);
    await assertKept(spool, ids);
    for (const file of await spool.list()) assert.equal(await spool.isWhole(file), true, 'unacknowledged but visible');
  }
});

/** A file system of its own size; undefined when this user may not mount. */
async function smallDisk(t: TestContext, size: string): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]).status === 0;
  t.after(async () => {
    if (mounted) spawnSync('umount', [folder]);
    await rm(folder, { recursive: true, force: true });
  });
  return mounted ? folder : undefined;
}

test('on a full disk a write is refused, leaves nothing behind, and works again once there is space', async (t) => {
  const folder = await smallDisk(t, '1m');
  if (folder === undefined) return t.skip('needs the right to mount a small file system');
  const spool = await openSpool(folder, TABLES);
  const writer = createSpoolWriter(folder, Date.now);
  const filler = join(folder, 'filler');
  await writeFile(filler, new Uint8Array(900_000));
  await assert.rejects(writer.write('samples', 50_000, block(50_000)), { code: 'disk_full' });
  assert.deepEqual(await readdir(join(folder, 'samples')), []);
  const small = await writer.write('samples', 10, block(10));
  await rm(filler);
  const large = await writer.write('samples', 50_000, block(50_000));
  assert.deepEqual(await spool.list(), [small, large]);
});

test('a failed fdatasync is a storage fault: not retried, nothing acknowledged', async (t) => {
  const folder = await spoolFolder(t);
  await openSpool(folder, TABLES);
  const strace = ['-f', '-qq', '-o', '/dev/null', '-e', 'trace=fdatasync', '-e', 'inject=fdatasync:error=EIO:when=3'];
  const run = spawnSync('strace', [...strace, process.execPath, '--input-type=module', '-e', WRITING, folder], {
    encoding: 'utf8',
    timeout: 30_000,
    env: { ...process.env, UV_THREADPOOL_SIZE: '1' }, // strace counts per thread
  });
  if (run.error !== undefined) return t.skip('needs strace');
  assert.match(run.stderr, /StorageFault: fdatasync of .* failed/);
  assert.equal(run.stdout.trim().split('\n').length, 2, 'the third batch was not acknowledged');
  assert.equal((await (await openSpool(folder, TABLES)).list()).length, 2);
});
