import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { sizeByChild, sizeInProcess } from './filesystem-size.ts';
import { createFilesystems, filesystemValues, type SizeOf } from './filesystems.ts';

const SIZE = { blockBytes: 4_096, blocks: 1_000, free: 300, available: 250, inodes: 100, inodesFree: 75 };

/** A proc folder with these mounts. */
function procWith(context: TestContext, mounts: string): string {
  const proc = mkdtempSync(join(tmpdir(), 'proc-'));
  mkdirSync(join(proc, 'self'));
  writeFileSync(join(proc, 'self', 'mounts'), mounts);
  context.after(() => rmSync(proc, { recursive: true }));
  return proc;
}

test('states are as df shows them and add up to the size', () => {
  const mount = { device: '/dev/vda', mountpoint: '/', type: 'ext4', mode: 'rw', mayHang: false } as const;
  const values = filesystemValues(mount, SIZE);
  const usage = values
    .filter(({ metric }) => metric === 'system_filesystem_usage_bytes')
    .map(({ value }) => value / 4_096);
  assert.deepEqual(usage, [700, 250, 50]);
  const ratio = values.find(({ metric }) => metric === 'system_filesystem_utilization_ratio')?.value;
  assert.equal(ratio, 700 / 950);
});

test('the child and this process see the same size', async () => {
  const [own, child] = await Promise.all([sizeInProcess('/'), sizeByChild('/')]);
  assert.equal(own.blocks * own.blockBytes, child.blocks * child.blockBytes);
  assert.equal(own.inodes, child.inodes);
  await assert.rejects(sizeByChild('/no/such/folder'), /code 1/);
});

test('a filesystem that never answers is asked once, and the others go on', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const asked: string[] = [];
  let answerLate = (): void => {};
  const sizeOf: SizeOf = (_, { mountpoint }) => {
    asked.push(mountpoint);
    if (mountpoint !== '/dead') return Promise.resolve(SIZE);
    return new Promise((resolve) => {
      answerLate = () => resolve(SIZE);
      setImmediate(() => context.mock.timers.tick(5_000));
    });
  };
  const proc = procWith(context, 'nas:/v /dead nfs rw 0 0\n/dev/vda / ext4 rw 0 0\n');
  const filesystems = createFilesystems(proc, '/', sizeOf);
  const first = await filesystems.gather();
  assert.match(first.problems[0]?.message ?? '', /no answer in 5000 ms/);
  assert.ok(first.values.some(({ labels }) => labels?.['system_filesystem_mountpoint'] === '/'));
  const second = await filesystems.gather();
  assert.match(second.problems[0]?.message ?? '', /still gives no answer/);
  assert.deepEqual(asked, ['/dead', '/', '/']);
  answerLate();
  await new Promise((resolve) => setImmediate(resolve));
  await filesystems.gather();
  assert.deepEqual(asked.slice(3), ['/dead', '/']);
});

test('while a local filesystem hangs no other local one is asked, so one thread is lost at most', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const asked: string[] = [];
  const sizeOf: SizeOf = (_, { mountpoint }) => {
    asked.push(mountpoint);
    setImmediate(() => context.mock.timers.tick(5_000));
    return new Promise(() => {});
  };
  const proc = procWith(context, '/dev/sda /a ext4 rw 0 0\n/dev/sdb /b ext4 rw 0 0\n');
  const { problems } = await createFilesystems(proc, '/', sizeOf).gather();
  assert.deepEqual(asked, ['/a']);
  assert.match(problems[1]?.message ?? '', /another local filesystem/);
});
