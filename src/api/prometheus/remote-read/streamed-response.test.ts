import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SourceSeries } from '#query/promql/source.ts';
import { streamedFrames } from './streamed-response.ts';
import { readFrames } from './testing/read-frames.ts';
import { readXorChunk } from './testing/read-xor-chunk.ts';

function seriesOf(labels: Record<string, string>, count: number, valueOf: (i: number) => number): SourceSeries {
  const t = Float64Array.from({ length: count }, (_, i) => 1_700_000_000_000 + i * 15_000);
  return { labels, samples: { t, v: Float64Array.from(t, (_, i) => valueOf(i)) } };
}

async function framesOf(results: readonly (readonly SourceSeries[])[]) {
  const parts: Uint8Array[] = [];
  for await (const part of streamedFrames(results)) parts.push(part);
  return readFrames(Buffer.concat(parts));
}

test('series come in the order of their labels, in chunks of 120 samples, each query by its number', async () => {
  const first = [
    seriesOf({ __name__: 'up', job: 'b' }, 1, () => 1),
    seriesOf({ __name__: 'up', job: 'a' }, 250, (i) => i),
  ];
  const frames = await framesOf([first, [], [seriesOf({ a: 'x' }, 1, () => 2)]]);
  assert.deepEqual(
    frames.map(({ query, labels, chunks }) => [query, labels.flat().join(), chunks.length]),
    [
      [0, '__name__,up,job,a', 3],
      [0, '__name__,up,job,b', 1],
      [2, 'a,x', 1],
    ],
  );
  const [one] = frames;
  assert.deepEqual(
    one?.chunks.map(({ from, to, type }) => [
      (from - 1_700_000_000_000) / 15_000,
      (to - 1_700_000_000_000) / 15_000,
      type,
    ]),
    [
      [0, 119, 1],
      [120, 239, 1],
      [240, 249, 1],
    ],
  );
  const samples = one?.chunks.flatMap(({ bytes }) => readXorChunk(bytes)) ?? [];
  assert.equal(samples.length, 250);
  assert.deepEqual(samples[249]?.[0], 1_700_000_000_000 + 249 * 15_000);
});

test('a series of many bytes goes on in further frames', async () => {
  const frames = await framesOf([[seriesOf({ a: 'x' }, 200_000, (i) => Math.sin(i))]]);
  assert.ok(frames.length > 1);
  assert.ok(frames.every(({ labels }) => labels.flat().join() === 'a,x'));
  const samples = frames.flatMap(({ chunks }) => chunks.flatMap(({ bytes }) => readXorChunk(bytes)));
  assert.equal(samples.length, 200_000);
});
