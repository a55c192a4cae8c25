import type { SampleWriter } from '#core/plugin/input.ts';
import type { ListenerParts } from './listener.ts';
import { StreamWriter } from './sample-writer.ts';

/** What one input gathers, and how it is written. */
export type PeriodicFlush = {
  readonly slot: number;
  readonly intervalMs: number;
  readonly flush: (writer: SampleWriter, at: number, isLast: boolean) => void;
  /** Off: what is written is not aggregated in turn. */
  readonly isAggregated?: boolean;
};

export type FlushParts = Pick<ListenerParts, 'writers' | 'spooler' | 'gate' | 'sources'>;

/**
 * Flushes at every multiple of the interval, on the wall clock; a multiple at which intake is closed passes. Returns what
 * ends it, after a last flush.
 */
export function startFlushing(
  parts: FlushParts,
  { slot, intervalMs, flush, isAggregated = true }: PeriodicFlush,
): () => void {
  const writer = new StreamWriter(parts.writers, slot, parts.sources.of(slot, 'flush'));
  writer.isAggregated = isAggregated;
  const { now } = parts.writers;
  let timer: NodeJS.Timeout | undefined;
  const write = (at: number, isLast: boolean): void => {
    if (parts.gate.reason !== undefined) return;
    try {
      writer.begin();
      flush(writer, at, isLast);
    } finally {
      writer.commit();
    }
    parts.spooler.afterChunk();
  };
  const schedule = (next: number): void => {
    timer = setTimeout(
      () => {
        // A timer may fire a little early; the multiple it waited for is due all the same.
        const due = Math.max(next, Math.floor(now() / intervalMs) * intervalMs);
        write(due, false);
        schedule(due + intervalMs);
      },
      Math.max(0, next - now()),
    );
  };
  schedule((Math.floor(now() / intervalMs) + 1) * intervalMs);
  return () => {
    clearTimeout(timer);
    write(now(), true);
  };
}
