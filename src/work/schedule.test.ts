import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from './manual-clock.ts';
import { cadenceOf, type Slot, slots } from './schedule.ts';

const START = 1_700_000_000_300;

type Watched = { readonly seen: Slot[]; readonly end: () => Promise<void> };

function watch(clock: ManualClock, intervalMs: number, offsetMs = 0): Watched {
  const stop = new AbortController();
  const seen: Slot[] = [];
  const done = (async () => {
    for await (const slot of slots({ intervalMs, offsetMs }, clock, stop.signal)) seen.push(slot);
  })();
  return {
    seen,
    end: async () => {
      stop.abort();
      await done;
    },
  };
}

test('slots lie on multiples of the interval plus the offset', async () => {
  const clock = new ManualClock(START);
  const { seen, end } = watch(clock, 30_000, 7_000);
  await clock.advance(70_000);
  await end();
  assert.deepEqual(
    seen.map(({ at }) => at % 30_000),
    [7_000, 7_000],
  );
  assert.equal((seen[1]?.at ?? 0) - (seen[0]?.at ?? 0), 30_000);
});

test('collectors of 1 s run on the full second, slower ones at a fixed offset of their own', () => {
  assert.equal(cadenceOf('host localhost', 1_000).offsetMs, 0);
  const offsets = new Set(Array.from({ length: 50 }, (_, i) => cadenceOf(`snmp switch-${i}`, 60_000).offsetMs));
  assert.ok(offsets.size > 45);
  assert.equal(cadenceOf('snmp switch-1', 60_000).offsetMs, cadenceOf('snmp switch-1', 60_000).offsetMs);
  assert.ok([...offsets].every((offset) => offset >= 0 && offset < 60_000));
});

test('slots that pass while the process stands still are counted, not made up for', async () => {
  const clock = new ManualClock(START);
  const { seen, end } = watch(clock, 1_000);
  await clock.advance(1_000);
  await clock.freeze(5_200);
  await clock.advance(1_000);
  await end();
  assert.deepEqual(
    seen.map(({ at, missed }) => [at - START, missed]),
    [
      [700, 0],
      [5_700, 4],
      [6_700, 0],
    ],
  );
});

test('a forward step of the wall clock moves the schedule and is not counted as missed', async () => {
  const clock = new ManualClock(START);
  const { seen, end } = watch(clock, 1_000);
  await clock.advance(1_000);
  clock.step(3_600_000);
  await clock.advance(2_000);
  await end();
  assert.deepEqual(
    seen.map(({ at, missed }) => [at - START, missed]),
    [
      [700, 0],
      [3_601_700, 0],
      [3_602_700, 0],
    ],
  );
});

test('a backward step of the wall clock does not silence the schedule', async () => {
  const clock = new ManualClock(START);
  const { seen, end } = watch(clock, 60_000);
  await clock.advance(60_000);
  const before = seen.length;
  clock.step(-3_600_000);
  await clock.advance(125_000);
  await end();
  assert.equal(seen.length - before, 2);
  assert.ok(seen.every(({ at, missed }) => at % 60_000 === 0 && missed === 0));
});
