import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { testFolder, testTelemetry } from '../telemetry-fixture.ts';
import { LOG_TERMS } from './log-words.ts';

const ROWS = 40_000;
const WORDS = 20;
/** A word that no other line has, of letters only. */
const word = (n: string, i: number): string =>
  `substring(translate(hex(sipHash64(${n}, ${i})), '0123456789', 'ghijklmnop'), 1, 8)`;

test('lines of more different words than an index in memory can have are stored, found, and indexed by merges', {
  timeout: 240_000,
}, async (t) => {
  const folder = await testFolder(t);
  const telemetry = testTelemetry(t, folder, { config: { memoryBudget: '300MiB' } });
  await telemetry.start();
  const { store } = telemetry;
  const file = join(folder, 'words');
  const body = Array.from({ length: WORDS }, (_, i) => word('number', i)).join(", ' ', ");
  await store.command(
    `INSERT INTO FUNCTION file('${file}', 'Native', 'ts DateTime64(6), seq UInt64, body String')
     SELECT now64(6), number, concat(${body}) FROM numbers(${ROWS}) SETTINGS max_block_size = 8000`,
  );
  await store.command('SYSTEM STOP MERGES logs');
  for (const _ of [1, 2]) await store.insertFiles('logs', { files: [file], tokens: ['a'] }, 'a');
  const indexed = async (): Promise<unknown> =>
    store.rows(
      "SELECT sum(secondary_indices_compressed_bytes) > 1000000 AS indexed FROM system.parts WHERE table = 'logs' AND active",
    );
  const [{ sought } = { sought: '' }] = await store.rows<{ sought: string }>(
    `SELECT lower(${word('toUInt64(77)', 3)}) AS sought`,
  );
  const found = (): Promise<unknown> =>
    store.rows(`SELECT toUInt32(seq) AS seq FROM logs WHERE hasAllTokens(${LOG_TERMS}, ['${sought}'])`);
  assert.deepEqual(await store.rows('SELECT toUInt32(count()) AS n FROM logs'), [{ n: ROWS }]);
  assert.deepEqual([await indexed(), await found()], [[{ indexed: 0 }], [{ seq: 77 }]]);
  await store.command('SYSTEM START MERGES logs');
  await store.command('OPTIMIZE TABLE logs FINAL');
  assert.deepEqual([await indexed(), await found()], [[{ indexed: 1 }], [{ seq: 77 }]]);
});
