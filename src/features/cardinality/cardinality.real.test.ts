import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { pino } from 'pino';
import { type Cardinality, CardinalityRequest } from '#core/api/cardinality.ts';
import { systemClock } from '#io/clock.ts';
import { type Filled, fillStore } from '#query/metrics/testing/filled-store.ts';
import { createScratch, type Scratch } from '#storage/postgres/scratch-state.ts';
import { createCardinality, ReadTracker, readMigrations } from './index.ts';
import { trackedName } from './read-tracker.ts';

let filled: Filled;
let scratch: Scratch;

before(async () => {
  [filled, scratch] = await Promise.all([fillStore(), createScratch()]);
});
after(async () => {
  await Promise.all([filled.close(), scratch.remove()]);
});

const sources = async () => [
  { input: 'graphite-plaintext', address: '192.0.2.1', series: 5, newHour: 1 },
  { input: 'statsd', address: 'udp', series: 3, newHour: 3 },
];

async function ask(reads: ReadTracker, query: object = {}): Promise<Cardinality> {
  const [route] = createCardinality({ store: filled.store, reads, sources, clock: systemClock }).routes;
  assert.ok(route !== undefined);
  const request = { params: {}, body: undefined, caller: undefined, remoteAddress: '', headers: {} };
  const signal = new AbortController().signal;
  return (await route.handler({ ...request, signal, query: CardinalityRequest.parse(query) })) as Cardinality;
}

test('series are counted by name and by the first nodes of their path, each once', async () => {
  const found = await ask(new ReadTracker(systemClock.now));
  assert.equal(found.series, 8);
  assert.deepEqual(
    found.names.map(({ name, series }) => [name, series]),
    [
      ['temp', 3],
      ['bytes_total', 1],
      ['lone', 1],
      ['servers.web-1.*', 2],
      ['servers.web-2.*', 1],
    ].toSorted((a, b) => Number(b[1]) - Number(a[1]) || (String(a[0]) < String(b[0]) ? -1 : 1)),
  );
  assert.deepEqual(found.labels.find(({ label }) => label === 'host')?.values, 2);
  assert.deepEqual((await ask(new ReadTracker(systemClock.now), { search: 'TEMP' })).series, 3);
});

test('growth tells of each day, and sources of each sender; both are narrowed by a search', async () => {
  const { days, sources: found } = await ask(new ReadTracker(systemClock.now));
  assert.equal(days.length, 30);
  assert.equal(
    days.reduce((sum, { added }) => sum + added, 0),
    8,
  );
  assert.equal(days.at(-1)?.active, 8);
  assert.deepEqual(found, await sources());
  const narrow = await ask(new ReadTracker(systemClock.now), { search: 'statsd' });
  assert.deepEqual(
    narrow.sources.map(({ address }) => address),
    ['udp'],
  );
  assert.equal(narrow.days.at(-1)?.active, 0);
});

test('what nobody asked for is unused; what was asked for is remembered by the next start', async () => {
  const state = scratch.create(readMigrations);
  await state.start();
  const parts = { db: state.db, clock: systemClock, logger: pino({ level: 'silent' }) };
  const first = new ReadTracker(() => 1_000_000);
  await first.start(parts);
  first.note([{ labels: { __name__: 'temp' } }, { labels: { __name__: 'servers.web-1.cpu.user' } }]);
  await first.stop();
  const second = new ReadTracker(() => systemClock.now());
  await second.start(parts);
  assert.deepEqual([second.since, second.lastReadAt('temp'), second.lastReadAt('lone')], [1_000_000, 1_000_000, 0]);
  second.note([{ labels: { __name__: 'servers.web-1.disk.sda.used' } }]);
  const { unused, trackedSince } = await ask(second);
  assert.equal(trackedSince, 1_000_000);
  assert.deepEqual(
    unused.map(({ name }) => name),
    ['temp', 'bytes_total', 'lone', 'servers.web-2.*'],
    'temp was read longer than 30 days ago',
  );
  await second.stop();
});

test('a path is tracked by its first two nodes', () => {
  assert.deepEqual(['up', 'a.b', 'a.b.c.d'].map(trackedName), ['up', 'a.b.*', 'a.b.*']);
});
