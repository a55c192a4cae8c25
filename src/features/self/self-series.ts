import type { SelfStatus } from '#core/api/status.ts';
import { AppError } from '#core/errors.ts';
import { canonicalKey, NAME_LABEL } from '#core/model/labels.ts';
import type { SampleSink } from '#core/sink.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import { selfValues } from './self-metrics.ts';

export type SelfSeriesOptions = {
  readonly read: () => Promise<SelfStatus>;
  readonly viewers: () => number;
  readonly sink: SampleSink;
  readonly host: string;
  readonly clock: Clock;
  readonly logger: Logger;
};

const INTERVAL_MS = 1_000;
/** A write lasts until it is durable, up to a second or so: the next one does not wait for it. */
const MAX_UNDER_WAY = 10;

/** Writes the product's own series once a second, stamped with the whole second, until the signal aborts. */
export async function keepSelfSeries(options: SelfSeriesOptions, signal: AbortSignal): Promise<void> {
  const { clock, logger } = options;
  const keys = new Map<string, string>();
  const underWay = new Set<Promise<void>>();
  while (!signal.aborted) {
    const t = (Math.floor(clock.now() / INTERVAL_MS) + 1) * INTERVAL_MS;
    await clock.sleep(t - clock.now(), signal);
    if (signal.aborted || underWay.size >= MAX_UNDER_WAY) continue;
    const write = writeOnce(options, t, keys)
      .catch((error: unknown) => {
        // Refused while the disk is full or the spool at its limit: the next second tries anew.
        if (!(error instanceof AppError) || !error.retryable) logger.error({ err: error }, 'own series not written');
      })
      .finally(() => underWay.delete(write));
    underWay.add(write);
  }
  await Promise.all(underWay);
}

async function writeOnce(options: SelfSeriesOptions, t: number, known: Map<string, string>): Promise<void> {
  const values = selfValues(await options.read(), options.viewers());
  const keys = values.map(({ metric, labels }) => {
    const short = `${metric} ${Object.values(labels).join(' ')}`;
    const key = known.get(short) ?? canonicalKey({ [NAME_LABEL]: metric, host: options.host, ...labels });
    known.set(short, key);
    return key;
  });
  await options.sink.write({ source: 'self', t, keys, values: Float64Array.from(values, ({ value }) => value) });
}
