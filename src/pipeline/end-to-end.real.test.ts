import assert from 'node:assert/strict';
import { copyFile, link, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { pino } from 'pino';
import { systemClock } from '#io/clock.ts';
import { TelemetryConfig } from '#storage/clickhouse/config.ts';
import { createTelemetry } from '#storage/clickhouse/index.ts';
import type { SpooledFiles, TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { assertConserved } from './testing/accounts-check.ts';
import { eventually, plaintextSocket, seriesId, startIngest } from './testing/ingest-harness.ts';

const LIMIT = { timeout: 60_000 };
const now = Math.floor(Date.now() / 1000);

type Totals = { readonly rows: string; readonly sum: number; readonly series: string };

async function totals(store: TelemetryStore): Promise<{ rows: number; sum: number; series: number }> {
  const sql = `SELECT count() AS rows, sum(v) AS sum, (SELECT uniqExact(id) FROM nocmate.series) AS series FROM nocmate.samples`;
  const [found] = await store.rows<Totals>(sql);
  return { rows: Number(found?.rows), sum: Number(found?.sum), series: Number(found?.series) };
}

test('from the socket into the engine, and a repeated insert after a crash changes nothing', LIMIT, async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'nocmate-e2e-'));
  const logger = pino({ level: 'silent' });
  const telemetry = createTelemetry({ dataDir, config: TelemetryConfig.parse({}), clock: systemClock, logger });
  t.after(async () => {
    await telemetry.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
  await telemetry.start();
  const { store } = telemetry;
  const kept = join(dataDir, 'kept');
  await mkdir(kept);
  const spoolDir = join(dataDir, 'spool');
  // Keeps the files of each table's last insert beside the spool, as if the process died before deleting them.
  const keeping = {
    insertFiles: async (table: string, spooled: SpooledFiles, token: string) => {
      for (const name of await readdir(kept)) if (name.startsWith(`${table}~`)) await rm(join(kept, name));
      for (const file of spooled.files) await link(file, join(kept, `${table}~${basename(file)}`));
      await store.insertFiles(table, spooled, token);
    },
  };
  const first = await startIngest(t, { spoolDir, options: { store: keeping } });
  const socket = await plaintextSocket(t, first.ingest);
  const lines = Array.from({ length: 30_000 }, (_, i) => `e2e.s${i % 300} ${i} ${now - (i % 2) * 86_400}\n`);
  socket.end(`${lines.join('')}tagged;host=h 0.5 ${now}\n`);
  first.ingest.events.append({ t: now * 1000, kind: 'deploy', severity: 'ok', message: 'done', labels: { host: 'h' } });
  await eventually(() => first.account().stored === 30_001 && first.account('events').stored === 1);
  assertConserved(first.ingest.accounts());
  await first.ingest.stop();
  const expected = { rows: 30_001, sum: (30_000 * 29_999) / 2 + 0.5, series: 301 };
  assert.deepEqual(await totals(store), expected);
  const rows = await store.rows<{ id: string; v: number }>(
    `SELECT toString(id) AS id, v FROM nocmate.samples WHERE (family, id) IN
     (SELECT family, id FROM nocmate.series WHERE labels['host'] = 'h') LIMIT 10`,
  );
  assert.deepEqual(rows, [{ id: String(await seriesId('tagged\x1fhost\x1eh')), v: 0.5 }]);

  const files = await readdir(kept);
  let records = 0;
  assert.ok(files.length >= 3, 'series, samples and events');
  for (const name of files) {
    const [table = '', file = ''] = name.split('~');
    await copyFile(join(kept, name), join(spoolDir, table, file));
    if (table !== 'series') records += Number(file.split('.')[1]);
  }
  const second = await startIngest(t, { spoolDir, options: { store } });
  await eventually(() => second.account('spool').held === 0);
  assert.equal(second.account('spool').stored, records);
  assert.deepEqual(await totals(store), expected);
  assert.equal((await store.rows('SELECT 1 FROM nocmate.events')).length, 1);
});
