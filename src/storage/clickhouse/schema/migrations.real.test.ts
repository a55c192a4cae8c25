import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { AppError } from '#core/errors.ts';
import { TelemetryConfig } from '../config.ts';
import type { Telemetry } from '../index.ts';
import { testFolder, testTelemetry } from '../telemetry-fixture.ts';
import type { TelemetryStore } from '../telemetry-store.ts';
import { MIGRATIONS, migrate } from './migrations.ts';
import { applyRetention, retentionRules } from './retention.ts';

const folder = testFolder({ after: (stop) => after(stop) });
let telemetry: Telemetry;

before(async () => {
  telemetry = testTelemetry({ after: () => {} }, await folder);
  await telemetry.start();
});

after(() => telemetry.stop());

async function definitions(): Promise<string> {
  const sql =
    'SELECT name, create_table_query AS sql FROM system.tables WHERE database = currentDatabase() ORDER BY name';
  return JSON.stringify(await telemetry.store.rows(sql));
}

/** A store that fails after so many commands, as if its process had been killed there. */
function interrupted(store: TelemetryStore, commands: number): TelemetryStore {
  let left = commands;
  return {
    ...store,
    command: (sql, options) => {
      left -= 1;
      return left < 0 ? Promise.reject(new Error('killed')) : store.command(sql, options);
    },
  };
}

test('migrating again changes nothing', async () => {
  const before = await definitions();
  await migrate(telemetry.store, 'embedded');
  assert.equal(await definitions(), before);
});

test('a migration interrupted anywhere goes on where it was', async () => {
  const steps = ['one', 'two'].map((name) => `CREATE TABLE IF NOT EXISTS trial_${name} (a UInt8) ENGINE = Memory`);
  const migrations = [...MIGRATIONS, { version: 900, name: 'trial', statements: steps }];
  for (let commands = 0; commands < 5; commands += 1) {
    await assert.rejects(migrate(interrupted(telemetry.store, commands), 'embedded', migrations), /killed/);
    if (commands === 4) break;
    await telemetry.store.command('DROP TABLE IF EXISTS trial_one');
    await telemetry.store.command('DROP TABLE IF EXISTS trial_two');
    await telemetry.store.command('ALTER TABLE schema_migrations DELETE WHERE version = 900', {
      settings: { mutations_sync: 2 },
    });
  }
  await migrate(telemetry.store, 'embedded', migrations);
  const made = await telemetry.store.rows("SELECT name FROM system.tables WHERE name LIKE 'trial_%' ORDER BY name");
  assert.deepEqual(made, [{ name: 'trial_one' }, { name: 'trial_two' }]);
  const changed = [...MIGRATIONS, { version: 900, name: 'trial', statements: [`${steps[0]} `, steps[1] ?? ''] }];
  await assert.rejects(migrate(telemetry.store, 'embedded', changed), /was applied with another text/);
  const refusal = (error: AppError): boolean =>
    error.code === 'conflict' && /start a newer release/.test(error.message);
  await assert.rejects(migrate(telemetry.store, 'embedded'), refusal);
  await telemetry.store.command('ALTER TABLE schema_migrations DELETE WHERE version = 900', {
    settings: { mutations_sync: 2 },
  });
});

test('the retention of the tables follows the configuration', async () => {
  const config = TelemetryConfig.parse({ retention: { raw: '3d', logs: '36h' } });
  assert.deepEqual(await applyRetention(telemetry.store, config), ['samples', 'histograms', 'exemplars', 'logs']);
  assert.deepEqual(await applyRetention(telemetry.store, config), []);
  assert.match(await definitions(), /TTL toDateTime\(t\) \+ toIntervalSecond\(259200\)/);
  const series = retentionRules(config).find(({ table }) => table === 'series');
  assert.equal(series?.keepMs, (2 * 365 + 30) * 86_400_000);
});

test('what is kept for ever loses its TTL, and rollups with it', async () => {
  const config = TelemetryConfig.parse({ retention: { raw: 'unlimited', logs: '36h' } });
  assert.deepEqual(
    [config.retention.raw, config.retention.fiveMinutes, config.retention.hourly],
    [Infinity, Infinity, Infinity],
  );
  const changed = await applyRetention(telemetry.store, config);
  assert.deepEqual(changed.slice(0, 5), ['samples', 'histograms', 'exemplars', 'samples_5m', 'samples_1h']);
  assert.ok(changed.includes('series'));
  assert.deepEqual(await applyRetention(telemetry.store, config), []);
  assert.doesNotMatch(await definitions(), / TTL toDateTime\(t\)/);
  await applyRetention(telemetry.store, TelemetryConfig.parse({}));
  assert.match(await definitions(), / TTL toDateTime\(t\)/);
});

test('rollups are kept at least as long as raw samples; what the store cannot count is refused', () => {
  const { retention } = TelemetryConfig.parse({ retention: { raw: '1y', hourly: '1d' } });
  assert.deepEqual([retention.fiveMinutes, retention.hourly], [retention.raw, retention.raw]);
  assert.throws(() => TelemetryConfig.parse({ retention: { raw: '60y' } }), /unlimited/);
});

test('an unknown option is refused', () => {
  assert.throws(() => TelemetryConfig.parse({ retention: { raws: '3d' } }), /raws/);
});
