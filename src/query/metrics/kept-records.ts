import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { HistogramPresence } from './histogram-presence.ts';
import type { PromSourceParts } from './prom-source-parts.ts';
import { SampleCache } from './sample-cache.ts';

/** What is kept in memory of the store's records. */
export type KeptRecords = {
  readonly parts: Pick<PromSourceParts, 'sampleCache' | 'histogramPresence'>;
  readonly noticeStored: (table: string, oldest: number | undefined) => void;
  /** Records have been deleted. */
  readonly forget: () => void;
  readonly size: () => { readonly bytes: number; readonly limitBytes: number };
};

/** Nothing is kept within 0 bytes. */
export function createKeptRecords(store: TelemetryStore, limitBytes = 0): KeptRecords {
  if (limitBytes === 0) {
    const nothing = (): void => undefined;
    return { parts: {}, noticeStored: nothing, forget: nothing, size: () => ({ bytes: 0, limitBytes }) };
  }
  const sampleCache = new SampleCache(limitBytes);
  const histogramPresence = new HistogramPresence(store);
  return {
    parts: { sampleCache, histogramPresence },
    noticeStored: (table, oldest) => {
      if (table === 'samples') sampleCache.noteArrival(oldest ?? Number.NEGATIVE_INFINITY);
      else if (table === 'histograms') histogramPresence.forget();
    },
    forget: () => {
      sampleCache.clear();
      histogramPresence.forget();
    },
    size: () => ({ bytes: sampleCache.bytes, limitBytes }),
  };
}
