import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { labelsOfKey } from '#core/model/labels.ts';
import type { ReaderOptions } from '#core/plugin/input.ts';
import { RecordingWriter } from '#core/plugin/recording-writer.ts';
import { lineProtocolReader } from './reader.ts';

const NOW = 1_795_000_000_123;

function read(chunks: readonly (string | Uint8Array)[], options: ReaderOptions = {}, maxLineBytes = 200) {
  const writer = new RecordingWriter(NOW);
  const reader = lineProtocolReader(writer, { maxLineBytes, maxFrameBytes: 0 }, options);
  for (const chunk of chunks) reader.read(Buffer.from(chunk));
  reader.end();
  return writer.records;
}

const lines = (...text: string[]) => text.join('\n');

test('a refused point is named by line and reason, the others are taken whole', () => {
  const { samples, rejects } = read([
    lines('# a comment', 'm a=1,b=2 1000000000', 'm a=1,b=x', '', 's v="two', 'lines",n=3i', 'm v=1 x', 'm', 'm c=t'),
  ]);
  assert.deepEqual(
    samples.map(({ key, t, v }) => [key, t, v]),
    [
      ['m_a', 1_000, 1],
      ['m_b', 1_000, 2],
      ['s_n', NOW, 3],
      ['m_c', NOW, 1],
    ],
  );
  assert.deepEqual(
    rejects.map(({ line, reason }) => [line, reason]),
    [
      [3, 'bad_value'],
      [7, 'bad_time'],
      [8, 'bad_line'],
    ],
  );
});

test('times in every precision', () => {
  const cases = { n: '1795000000123456789', ns: '1795000000123456789', u: '1795000000123456', us: '1795000000123456' };
  for (const [precision, time] of Object.entries({ ...cases, ms: '1795000000123' })) {
    assert.equal(read([`m v=1 ${time}`], { precision }).samples[0]?.t, NOW, precision);
  }
  assert.equal(read(['m v=1 1795000000'], { precision: 's' }).samples[0]?.t, 1_795_000_000_000);
  assert.equal(read(['m v=1 29916667'], { precision: 'm' }).samples[0]?.t, 29_916_667 * 60_000);
  assert.equal(read(['m v=1 498611'], { precision: 'h' }).samples[0]?.t, 498_611 * 3_600_000);
  assert.throws(() => read(['m v=1'], { precision: 'd' }), /invalid precision "d"/);
});

test('names as Telegraf serves them to Prometheus, or as Graphite paths', () => {
  const line = 'disk\\ io,path=/var\\ log,host=web-1,dev.name=sd\\=a value=1,read-ops=2i 1795000000123000000';
  const labelled = read([line]).samples.map(({ key }) => ({ ...labelsOfKey(key) }));
  const tags = { path: '/var log', host: 'web-1', dev_name: 'sd=a' };
  assert.deepEqual(labelled, [
    { __name__: 'disk_io', ...tags },
    { __name__: 'disk_io_read_ops', ...tags },
  ]);
  const paths = read([line], { naming: 'path' }).samples.map(({ key }) => key);
  assert.deepEqual(paths, ['web-1.sd=a./var_log.disk_io', 'web-1.sd=a./var_log.disk_io.read-ops']);
  assert.throws(() => read([line], { naming: 'x' }), /invalid naming/);
});

test('a tag given twice is refused', () => {
  const { samples, rejects } = read(['m,a=1,bb=2,ab=3,b=4,a=2 v=1\nm,a=1 v=1']);
  assert.deepEqual(rejects, [{ line: 1, reason: 'bad_line', detail: 'a tag given twice' }]);
  assert.equal(samples.length, 1);
});

test('no point has more than 256 tags', () => {
  const tags = (count: number) => Array.from({ length: count }, (_, i) => `,t${i}=v`).join('');
  const { samples, rejects } = read([`m${tags(256)} v=1\nm${tags(257)} v=1`], {}, 10_000);
  assert.deepEqual([samples.length, rejects.length], [1, 1]);
});

test('lines beyond the limit are refused, closed or not, and those behind them are read', () => {
  const long = `m v="${'x'.repeat(300)}"`;
  const text = lines(long, 'a v=1', `# ${'c'.repeat(300)}`, 'b v=1', 'open v="', 'c v=1', 'd v=1', long);
  const { samples, rejects } = read([text, 'x'.repeat(200), '\n', 'e v=1']);
  assert.deepEqual(
    samples.map(({ key }) => key),
    ['a_v', 'b_v', 'c_v', 'd_v', 'e_v'],
  );
  assert.deepEqual(
    rejects.map(({ line, reason }) => [line, reason]),
    [
      [1, 'too_long'],
      [5, 'too_long'],
      [8, 'too_long'],
    ],
  );
});

test('where the stream is cut makes no difference', () => {
  const stream = Buffer.from(
    lines('m,t=ü a=1,b="x\ny\\"" 5', '# c', '', 'm a=', ' n v=t\r', 'm\\ x,a\\,b=c v=1i 7', 'q'),
  );
  const whole = read([stream]);
  assert.equal(whole.samples.length, 3);
  fc.assert(
    fc.property(fc.array(fc.nat(stream.length), { maxLength: 8 }), (cuts) => {
      const places = [0, ...cuts, stream.length].sort((a, b) => a - b);
      const chunks = places.slice(1).map((end, i) => stream.subarray(places[i], end));
      assert.deepEqual(read(chunks), whole);
    }),
  );
});

test('any bytes are taken or refused, never thrown', () => {
  const piece = fc.constantFrom('m', ',', '=', ' ', '"', '\\', '\n', '\r', '1', 'i', '-', '#', 't', 'v=1', '\x00', 'ü');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      for (const { t, v } of read([pieces.join('')], {}, 20).samples)
        assert.ok(Number.isFinite(t) && Number.isFinite(v));
    }),
    { numRuns: 2_000 },
  );
});
