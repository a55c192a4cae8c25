import { prometheusRoutes } from '#api/prometheus/index.ts';
import type { Route } from '#core/route.ts';
import type { Clock } from '#io/clock.ts';
import type { Ingest } from '#pipeline/index.ts';
import type { Parts, PartsOptions } from './parts.ts';

/** How long a question waits for what was acknowledged just before it, ms: a few rows are stored at once. */
const PATIENCE_MS = 1_000;
/** The same under a load of which always something is on its way, and from how many bytes on that is so. */
const SHORT_PATIENCE_MS = 50;
const LOAD_BYTES = 2 ** 21;
/** A store that is further behind than this is not waited for: questions are answered from what it has, ms. */
const TOO_FAR_BEHIND_MS = 3_000;

/** The routes of the Prometheus API over the parts. */
export function prometheusApi(parts: Parts, { clock, version, config }: PartsOptions): Route[] {
  const { ingest, metrics, eraser, telemetry } = parts;
  return prometheusRoutes({
    source: metrics.prom,
    targets: parts.scraper,
    rules: parts.recording.rules,
    clock,
    eraser,
    settled: () => storedSoon(ingest, clock),
    status: {
      version,
      startedAt: clock.now(),
      isReady: () => telemetry.status().state === 'up',
      retentionMs: config.storage.retention.raw,
      activeSeries: () => ingest.activeSeries(),
      statistics: metrics.statistics,
    },
  });
}

/** Who has been answered may ask for it: waits for batches on their way into the store, mostly for none. */
async function storedSoon(ingest: Pick<Ingest, 'spool' | 'stored'>, clock: Clock): Promise<void> {
  const { files, bytes, oldestMs } = ingest.spool();
  if (files === 0 || oldestMs > TOO_FAR_BEHIND_MS) return;
  const done = new AbortController();
  const stored = ingest.stored().catch(() => undefined);
  await Promise.race([stored, clock.sleep(bytes < LOAD_BYTES ? PATIENCE_MS : SHORT_PATIENCE_MS, done.signal)]);
  done.abort();
}
