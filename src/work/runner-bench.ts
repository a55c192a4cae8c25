import { AppError } from '#core/errors.ts';
import type { Event } from '#core/model/event.ts';
import { type Labels, labelsOfKey } from '#core/model/labels.ts';
import type { Sample } from '#core/model/sample.ts';
import type { CollectorPlugin } from '#core/plugin/collector.ts';
import type { RecordBatch, RecordSink } from '#core/sink.ts';
import { createLogger } from '#io/log.ts';
import { type CollectorRunner, createCollectorRunner } from './collector-runner.ts';
import type { CollectorsConfig } from './config.ts';
import { ManualClock } from './manual-clock.ts';

/** A runner on a manual clock with a sink in memory, for tests. */
export type RunnerBench = {
  readonly runner: CollectorRunner;
  readonly events: Event[];
  /** Series that ended, in order. */
  readonly ended: readonly Labels[];
  readonly advance: (ms: number) => Promise<void>;
  /** Stored samples of a metric, oldest first. */
  readonly points: (metric: string) => readonly Sample[];
  /** The last stored value of the metric's series that has all these labels. */
  readonly last: (metric: string, labels?: Readonly<Record<string, string>>) => number | undefined;
  /** Makes the sink refuse as it does on a full disk. */
  readonly refuse: (refuses: boolean) => void;
  readonly stop: (advanceMs?: number) => Promise<void>;
};

/** Keeps in memory what it is given. */
class MemorySink implements RecordSink {
  readonly stored: Sample[] = [];
  readonly ended: Labels[] = [];
  refuses = false;

  async writeRecords({ samples, stale }: RecordBatch) {
    if (this.refuses) throw new AppError('disk_full', 'the disk is full');
    for (const [i, key] of (samples?.keys ?? []).entries()) {
      this.stored.push({ labels: labelsOfKey(key), t: samples?.t[i] ?? 0, v: samples?.values[i] ?? Number.NaN });
    }
    for (const key of stale?.keys ?? []) this.ended.push(labelsOfKey(key));
    return { accepted: 0, rejectedTotal: 0, rejected: [] };
  }
}

/** Starts a runner of these plugins at a full second. */
export function runnerBench(plugins: Record<string, CollectorPlugin>, config: CollectorsConfig = {}): RunnerBench {
  const clock = new ManualClock(1_700_000_000_000);
  const events: Event[] = [];
  const sink = new MemorySink();
  const runner = createCollectorRunner({
    ...{ plugins: new Map(Object.entries(plugins)), config, host: 'web-1', sink, clock },
    secrets: { resolve: async (reference) => `secret of ${reference}` },
    events: { append: (event) => events.push(event) },
    logger: createLogger({ level: 'silent' }),
  });
  runner.start();
  const points = (metric: string): Sample[] => sink.stored.filter(({ labels }) => labels['__name__'] === metric);
  return {
    ...{ runner, events, ended: sink.ended, points },
    advance: (ms) => clock.advance(ms),
    last: (metric, labels = {}) =>
      points(metric).findLast((sample) =>
        Object.entries(labels).every(([name, value]) => sample.labels[name] === value),
      )?.v,
    refuse: (value) => {
      sink.refuses = value;
    },
    stop: async (advanceMs = 0) => {
      const stopped = runner.stop();
      await clock.advance(advanceMs);
      await stopped;
    },
  };
}
