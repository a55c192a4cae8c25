import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RecordingWriter } from '#core/plugin/recording-writer.ts';
import { StatsdAggregator } from './aggregator.ts';
import type { StatsdDialect } from './line.ts';
import { statsdReader } from './reader.ts';

const AT = 1_795_000_000_000;
const OPTIONS = {
  ...{ prefix: 'stats', legacyNamespace: false, deleteIdle: false },
  ...{ flushIntervalMs: 10_000, percentThresholds: [90] },
};

type Run = { readonly options?: Partial<typeof OPTIONS>; readonly dialect?: StatsdDialect };

function run(text: string, { options = {}, dialect = 'etsy' }: Run = {}) {
  const aggregator = new StatsdAggregator({ ...OPTIONS, ...options });
  const writer = new RecordingWriter(AT);
  const reader = statsdReader(aggregator, dialect)(writer, { maxLineBytes: 60, maxFrameBytes: 60 });
  reader.read(Buffer.from(text));
  reader.end();
  const flush = (at = AT) => {
    const out = new RecordingWriter(at);
    aggregator.flush(out, at);
    return Object.fromEntries(out.records.samples.map(({ key, v }) => [key, v]));
  };
  return { flush, rejects: writer.records.rejects, samples: writer.records.samples };
}

test('a bad line is refused with its number and why, the others count', () => {
  const text = `a:1|c\nb.a\nc:x|g\n\nd:1|ms|@x\n${'e'.repeat(61)}:1|c\n:1|c\na:2|c\na:1|c:oops:1|c`;
  const { rejects, samples, flush } = run(text);
  assert.deepEqual(rejects, [
    { line: 2, reason: 'bad_line', detail: 'there is no value' },
    { line: 3, reason: 'bad_line', detail: '"x" is no number' },
    { line: 5, reason: 'bad_line', detail: '"@x" is no sample rate' },
    { line: 6, reason: 'too_long' },
    { line: 7, reason: 'bad_line', detail: 'no name is left of it' },
    { line: 9, reason: 'bad_line', detail: '"oops" has no type' },
  ]);
  assert.deepEqual(samples, [], 'nothing is a record before it is flushed');
  assert.deepEqual(flush(), { 'stats.counters.a.rate': 0.5, 'stats.counters.a.count': 5 });
});

test('a flush after another span of time divides by that span', () => {
  const { flush } = run('a:1|c');
  assert.equal(flush(AT)['stats.counters.a.rate'], 0.1);
  assert.deepEqual(flush(AT + 20_000), { 'stats.counters.a.rate': 0, 'stats.counters.a.count': 0 });
});

test('sets count different members, anew in each interval', () => {
  const { flush } = run('s:1|s\ns:2|s\ns:1|s');
  assert.deepEqual(flush(), { 'stats.sets.s.count': 2 });
  assert.deepEqual(flush(), { 'stats.sets.s.count': 0 });
});

test('idle names vanish where that is asked for', () => {
  const { flush } = run('a:1|c\ng:5|g', { options: { deleteIdle: true } });
  assert.equal(Object.keys(flush()).length, 3);
  assert.deepEqual(flush(AT + 10_000), {});
});

test('the legacy namespace', () => {
  const { flush } = run('a:20|c\ng:5|g', { options: { legacyNamespace: true } });
  assert.deepEqual(flush(), { 'stats.a': 2, 'stats_counts.a': 20, 'stats.gauges.g': 5 });
});

test('negative thresholds look from the top', () => {
  const { flush } = run('t:1|ms:2|ms:3|ms:4|ms', { options: { percentThresholds: [-50] } });
  const stats = flush();
  assert.equal(stats['stats.timers.t.lower_top50'], 3);
  assert.equal(stats['stats.timers.t.sum_top50'], 7);
  assert.equal(stats['stats.timers.t.mean_top50'], 3.5);
});

test('tags: of DogStatsD in both dialects, in the name when extended', () => {
  const name = (text: string, dialect: StatsdDialect) => Object.keys(run(text, { dialect }).flush()).at(-1);
  assert.equal(name('a:1|g|#env:prod,up', 'etsy'), 'stats.gauges.a;env=prod;up=true');
  assert.equal(name('a:1|c|#url:http://x;y|@0.5', 'etsy'), 'stats.counters.a.count;url=http://x_y');
  assert.equal(name('a,env=prod:1|g|#dc:x', 'extended'), 'stats.gauges.a;env=prod;dc=x');
  assert.equal(name('a;env=prod:1|c', 'etsy'), 'stats.counters.a.count;env=prod');
});

test('the extended dialect: histograms and distributions are timers, unknown types are refused', () => {
  const { flush, rejects } = run('a:4|h\nb:2|d\nc:1|zz', { dialect: 'extended' });
  assert.equal(flush()['stats.timers.a.upper'], 4);
  assert.equal(flush()['stats.timers.b.count'], 0);
  assert.deepEqual(rejects, [{ line: 3, reason: 'bad_line', detail: '"zz" is no type' }]);
});

test('any bytes are counted or refused, never thrown', () => {
  const piece = fc.constantFrom('a', ':', '|', '#', '@', '1', '-', '.', ',', '=', 'ms', 'c', 'g', 's', '\n', '\r', ';');
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 30 }),
      fc.constantFrom<StatsdDialect>('etsy', 'extended'),
      (p, dialect) => {
        const { flush } = run(p.join(''), { dialect });
        for (const [key, value] of Object.entries(flush())) {
          assert.ok(Number.isFinite(value), key);
          assert.match(key, /^stats\.[^;]+(;[^=;]+=[^;]+)*$/);
        }
      },
    ),
  );
});
