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
  assert.deepEqual(await findGraphiteEvents(opened.store, { from: T, until: T + 60 }), [
    { when: T, what: 'one', tags: ['deploy-all'], data: '' },
    { when: T, what: 'two', tags: ['Deploy', 'shop'], data: 'x' },
    { when: T + 60, what: 'three', tags: ['collector.state', 'web-1', 'shop'], data: '' },
  ]);
  const short = await findGraphiteEvents(opened.store, { from: T + 1, until: T + 59 });
  assert.deepEqual(short, []);
});

const CASES: readonly [tags: readonly string[], set: 'union' | 'intersection' | undefined, found: string][] = [
  [['deploy'], undefined, 'one two'],
  [['deploy', 'shop'], undefined, 'two'],
  [['dep'], undefined, ''],
  [['web.1'], undefined, ''],
  [["x' OR 1=1 --", 'shop'], undefined, ''],
  [['shop', 'deploy-all'], 'union', 'one two three'],
  [['shop', 'web-1'], 'intersection', 'three'],
  [['deploy'], 'union', ''],
];

for (const [tags, set, expected] of CASES) {
  test(`${set ?? 'words'} of ${tags.join(' and ')}`, async () => {
    const question = { from: T, until: T + 60, tags, ...(set === undefined ? {} : { set }) };
    const found = await findGraphiteEvents(opened.store, question);
    assert.equal(found.map(({ what }) => what).join(' '), expected);
  });
}
