import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { systemClock } from '#io/clock.ts';
import { createPromEngine, type PromEngine } from '#query/promql/engine.ts';
import type { PromSource } from '#query/promql/source.ts';
import { FLOAT_BITS, STALE_BITS } from '#storage/clickhouse/schema/sample-value.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { createMetrics } from './index.ts';
import { openStore } from './testing/open-store.ts';

const NOW = Math.floor(Date.now() / 3_600_000) * 3_600_000;
const SERIES = 30;
const MANY = 1_100;
const SPAN_MS = 12 * 3_600_000;
const NAN_BITS = 0x7ff8000000000000n;

let store: TelemetryStore;
let close: () => Promise<void>;
let pushing: PromEngine;
let plain: PromEngine;
/** Answers that the source gave without handing samples over. */
let pushed = 0;

before(async () => {
  ({ store, close } = await openStore());
  await fill();
  const { prom } = createMetrics({ store, clock: { ...systemClock, now: () => NOW } });
  const counted: PromSource = {
    ...prom,
    pushdown: async (asked, options) => {
      const answer = await prom.pushdown?.(asked, options);
      if (answer !== undefined) pushed++;
      return answer;
    },
  };
  pushing = createPromEngine(counted);
  const { select, series, labelNames, labelValues, metadata, exemplars } = prom;
  plain = createPromEngine({ select, series, labelNames, labelValues, metadata, exemplars });
});
after(() => close());

/** Jittered times, gaps, resets, stale markers, NaN, and times that are written twice. */
async function fill(): Promise<void> {
  const [rows] = fc.sample(
    fc.array(fc.array(fc.tuple(fc.nat(90_000), fc.nat(40)), { minLength: 0, maxLength: 900, size: 'max' }), {
      minLength: SERIES,
      maxLength: SERIES,
    }),
    { numRuns: 1, seed: 7 },
  );
  const values: string[] = [];
  for (const [series, samples] of (rows ?? []).entries()) {
    let t = NOW - SPAN_MS;
    for (const [gap, kind] of samples) {
      t += kind === 40 ? gap * 20 : kind === 39 ? 0 : gap;
      const [m, e] = kind === 0 ? [STALE_BITS, FLOAT_BITS] : kind === 1 ? [NAN_BITS, FLOAT_BITS] : [kind * gap, 1];
      values.push(`(xxHash32('m'), ${series + 1}, fromUnixTimestamp64Milli(${t}), ${m}, ${e})`);
    }
  }
  await store.command(`INSERT INTO nocmate.samples (family, id, t, m, e) VALUES ${values.join(',')}`);
  await store.command(
    `INSERT INTO nocmate.series SELECT xxHash32('m'), number + 1, 'm', map('__name__', 'm', 'i', toString(number)),
     ['__name__=m', concat('i=', toString(number))], '', 0, '', now(), now() FROM numbers(${SERIES})`,
  );
}

/** More series than are read at a time, with values and gaps from a hash. */
async function fillMany(): Promise<void> {
  const hash = 'cityHash64(number)';
  const t = `${NOW - SPAN_MS} + intDiv(number, ${MANY}) * 40000 + ${hash} % 30000`;
  const kind = `intDiv(${hash}, 30000) % 30`;
  await store.command(
    `INSERT INTO nocmate.samples (family, id, t, m, e) SELECT xxHash32('many'), 1000 + number % ${MANY},
     fromUnixTimestamp64Milli(toInt64(${t})),
     multiIf(${kind} = 0, ${STALE_BITS}, ${kind} = 1, ${NAN_BITS}, toInt64(intDiv(number, 100) % 7000)),
     if(${kind} < 2, ${FLOAT_BITS}, 2) FROM numbers(${MANY * 80}) WHERE ${kind} < 25`,
  );
  await store.command(
    `INSERT INTO nocmate.series SELECT xxHash32('many'), 1000 + number, 'many', map('__name__', 'many', 'i', toString(number)),
     ['__name__=many', concat('i=', toString(number))], '', 0, '', now(), now() FROM numbers(${MANY})`,
  );
}

type Question = Pick<Parameters<PromEngine['evaluate']>[0], 'steps' | 'lookback'> & { readonly query: string };

async function valuesOf(engine: PromEngine, { query, ...times }: Question) {
  const { signal } = new AbortController();
  const { value } = await engine.evaluate({ ...times, expr: engine.parse(query), isRange: true, signal });
  assert.ok(value.kind === 'vector');
  return value.series.map(({ labels, values, present }) => ({
    labels: { ...labels },
    values: [...values].map((one, i) => (present[i] === 1 ? one : undefined)),
  }));
}

test('the last values that the engine finds are those that the samples give', async () => {
  const question = fc.record({
    query: fc.constantFrom(
      'm',
      'last_over_time(m[7m])',
      'last_over_time(m[1h])',
      'm offset 11m',
      'last_over_time(m[30s])',
    ),
    steps: fc.record({
      start: fc.integer({ min: NOW - SPAN_MS - 600_000, max: NOW - SPAN_MS / 2 }),
      step: fc.constantFrom(240_000, 300_000, 421_337, 3_600_000),
      count: fc.integer({ min: 10, max: 40 }),
    }),
    lookback: fc.constantFrom(60_000, 300_000, 1_000_000),
  });
  const property = fc.asyncProperty(question, async (asked) => {
    assert.deepEqual(await valuesOf(pushing, asked), await valuesOf(plain, asked));
  });
  pushed = 0;
  await fc.assert(property, { numRuns: 60, seed: 11 });
  assert.equal(pushed, 60);
});

test('many series are evaluated as they are read, to the same values', async () => {
  await fillMany();
  pushed = 0;
  const steps = { start: NOW - SPAN_MS, step: 60_000, count: 60 };
  const functions = [
    ...['rate', 'increase', 'delta', 'irate', 'idelta', 'avg_over_time', 'min_over_time', 'max_over_time'],
    ...['sum_over_time', 'count_over_time', 'last_over_time'],
  ];
  for (const query of ['many', 'sum(rate(many[4m]))', ...functions.map((fn) => `${fn}(many[150s] offset 1m)`)]) {
    const found = await valuesOf(pushing, { query, steps });
    assert.deepEqual(found, await valuesOf(plain, { query, steps }), query);
    assert.ok(found.length === MANY || query.startsWith('sum('), query);
  }
  assert.equal(pushed, functions.length + 2);
});

test('short steps and selections with histograms are not pushed down', async () => {
  const { prom } = createMetrics({ store, clock: { ...systemClock, now: () => NOW } });
  const options = { signal: new AbortController().signal };
  const asked = { matchers: [{ label: '__name__', op: '=', value: 'm' }], window: 300_000, fn: undefined } as const;
  const steps = { start: NOW - SPAN_MS, step: 300_000, count: 40 };
  assert.equal(await prom.pushdown?.({ ...asked, steps: { ...steps, step: 60_000 } }, options), undefined);
  assert.equal(await prom.pushdown?.({ ...asked, steps, fn: 'rate' }, options), undefined);
  assert.ok((await prom.pushdown?.({ ...asked, steps }, options)) !== undefined);
  await store.command(
    `INSERT INTO nocmate.histograms SELECT xxHash32('m'), 1, fromUnixTimestamp64Milli(${NOW - SPAN_MS + 60_000}), 0, 0, 1, 1, 0, 0, [], [], [], [], [], [], []`,
  );
  assert.equal(await prom.pushdown?.({ ...asked, steps }, options), undefined);
});
