import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { encodeNative } from '../native/encode.ts';
import { testFolder, testTelemetry } from '../telemetry-fixture.ts';

const ID = 0xffff_ffff_0000_0001n;

/** A spool file of one log line; one of an earlier release has no pattern. */
function logBlock(pattern: bigint | undefined): Uint8Array {
  const text = (name: string, value: string) => ({ name, type: 'String', values: [value] }) as const;
  return encodeNative(
    [
      { name: 'ts', type: 'DateTime64(6)', values: BigInt64Array.of(BigInt(Date.now()) * 1_000n) },
      { name: 'seq', type: 'UInt64', values: BigUint64Array.of(7n) },
      { name: 'severity', type: 'UInt8', values: Uint8Array.of(9) },
      ...(pattern === undefined
        ? []
        : [{ name: 'pattern', type: 'UInt64', values: BigUint64Array.of(pattern) } as const]),
      ...[text('service', 's'), text('host', 'h'), text('source', ''), text('trace_id', ''), text('span_id', '')],
      { name: 'resource', type: 'Map(String, String)', values: [{}] },
      { name: 'attrs', type: 'Map(String, String)', values: [{ a: 'b' }] },
      text('body', pattern === undefined ? 'old' : 'new'),
    ],
    1,
  );
}

test('spool files with and without patterns are inserted', { timeout: 60_000 }, async (t) => {
  const folder = await testFolder(t);
  const telemetry = testTelemetry(t, folder);
  await telemetry.start();
  for (const [name, pattern] of [
    ['old', undefined],
    ['new', ID],
  ] as const) {
    await writeFile(join(folder, name), logBlock(pattern));
    await telemetry.store.insertFile('logs', join(folder, name), name);
  }
  const rows = await telemetry.store.rows('SELECT body, toString(pattern) AS pattern FROM logs ORDER BY body');
  assert.deepEqual(rows, [
    { body: 'new', pattern: String(ID) },
    { body: 'old', pattern: '0' },
  ]);
});
