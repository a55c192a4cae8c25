/**
 * Bytes on disk per sample, the same lines sent to the product and to VictoriaMetrics, after all merges:
 * `node bench/disk.ts [series] [hours]`. Raw samples, rollups and catalogue are counted apart; the peer has no rollups.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { systemClock } from '#io/clock.ts';
import { TelemetryConfig } from '#storage/clickhouse/config.ts';
import { createTelemetry } from '#storage/clickhouse/index.ts';
import { Product } from '#test/product/product.ts';
import { seriesName } from './ingest-data.ts';
import { end, untilUp } from './ingest-targets.ts';
import { freePort } from './query-targets.ts';

const [series = 2000, hours = 48] = process.argv.slice(2).map(Number);
const STEP_S = 60;
const steps = (hours * 3600) / STEP_S;
const samples = series * steps;
const lastSecond = Math.floor(Date.now() / 1000 / STEP_S) * STEP_S - 600;
const CATALOGUE = ['series', 'label_values', 'paths', 'path_nodes'];

type Bytes = { readonly samples: number; readonly catalogue: number; readonly rollups: number };

/** Values as agents measure them: counters, percentages with two decimals, bytes in pages, near-constants. */
function valuesOf(index: number): () => string {
  let state = (index * 2_654_435_761 + 1) % 4_294_967_296;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
  let value = random() * 100;
  switch (index % 4) {
    case 0:
      return () => String((value = Math.floor(value + random() * 5000)));
    case 1:
      return () => (value = Math.min(100, Math.max(0, value + (random() - 0.5) * 4))).toFixed(2);
    case 2:
      value = Math.floor(value * 10_000);
      return () => String((value += Math.floor((random() - 0.5) * 200)) * 4096);
    default:
      return () => String(random() < 0.01 ? index % 7 : index % 100);
  }
}

async function send(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  const names = Array.from({ length: series }, (_, i) => seriesName(i));
  const values = names.map((_, i) => valuesOf(i));
  for (let step = 0; step < steps; step += 1) {
    const second = lastSecond - (steps - 1 - step) * STEP_S;
    const lines = names.map((name, i) => `${name} ${values[i]?.()} ${second}\n`);
    if (!socket.write(lines.join(''))) await new Promise((resolve) => socket.once('drain', resolve));
  }
  socket.end();
  socket.resume();
  await finished(socket);
}

async function ours(folder: string): Promise<Bytes> {
  const product = await Product.start({ data: folder });
  await send((await product.listener('graphite-plaintext/tcp')).port);
  const count = `SELECT count() AS n FROM samples WHERE id IN (SELECT id FROM series WHERE startsWith(path, 'servers.'))`;
  await product.until(async () => Number((await product.sql<{ n: string }>(count))[0]?.n) >= samples, 120_000);
  await product.stop();
  return settled(folder);
}

/** Rolls up and merges everything. What the product measures of itself meanwhile counts too: below one sample in a hundred. */
async function settled(dataDir: string): Promise<Bytes> {
  const logger = pino({ level: 'warn' });
  const telemetry = createTelemetry({ dataDir, config: TelemetryConfig.parse({}), clock: systemClock, logger });
  await telemetry.start();
  await telemetry.rollups.rollUp();
  for (const table of ['samples', 'samples_5m', 'samples_1h', ...CATALOGUE])
    await telemetry.store.command(`OPTIMIZE TABLE ${table} FINAL`);
  const rows = await telemetry.store.rows<{ table: string; bytes: string }>(
    'SELECT table, sum(bytes_on_disk) AS bytes FROM system.parts WHERE active AND database = currentDatabase() GROUP BY table',
  );
  await telemetry.stop();
  const of = (...tables: string[]): number =>
    rows.filter(({ table }) => tables.includes(table)).reduce((sum, { bytes }) => sum + Number(bytes), 0);
  return { samples: of('samples'), rollups: of('samples_5m', 'samples_1h'), catalogue: of(...CATALOGUE) };
}

async function theirs(folder: string): Promise<Bytes> {
  const [http, graphite] = [await freePort(), await freePort()];
  const listen = [`-httpListenAddr=127.0.0.1:${http}`, `-graphiteListenAddr=127.0.0.1:${graphite}`];
  const args = [`-storageDataPath=${folder}`, '-loggerLevel=ERROR', ...listen];
  const child = spawn('victoria-metrics', args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const get = async (path: string): Promise<string> => (await fetch(`http://127.0.0.1:${http}${path}`)).text();
  await untilUp(child, () => get('/health'));
  await send(graphite);
  const received = async (): Promise<number> =>
    Number(/^vm_rows_inserted_total\{type="graphite"\} (\d+)/m.exec(await get('/metrics'))?.[1]);
  while ((await received()) < samples) await sleep(200);
  await get('/internal/force_flush');
  await get('/internal/force_merge');
  // It answers at once and merges behind the answer.
  let idle = 0;
  while (idle < 4) {
    await sleep(500);
    idle = /^vm_active_force_merges 0/m.test(await get('/metrics')) ? idle + 1 : 0;
  }
  await end(child);
  const size = (part: string): number =>
    Number(
      execFileSync('du', ['-sb', join(folder, part)])
        .toString()
        .split('\t')[0],
    );
  return { samples: size('data'), catalogue: size('indexdb'), rollups: 0 };
}

function report(name: string, bytes: Bytes): number {
  const per = (part: number): string => (part / samples).toFixed(3);
  const total = bytes.samples + bytes.catalogue;
  console.log(
    `${name}: ${per(bytes.samples)} B/sample, with catalogue ${per(total)}, rollups besides ${per(bytes.rollups)}`,
  );
  return total;
}

const folder = await mkdtemp(join(tmpdir(), 'nocmate-disk-'));
try {
  console.log(`${new Date().toISOString()} ${series} series, ${hours} h at ${STEP_S} s = ${samples} samples`);
  const a = report('nocmate', await ours(join(folder, 'nocmate')));
  const b = report('VictoriaMetrics', await theirs(join(folder, 'victoria')));
  console.log(`ratio of samples and catalogue: ${(a / b).toFixed(2)}; load average ${loadavg()[0]?.toFixed(1)}`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);
