import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { systemClock } from '#io/clock.ts';
import { createIngest, IngestConfig } from '#pipeline/index.ts';
import { TelemetryConfig } from '#storage/clickhouse/config.ts';
import { createTelemetry } from '#storage/clickhouse/index.ts';
import type { IngestData } from './ingest-data.ts';

/** Something that takes Graphite lines on TCP. */
export type Target = {
  readonly name: string;
  readonly port: number;
  /** True when every sample of the data can be queried. */
  readonly isComplete: (data: IngestData) => Promise<boolean>;
  /** What is to be said beside the figure. */
  readonly note: () => string;
  readonly stop: () => Promise<void>;
};

const LOOPBACK = '127.0.0.1';

/** The product: engine child, ingest thread, spool; complete when the engine counts every row and every series. */
export async function startNocmate(folder: string): Promise<Target> {
  const logger = pino({ level: 'warn' });
  const tools = { clock: systemClock, logger };
  const telemetry = createTelemetry({ dataDir: folder, config: TelemetryConfig.parse({}), ...tools });
  const ingest = createIngest({
    spoolDir: join(folder, 'spool'),
    config: IngestConfig.parse({}),
    inputs: new Map([['graphite-plaintext', undefined]]),
    inputSettings: { 'graphite-plaintext': { listen: `${LOOPBACK}:0` } },
    store: telemetry.store,
    ...tools,
  });
  await telemetry.start();
  await ingest.start();
  const address = ingest.listeners().find((one) => one.name === 'graphite-plaintext/tcp')?.address ?? '';
  return {
    name: 'nocmate',
    port: Number(address.split(':')[1]),
    isComplete: async ({ lines, series }) => {
      const account = ingest.accounts().find((one) => one.input === 'graphite-plaintext');
      if (account?.stored !== lines) return false;
      const [counts] = await telemetry.store.rows<{ samples: string; series: string }>(
        'SELECT (SELECT count() FROM nocmate.samples) AS samples, (SELECT uniqExact(id) FROM nocmate.series) AS series',
      );
      return Number(counts?.samples) === lines && Number(counts?.series) === series;
    },
    note: () => JSON.stringify(ingest.accounts().find((one) => one.input === 'graphite-plaintext')),
    stop: async () => {
      await ingest.stop();
      await telemetry.stop();
    },
  };
}

/** VictoriaMetrics: complete when it has counted every row and a forced flush has made them searchable. */
export async function startVictoriaMetrics(folder: string, port: number): Promise<Target> {
  const http = port + 1;
  const child = spawn(
    'victoria-metrics',
    [
      `-storageDataPath=${folder}`,
      `-graphiteListenAddr=${LOOPBACK}:${port}`,
      `-httpListenAddr=${LOOPBACK}:${http}`,
      '-loggerLevel=ERROR',
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const get = async (path: string): Promise<string> => (await fetch(`http://${LOOPBACK}:${http}${path}`)).text();
  await untilUp(child, () => get('/health'));
  return {
    name: 'VictoriaMetrics',
    port,
    isComplete: async ({ lines }) => {
      const rows = /^vm_rows_inserted_total\{type="graphite"\} (\d+)/m.exec(await get('/metrics'))?.[1];
      if (Number(rows) !== lines) return false;
      await get('/internal/force_flush');
      return true;
    },
    note: () => '',
    stop: () => end(child),
  };
}

/** Waits until a started program answers; throws when it ends instead. */
export async function untilUp(child: ChildProcess, probe: () => Promise<unknown>): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with code ${child.exitCode}`);
    if (
      await probe()
        .then(() => true)
        .catch(() => false)
    )
      return;
    await sleep(50);
  }
}

/** Ends a program that was started here. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
