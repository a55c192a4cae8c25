import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ReaderLimits, RejectReason } from '#core/plugin/input.ts';
import { RecordingWriter } from '#core/plugin/recording-writer.ts';
import { plaintextReader } from './parse.ts';

const NOW = 1_795_000_000_123;
const LIMITS: ReaderLimits = { maxLineBytes: 200, maxFrameBytes: 1000 };

type Outcome = { readonly samples: [string, number, number][]; readonly rejects: [number, RejectReason][] };

/** Feeds the chunks to one reader and ends the stream. */
function readAll(chunks: readonly Uint8Array[]): Outcome {
  const writer = new RecordingWriter(NOW);
  const reader = plaintextReader(writer, LIMITS);
  for (const chunk of chunks) assert.equal(reader.read(chunk), true);
  reader.end();
  const { samples, rejects } = writer.records;
  return {
    samples: samples.map(({ key, t, v }) => [key, t, v]),
    rejects: rejects.map(({ line, reason }) => [line, reason]),
  };
}

const read = (text: string): Outcome => readAll([Buffer.from(text, 'latin1')]);

const ACCEPTED: readonly (readonly [string, string, number, number])[] = [
  ['a.b 1 1795000000\n', 'a.b', 1_795_000_000_000, 1],
  ['a.b 1 1795000000', 'a.b', 1_795_000_000_000, 1],
  ['a.b 1 1795000000\r\n', 'a.b', 1_795_000_000_000, 1],
  ['a.b \t 1\t\t1795000000 \n', 'a.b', 1_795_000_000_000, 1],
  ['  a.b 1 1795000000\n', 'a.b', 1_795_000_000_000, 1],
  ['a.b -1.5e-3 1795000000.25\n', 'a.b', 1_795_000_000_250, -0.0015],
  ['a.b inf 1795000000\n', 'a.b', 1_795_000_000_000, Infinity],
  ['a.b -Infinity 1795000000\n', 'a.b', 1_795_000_000_000, -Infinity],
  ['a.b 0 -1\n', 'a.b', NOW, 0],
  ['a.b 0 N\n', 'a.b', NOW, 0],
  ['a.b 0 -1.0\n', 'a.b', NOW, 0],
  ['a;k=v;x=y 3 1795000000\n', 'a;k=v;x=y', 1_795_000_000_000, 3],
  ['a 1 0\n', 'a', 0, 1],
];

test('lines in every shape carbon takes are samples', () => {
  for (const [line, key, t, v] of ACCEPTED) {
    assert.deepEqual(read(line), { samples: [[key, t, v]], rejects: [] }, JSON.stringify(line));
  }
});

const REFUSED: readonly (readonly [string, RejectReason])[] = [
  ['a.b\n', 'bad_line'],
  ['a.b 1\n', 'bad_line'],
  ['a.b 1 1795000000 extra\n', 'bad_line'],
  ['a.b 1 1795000000\0\n', 'bad_line'],
  ['a.b\x011 1795000000\n', 'bad_line'],
  ['a.b 1\r1795000000\n', 'bad_line'],
  ['a.b x 1795000000\n', 'bad_value'],
  ['a.b 1,5 1795000000\n', 'bad_value'],
  ['a.b 0x1f 1795000000\n', 'bad_value'],
  ['a.b nan 1795000000\n', 'nan'],
  ['a.b -NaN 1795000000\n', 'nan'],
  ['a.b 1 yesterday\n', 'bad_time'],
  ['a.b 1 nan\n', 'bad_time'],
  ['a.b 1 n\n', 'bad_time'],
  ['\x80\x04\x95 \xff\xfe\n', 'bad_line'],
  [`${'x'.repeat(300)} 1 1795000000\n`, 'too_long'],
];

test('whatever is no sample is refused for a reason, with its line number', () => {
  for (const [line, reason] of REFUSED) {
    assert.deepEqual(read(line), { samples: [], rejects: [[1, reason]] }, JSON.stringify(line));
    const after = read(`a 1 0\n${line}b 2 0\n`);
    assert.deepEqual(after.rejects, [[2, reason]], JSON.stringify(line));
    assert.deepEqual(
      after.samples.map(([key]) => key),
      ['a', 'b'],
      JSON.stringify(line),
    );
  }
});

test('empty lines are no records', () => {
  assert.deepEqual(read('\n\r\n  \n\t\n'), { samples: [], rejects: [] });
});

test('a line beyond the limit is passed over to its end, however it is cut, and counted once', () => {
  const long = Buffer.from(`${'y'.repeat(1000)} 1 0\nok 1 0\n`);
  for (const size of [1, 7, 100, 250, 2000]) {
    const chunks = Array.from({ length: Math.ceil(long.length / size) }, (_, i) =>
      long.subarray(i * size, (i + 1) * size),
    );
    const { samples, rejects } = readAll(chunks);
    assert.deepEqual(rejects, [[1, 'too_long']], `chunks of ${size}`);
    assert.deepEqual(samples, [['ok', 0, 1]], `chunks of ${size}`);
  }
});

test('where the stream is cut makes no difference', () => {
  const line = fc.oneof(
    fc.constantFrom(...ACCEPTED.map(([text]) => text), ...REFUSED.map(([text]) => text)),
    fc.string({ unit: 'binary', maxLength: 40 }),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), fc.array(fc.nat(400), { maxLength: 8 }), (lines, cuts) => {
      const bytes = Buffer.from(lines.join(''), 'latin1');
      const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length].sort((a, b) => a - b);
      const chunks = places.slice(1).map((end, i) => bytes.subarray(places[i], end));
      assert.deepEqual(readAll(chunks), readAll([bytes]));
    }),
    { numRuns: 500 },
  );
});
