import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RawLog } from '#core/model/log-record.ts';
import { PatternMiner } from '#pipeline/patterns/pattern-miner.ts';
import { plainLogParser } from '#pipeline/testing/plain-log-parser.ts';
import { decodeNative } from '#storage/clickhouse/native/decode.ts';
import { LogBatches } from './log-batches.ts';
import { LogIntake } from './log-intake.ts';
import { LogTaps } from './log-taps.ts';

const NOW = Date.UTC(2026, 10, 25, 12);
const DAY = 86_400_000;
const MIB = 2 ** 20;

function intake(parse = plainLogParser.parse) {
  const batches = new LogBatches();
  const taps = new LogTaps(
    () => () => true,
    () => undefined,
    () => 0,
  );
  const limits = { futureWindowMs: 600_000, maxAgeMs: 14 * DAY };
  const patterns = new PatternMiner();
  const logs = new LogIntake({ parser: { parse }, batches, taps, patterns, ...limits, startedAt: NOW });
  const take = (raw: RawLog) => logs.take(raw, 1, '192.0.2.7', NOW);
  return { batches, take };
}

/** The rows of all batches. */
function rowsOf(batches: LogBatches): Record<string, unknown>[] {
  return batches.all.flatMap((chunk) => {
    const [block] = decodeNative(chunk.encode());
    return Array.from({ length: block?.rows ?? 0 }, (_, row) =>
      Object.fromEntries(block?.columns.map(({ name, values }) => [name, values[row]]) ?? []),
    );
  });
}

/** The only row that a line becomes. */
function stored(raw: RawLog): Record<string, unknown> {
  const { batches, take } = intake();
  assert.equal(take(raw), undefined);
  const [row = {}] = rowsOf(batches);
  return { ...row, attrs: { ...(row['attrs'] as object) } };
}

test('bytes that are no UTF-8 become U+FFFD, NUL and control characters stay', () => {
  const body = Buffer.concat([Buffer.from('a\0\x1b[31m\u202e '), Buffer.of(0xff, 0xc3), Buffer.from(' é')]);
  assert.equal(stored({ body })['body'], 'a\0\x1b[31m\u202e \ufffd\ufffd é');
  assert.equal(stored({ body: 'a\ud800b' })['body'], 'a\ufffdb');
  assert.equal(stored({ body: Buffer.from('\ufeffx') })['body'], '\ufeffx');
});

test('long bodies are cut between characters, and say how long they were', () => {
  const exact = stored({ body: Buffer.alloc(MIB, 'x') });
  assert.deepEqual([(exact['body'] as string).length, exact['attrs']], [MIB, {}]);
  for (const body of ['é'.repeat(MIB), Buffer.from('é'.repeat(MIB)), Buffer.from(`x${'é'.repeat(MIB)}`)]) {
    const { body: cut, attrs } = stored({ body });
    const size = Buffer.byteLength(cut as string);
    assert.ok(size > MIB - 4 && size <= MIB, String(size));
    assert.doesNotMatch(cut as string, /\ufffd/);
    assert.deepEqual(attrs, { 'log.truncated': String(Buffer.byteLength(body)) });
  }
});

test('too many and too long fields are cut and counted', () => {
  const many = Array.from({ length: 10_000 }, (_, i) => [`name${i}`, 'v']).flat();
  const { attrs } = stored({ body: 'm', attributes: many });
  const names = Object.keys(attrs as object);
  assert.equal(names.length, 1_001);
  assert.equal((attrs as Record<string, string>)['log.fields_dropped'], '9000');
  const long = stored({ body: 'm', attributes: ['é'.repeat(200), 'é'.repeat(40_000)] });
  const [[name, value] = ['', '']] = Object.entries(long['attrs'] as Record<string, string>);
  assert.deepEqual([Buffer.byteLength(name), Buffer.byteLength(value)], [256, 65_536]);
});

test('a time far ahead becomes that of arrival, an old line is refused, a host that is not named is the sender', () => {
  const ahead = stored({ body: 'm', t: NOW + DAY });
  assert.equal(ahead['ts'], BigInt(NOW) * 1000n);
  assert.deepEqual(ahead['attrs'], { 'log.original_time': new Date(NOW + DAY).toISOString() });
  assert.equal(stored({ body: 'm', t: NOW - 0.25 })['ts'], BigInt(NOW) * 1000n - 250n);
  assert.equal(stored({ body: 'm', t: Number.NaN })['ts'], BigInt(NOW) * 1000n);
  assert.equal(intake().take({ body: 'm', t: NOW - 15 * DAY }), 'too_old');
  assert.equal(intake().take({ body: 'm', t: -1 }), 'too_old');
  assert.equal(intake(() => undefined).take({ body: 'm' }), 'filtered');
  assert.equal(stored({ body: 'm' })['host'], '192.0.2.7');
  assert.equal(stored({ body: 'm', host: 'web-1' })['host'], 'web-1');
});

test('numbers grow with every line, and each UTC day is a batch of its own', () => {
  const { batches, take } = intake();
  for (const t of [NOW, NOW - DAY, NOW + 1, NOW - DAY]) take({ body: 'm', t });
  const numbers = rowsOf(batches).map(({ seq }) => Number(seq) - NOW * 1000);
  assert.deepEqual(numbers, [1, 3, 2, 4]);
  assert.deepEqual([batches.rows, batches.all.length], [4, 2]);
  const taken = batches.take();
  assert.deepEqual([batches.rows, batches.bytes, taken.map(({ rows }) => rows)], [0, 0, [2, 2]]);
});

test('what waits for the disk is bounded, and room again once it is written', () => {
  const { batches, take } = intake();
  const body = Buffer.alloc(MIB, 'x');
  let taken = 0;
  const left: { readonly done: () => void }[] = [];
  while (take({ body }) === undefined) {
    taken += 1;
    if (taken % 32 === 0) left.push(...batches.take());
  }
  assert.ok(taken >= 250 && taken <= 257, String(taken));
  assert.equal(take({ body }), 'spool_full');
  left[0]?.done();
  assert.equal(take({ body }), undefined);
});
