import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InsertQueue, type QueuedFile } from './insert-queue.ts';

const DAY_MS = 86_400_000;
let count = 0;

function fresh(
  rows: number,
  { oldest = 0, refusals = 0, bytes = rows }: Partial<Record<string, number>> = {},
): QueuedFile {
  count += 1;
  return { file: { table: 'samples', id: String(count), rows, crc: 0, bytes, oldest }, inputs: [], refusals };
}

function takeAll(files: readonly QueuedFile[]): number[] {
  const queue = new InsertQueue();
  for (const file of files) queue.add(file);
  const sizes: number[] = [];
  for (let taken = queue.take(); taken.length > 0; taken = queue.take()) sizes.push(taken.length);
  return sizes;
}

test('small files go together, up to what one insert takes', () => {
  assert.deepEqual(takeAll([]), []);
  assert.deepEqual(takeAll([fresh(10), fresh(20), fresh(30)]), [3]);
  assert.deepEqual(takeAll([fresh(1_000_000), fresh(20), fresh(1_000_000), fresh(1)]), [1, 1, 1, 1]);
  assert.deepEqual(takeAll([fresh(200_000), fresh(50_000), fresh(1)]), [2, 1]);
  assert.deepEqual(takeAll([fresh(1, { bytes: 48 * 2 ** 20 }), fresh(1)]), [1, 1]);
  assert.deepEqual(takeAll(Array.from({ length: 70 }, () => fresh(1))), [64, 6]);
});

test('files of different days, and those that were refused, go alone', () => {
  assert.deepEqual(takeAll([fresh(1), fresh(1, { oldest: DAY_MS - 1 }), fresh(1, { oldest: DAY_MS })]), [2, 1]);
  assert.deepEqual(takeAll([fresh(1), fresh(1, { refusals: 1 }), fresh(1), fresh(1)]), [1, 1, 2]);
});

test('files that were found go one by one, in turn with fresh ones', () => {
  const found = [fresh(1), fresh(1), fresh(1)].map((file) => ({ ...file, inputs: undefined }));
  assert.deepEqual(takeAll([...found, fresh(1), fresh(1)]), [2, 1, 1, 1]);
});

test('files are claimed by their ids wherever they wait, and given back to the front', () => {
  const queue = new InsertQueue();
  const [a, b, c] = [fresh(1), fresh(1), fresh(1)];
  const old: QueuedFile = { ...fresh(1), inputs: undefined };
  for (const file of [a, b, c, old] as QueuedFile[]) queue.add(file);
  assert.deepEqual(queue.claim([(b as QueuedFile).file.id, old.file.id, 'gone']), [b, old]);
  assert.deepEqual(queue.take(), [a, c]);
  queue.giveBack([c as QueuedFile]);
  assert.deepEqual(queue.waiting, [c]);
});
