import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openCommitJournal } from '#storage/spool/commit-journal.ts';
import { assertConserved } from './testing/accounts-check.ts';
import { eventually, PLAINTEXT, startIngest } from './testing/ingest-harness.ts';

const LIMIT = { timeout: 60_000 };
const workerFile = new URL('testing/pull-worker.ts', import.meta.url);
const fetching = (options: Record<string, number>) => ({ workerFile, inputSettings: { [PLAINTEXT]: options } });
const numbers = (count: number): string[] => Array.from({ length: count }, (_, n) => `${n}`);
const inOrder = (texts: readonly string[]): string[] => texts.toSorted((a, b) => Number(a) - Number(b));

test(
  'the thread dies again and again: what is fetched is stored exactly once, whatever day it is of',
  LIMIT,
  async (t) => {
    const { ingest, store, account, spoolDir } = await startIngest(t, {
      options: fetching({ records: 20_000, crashEvery: 5_000 }),
    });
    await eventually(() => account().stored >= 20_000 || store.texts('logs', 'body').length >= 20_000);
    await ingest.settled();
    assert.deepEqual(inOrder(store.texts('logs', 'body')), numbers(20_000));
    assert.ok((account().dropped['thread_restart'] ?? 0) > 0, 'what was in memory was fetched again');
    assertConserved(ingest.accounts());
    const { positions } = await openCommitJournal(spoolDir);
    assert.deepEqual(positions.get(`${PLAINTEXT}/numbers`), { next: 20_000 });
  },
);

test('what is fetched waits for space on the disk, and nothing of it is lost or doubled', LIMIT, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).status === 0;
  const after = async (): Promise<void> => {
    if (mounted) spawnSync('umount', [folder]);
    await rm(folder, { recursive: true, force: true });
  };
  const options = fetching({ records: 50_000 });
  const { ingest, store, account } = await startIngest(t, { options, spoolDir: join(folder, 'spool'), after });
  if (!mounted) return t.skip('needs the right to mount a small file system');
  await writeFile(join(folder, 'filler'), new Uint8Array(2_000_000)).catch(() => undefined);
  await eventually(() => ingest.status().state === 'degraded');
  await rm(join(folder, 'filler'));
  await eventually(() => account().stored === 50_000);
  assert.deepEqual(inOrder(store.texts('logs', 'body')), numbers(50_000));
  assertConserved(ingest.accounts());
});
