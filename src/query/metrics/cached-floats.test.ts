import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Interval } from '#query/promql/source.ts';
import type { RawSamples } from '#query/promql/value.ts';
import { cachedFloats, type Floats, floatsThrough, type ReadSome } from './cached-floats.ts';
import { SampleCache, samplesIn } from './sample-cache.ts';
import type { SeriesRef } from './series-source.ts';

const SERIES = 4;
const REFS: readonly SeriesRef[] = Array.from({ length: SERIES }, (_, i) => ({ family: 1, id: BigInt(i), labels: {} }));

/** A store of a few series whose samples become readable some time before their arrival is told of. */
class Samples {
  readonly #rows: Map<number, number>[] = REFS.map(() => new Map());
  reads = 0;

  put(series: number, t: number, v: number): void {
    this.#rows[series]?.set(t, v);
  }

  of(ref: SeriesRef, { from, to }: Interval): RawSamples {
    const rows = [...(this.#rows[Number(ref.id)] ?? [])].filter(([t]) => t >= from && t <= to);
    const sorted = rows.toSorted(([a], [b]) => a - b);
    return { t: Float64Array.from(sorted, ([t]) => t), v: Float64Array.from(sorted, ([, v]) => v) };
  }

  readonly read: ReadSome = async (refs, interval) => {
    this.reads++;
    const found = refs.map((ref): [bigint, RawSamples] => [ref.id, this.of(ref, interval)]);
    // The answer is on its way while others read and write.
    await Promise.resolve();
    await Promise.resolve();
    return new Map(found.filter(([, { t }]) => t.length > 0));
  };
}

const list = ({ t, v }: RawSamples = { t: new Float64Array(0), v: new Float64Array(0) }) => [[...t], [...v]];
const listAll = (refs: readonly SeriesRef[], floats: Floats) => refs.map(({ id }) => list(floats.get(id)));

const time = fc.nat(400);
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('write' as const), at: time, series: fc.nat(SERIES - 1) }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('read' as const), from: time, length: time, some: fc.nat(15) }),
  },
  // A read that runs while a batch comes in.
  {
    weight: 2,
    arbitrary: fc.record({
      ...{ kind: fc.constant('both' as const), at: time, series: fc.nat(SERIES - 1), isTold: fc.boolean() },
      ...{ from: time, length: time },
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('forget' as const) }) },
);

test('answers as the store does, whatever comes in late and in between', async () => {
  let value = 0;
  const property = fc.asyncProperty(
    fc.array(step, { maxLength: 60 }),
    fc.constantFrom(2_000, 4_000, 1e6),
    async (steps, size) => {
      const cache = new SampleCache(size);
      const samples = new Samples();
      const write = (series: number, at: number): void => samples.put(series, at, value++);
      const check = async (refs: readonly SeriesRef[], interval: Interval): Promise<void> => {
        const whole = cachedFloats(cache, refs, interval);
        const expected = refs.map((ref) => list(samples.of(ref, interval)));
        if (whole !== undefined) assert.deepEqual(listAll(refs, whole), expected);
        assert.deepEqual(listAll(refs, await floatsThrough(cache, refs, interval, samples.read)), expected);
      };
      for (const one of steps) {
        if (one.kind === 'forget') cache.clear();
        else if (one.kind === 'write') {
          write(one.series, one.at);
          cache.noteArrival(one.at);
        } else if (one.kind === 'read') {
          const refs = REFS.filter((_, i) => ((one.some >> i) & 1) === 1);
          await check(refs, { from: one.from, to: one.from + one.length });
        } else {
          const interval = { from: one.from, to: one.from + one.length };
          if (one.isTold) write(one.series, one.at);
          const reading = floatsThrough(cache, REFS, interval, samples.read);
          if (!one.isTold) write(one.series, one.at);
          cache.noteArrival(one.at);
          await reading;
          await check(REFS, interval);
        }
        assert.ok(cache.bytes <= size || cache.bytes < 8_000);
      }
    },
  );
  await fc.assert(property, { numRuns: 400, seed: 5 });
});

test('reads once, then only what is new', async () => {
  const cache = new SampleCache(1e6);
  const samples = new Samples();
  for (let t = 0; t < 400; t += 10) samples.put(0, t, t);
  const asked: Interval[] = [];
  const read: ReadSome = (refs, interval) => {
    asked.push(interval);
    return samples.read(refs, interval);
  };
  const first = REFS.slice(0, 1);
  await floatsThrough(cache, first, { from: 100, to: 200 }, read);
  await floatsThrough(cache, first, { from: 110, to: 200 }, read);
  assert.equal(asked.length, 1);
  await floatsThrough(cache, first, { from: 120, to: 300 }, read);
  assert.deepEqual(asked[1], { from: 201, to: 300 });
  cache.noteArrival(250);
  const found = await floatsThrough(cache, first, { from: 120, to: 300 }, read);
  assert.deepEqual(asked[2], { from: 250, to: 300 });
  await floatsThrough(cache, first, { from: 80, to: 280 }, read);
  assert.deepEqual(asked.slice(3), [{ from: 80, to: (asked[0]?.from ?? 0) - 1 }]);
  assert.deepEqual(list(found.get(0n)), list(samples.of(REFS[0] as SeriesRef, { from: 120, to: 300 })));
});

test('series with the same times hold them once, and the bits of stale markers stay', async () => {
  const cache = new SampleCache(1e6);
  const v = new Float64Array(2);
  new BigUint64Array(v.buffer).set([0x7ff0000000000002n, 0x7ff8000000000000n]);
  const read: ReadSome = (refs) =>
    Promise.resolve(new Map(refs.map(({ id }) => [id, { t: Float64Array.of(1, 2), v }])));
  const found = await floatsThrough(cache, REFS, { from: 0, to: 9 }, read);
  const [a, b] = [found.get(0n), found.get(1n)];
  assert.equal(a?.t, b?.t);
  assert.deepEqual(
    [...new BigUint64Array(a?.v.buffer ?? new ArrayBuffer(0))],
    [0x7ff0000000000002n, 0x7ff8000000000000n],
  );
});

test('what was not used for longest goes first', () => {
  const samples = { t: new Float64Array(10), v: new Float64Array(10) };
  const cache = new SampleCache(1_500);
  const keep = (id: bigint): void => cache.keep(id, { interval: { from: 0, to: 9 }, mark: cache.mark, samples });
  keep(1n);
  keep(2n);
  keep(3n);
  assert.ok(cache.find(1n));
  keep(4n);
  assert.deepEqual(
    [1n, 2n, 3n, 4n].map((id) => cache.find(id) !== undefined),
    [true, false, true, true],
  );
  assert.equal(samplesIn(samples, { from: 1, to: 2 }).t.length, 0);
});
