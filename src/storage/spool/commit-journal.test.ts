import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openCommitJournal, type StoredPosition } from './commit-journal.ts';
import { openSpool } from './spool-directory.ts';
import { createSpoolWriter } from './spool-writer.ts';

const BLOCK = Buffer.from('a block');
const PLACE: StoredPosition = { path: '/var/log/ä\n', offset: 2 ** 40, isWhole: true };

async function spool(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-journal-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const open = () => openSpool(folder, ['logs']);
  const directory = await open();
  return { folder, directory, open, writer: createSpoolWriter(folder, () => 1_795_000_000_000) };
}

test('what was committed is there after a crash, what was not is gone', async (t) => {
  const { folder, directory, writer } = await spool(t);
  const journal = await openCommitJournal(folder);
  const first = await writer.prepare('logs', 1, BLOCK);
  await journal.append([first.file], new Map([['a', PLACE]]));
  const second = await writer.prepare('logs', 1, BLOCK);
  assert.equal((await directory.list()).length, 0);
  await directory.sweep();
  const { id, rows, crc } = first.file;
  assert.deepEqual(await directory.list(), [{ table: 'logs', id, rows, crc, bytes: BLOCK.length }]);
  assert.deepEqual((await openCommitJournal(folder)).positions, new Map([['a', PLACE]]));
  await assert.rejects(second.publish(), 'it was swept');
});

test('a file of the last commit that was stored meanwhile does not come again', async (t) => {
  const { folder, directory, writer } = await spool(t);
  const journal = await openCommitJournal(folder);
  const { file, publish } = await writer.prepare('logs', 1, BLOCK);
  await journal.append([file], new Map());
  await publish();
  await directory.remove(file);
  await directory.sweep();
  assert.deepEqual(await directory.list(), []);
});

test('cut at any byte, the journal tells the positions of a whole commit', async (t) => {
  const { folder } = await spool(t);
  const journal = await openCommitJournal(folder);
  const at: number[] = [];
  const path = join(folder, 'positions.journal');
  for (let offset = 0; offset < 4; offset += 1) {
    await journal.append([], new Map([['a', { offset }]]));
    at.push((await stat(path)).size);
  }
  for (let size = at[3] ?? 0; size >= (at[0] ?? 0); size -= 1) {
    await truncate(path, size);
    const { positions } = await openCommitJournal(folder);
    assert.deepEqual(positions.get('a'), { offset: at.filter((end) => end <= size + 1).length - 1 }, `${size}`);
  }
});

test('a journal with damage goes on; what is forgotten stays so; it does not grow without end', async (t) => {
  const { folder } = await spool(t);
  const path = join(folder, 'positions.journal');
  const first = await openCommitJournal(folder);
  await first.append(
    [],
    new Map([
      ['a', PLACE],
      ['b', PLACE],
    ]),
  ); // prettier-ignore
  await appendFile(path, '00000000 {"files":[],"positions":{"a":null}}\nrubbish');
  const second = await openCommitJournal(folder);
  assert.deepEqual([...second.positions.keys()], ['a', 'b']);
  await second.append([], new Map([['b', undefined]]));
  const long = { path: 'x'.repeat(10_000) };
  for (let i = 0; i < 300; i += 1) await second.append([], new Map([['long', long]]));
  assert.ok((await stat(path)).size < 2 * 2 ** 20);
  assert.doesNotMatch(await readFile(path, 'utf8'), /rubbish/);
  assert.deepEqual(
    (await openCommitJournal(folder)).positions,
    new Map([
      ['a', PLACE],
      ['long', long],
    ]),
  ); // prettier-ignore
});
