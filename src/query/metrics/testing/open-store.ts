import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { systemClock } from '#io/clock.ts';
import { TelemetryConfig } from '#storage/clickhouse/config.ts';
import { createTelemetry } from '#storage/clickhouse/index.ts';
import type { Rollups } from '#storage/clickhouse/rollup/rollups.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';

/** A store with what keeps its rollups. */
export type OpenStore = {
  readonly store: TelemetryStore;
  readonly rollups: Rollups;
  readonly close: () => Promise<void>;
};

/** The embedded engine on a folder of its own. */
export async function openStore(): Promise<OpenStore> {
  const dataDir = await mkdtemp(join(tmpdir(), 'nocmate-query-'));
  const logger = pino({ level: 'silent' });
  const config = TelemetryConfig.parse({ retention: { raw: '30d' } });
  const telemetry = createTelemetry({ dataDir, config, clock: systemClock, logger });
  await telemetry.start();
  return {
    store: telemetry.store,
    rollups: telemetry.rollups,
    close: async () => {
      await telemetry.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
