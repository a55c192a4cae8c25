import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findGraphiteEvents } from './graphite-source-events.ts';
import { openStore } from './testing/open-store.ts';

const T = 1_795_000_000;
let opened: Awaited<ReturnType<typeof openStore>>;

before(async () => {
  opened = await openStore();
  const rows: [t: number, kind: string, message: string, labels: string][] = [
    [T * 1000 + 999, 'annotation', 'two', "'tags', 'Deploy shop', 'data', 'x'"],
    [T * 1000, 'annotation', 'one', "'tags', 'deploy-all'"],
    [T * 1000 + 60_000, 'collector.state', 'three', "'host', 'web-1', 'service', 'shop'"],
  ];
  for (const [t, kind, message, labels] of rows) {
    await opened.store.command(
      `INSERT INTO nocmate.events (ts, kind, message, labels)
       SELECT fromUnixTimestamp64Milli({t:Int64}), {kind:String}, {message:String}, map(${labels})`,
      { params: { t, kind, message } },
    );
  }
});
after(() => opened.close());

test('events come oldest first; those without tags are tagged by kind and entity', async () => {
  const found = await findGraphiteEvents(opened.store, { from: T, until: T + 60 });
  assert.deepEqual(
    found.map(({ id: _id, ...said }) => said),
    [
      { t: T * 1000, what: 'one', tags: ['deploy-all'], data: '' },
      { t: T * 1000 + 999, what: 'two', tags: ['Deploy', 'shop'], data: 'x' },
      { t: T * 1000 + 60_000, what: 'three', tags: ['collector.state', 'web-1', 'shop'], data: '' },
    ],
  );
  const short = await findGraphiteEvents(opened.store, { from: T + 0.9995, until: T + 59 });
  assert.deepEqual(short, []);
});

const CASES: readonly [tags: readonly string[], set: 'union' | 'intersection' | undefined, found: string][] = [
  [['Deploy'], undefined, 'two'],
  [['deploy'], undefined, ''],
  [['shop', 'Deploy', 'unknown', ''], undefined, 'two'],
  [['shop', 'deploy-all'], undefined, ''],
  [['unknown'], undefined, ''],
  [["x' OR 1=1 --", 'web-1'], undefined, 'three'],
  [['shop', 'deploy-all'], 'union', 'one two three'],
  [['shop', 'web-1'], 'intersection', 'three'],
  [['shop', 'unknown'], 'intersection', ''],
  [['deploy'], 'union', ''],
];

for (const [tags, set, expected] of CASES) {
  test(`${set ?? 'known ones'} of ${tags.join(' and ')}`, async () => {
    const question = { from: T, until: T + 60, tags, ...(set === undefined ? {} : { set }) };
    const found = await findGraphiteEvents(opened.store, question);
    assert.equal(found.map(({ what }) => what).join(' '), expected);
  });
}

test('ids are whole numbers, stay with their events, and tell those that say the same apart', async () => {
  const range = { from: T + 100, until: T + 101 };
  const insert = (at: number, message: string): Promise<void> =>
    opened.store.command(
      `INSERT INTO nocmate.events (ts, kind, message, labels)
       SELECT fromUnixTimestamp64Milli({t:Int64}), 'annotation', {message:String}, map('tags', 'x')`,
      { params: { t: (T + 100) * 1000 + at, message } },
    );
  await insert(500, 'first');
  const [first] = await findGraphiteEvents(opened.store, range);
  await insert(500, 'first');
  await insert(200, 'before');
  await opened.store.command('OPTIMIZE TABLE nocmate.events FINAL');
  const all = await findGraphiteEvents(opened.store, range);
  assert.equal(new Set(all.map(({ id }) => id)).size, 3);
  assert.ok(all.every(({ id }) => Number.isSafeInteger(id) && id > 0));
  assert.equal(all[1]?.id, first?.id);
  const wide = { from: 0, until: Number.MAX_SAFE_INTEGER };
  for (const event of all) assert.deepEqual(await findGraphiteEvents(opened.store, { ...wide, id: event.id }), [event]);
  const cut = await findGraphiteEvents(opened.store, { from: T + 100.5, until: T + 100.5 });
  assert.deepEqual(cut, all.slice(1), 'a range that begins within the second');
  assert.deepEqual(await findGraphiteEvents(opened.store, { ...wide, id: (first?.id ?? 0) + 2 }), []);
});
