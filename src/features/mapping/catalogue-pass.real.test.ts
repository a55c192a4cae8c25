import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MappingRule } from '#core/api/mapping.ts';
import { openStore } from '#query/metrics/testing/open-store.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { CataloguePass } from './catalogue-pass.ts';
import { KeptPass } from './kept-pass.ts';

const SERIES = 12_000;
const rule = (name: string): MappingRule[] => [
  MappingRule.parse({ match: 'servers.*.cpu', name, labels: { host: '$1' } }),
];

let opened: Awaited<ReturnType<typeof openStore>>;
/** Statements that were put since the last look. */
let pages = 0;

before(async () => {
  opened = await openStore();
  await opened.store.command(
    `INSERT INTO nocmate.series (family, id, metric, labels, kv, path, type, unit, first_seen, last_seen)
     SELECT 1, number + 1, 'cpu', map(), [], concat('servers.web-', toString(number), '.cpu'), 0, '', now(), now()
     FROM numbers(${SERIES})`,
  );
});
after(() => opened.close());

/** A life of the process; in the first one the state database is gone after `saves` saves. */
function life(kept: { pass: KeptPass }, saves = Number.POSITIVE_INFINITY): CataloguePass {
  let left = saves;
  const rows: TelemetryStore['rows'] = (sql, options) => {
    if (sql.includes('LIMIT 1 BY')) pages += 1;
    return opened.store.rows(sql, options);
  };
  return new CataloguePass({
    store: { ...opened.store, rows },
    settled: async () => {},
    forgetSelections: () => {},
    keeper: {
      read: async () => kept.pass,
      save: async (pass) => {
        if ((left -= 1) < 0) throw new Error('the process ended');
        kept.pass = pass;
      },
    },
  });
}

async function mapped(name: string): Promise<number> {
  const rows = await opened.store.rows<{ n: string }>(
    `SELECT count() AS n FROM nocmate.series FINAL WHERE metric = {name:String} AND labels['host'] != ''`,
    { params: { name } },
  );
  return Number(rows[0]?.n);
}

test('a pass that was interrupted goes on where it was, with the next start', async () => {
  const kept = { pass: KeptPass.parse({}) };
  const rules = { version: 3, content: rule('cpu_load') };
  const first = life(kept, 2);
  await first.start(rules);
  assert.equal(first.progress.state, 'failed');
  assert.deepEqual([kept.pass.rules, kept.pass.isDone, kept.pass.seen], [3, false, 5_000]);
  pages = 0;
  const second = life(kept);
  await second.resume(rules, kept.pass);
  assert.equal(pages, 2, 'what was done is not read again');
  assert.deepEqual([second.progress.state, second.progress.seen], ['idle', SERIES]);
  assert.equal(await mapped('cpu_load'), SERIES);
  assert.equal(kept.pass.isDone, true);
});

test('a pass that was done is not repeated, one of newer rules is begun', async () => {
  const kept = { pass: KeptPass.parse({ rules: 3, isDone: true }) };
  pages = 0;
  await life(kept).resume({ version: 3, content: rule('cpu_load') }, kept.pass);
  await life(kept).resume({ version: 0, content: [] }, KeptPass.parse({}));
  assert.equal(pages, 0);
  await life(kept).resume({ version: 4, content: rule('cpu_busy') }, kept.pass);
  assert.equal(pages, 3);
  assert.equal(await mapped('cpu_busy'), SERIES);
  assert.deepEqual([kept.pass.rules, kept.pass.isDone], [4, true]);
});
