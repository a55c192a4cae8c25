import { AppError } from '#core/errors.ts';
import type { Event } from '#core/model/event.ts';
import { labelsOfKey } from '#core/model/labels.ts';
import type { Sample } from '#core/model/sample.ts';
import type { CollectorPlugin } from '#core/plugin/collector.ts';
import type { SampleBatch } from '#core/sink.ts';
import { createLogger } from '#io/log.ts';
import { type CollectorRunner, createCollectorRunner } from './collector-runner.ts';
import type { CollectorsConfig } from './config.ts';
import { ManualClock } from './manual-clock.ts';

/** A runner on a manual clock with a sink in memory, for tests. */
export type RunnerBench = {
  readonly runner: CollectorRunner;
  readonly events: Event[];
  readonly advance: (ms: number) => Promise<void>;
  /** Stored samples of a metric, oldest first. */
  readonly points: (metric: string) => readonly Sample[];
  /** The last stored value of the metric's series that has all these labels. */
  readonly last: (metric: string, labels?: Readonly<Record<string, string>>) => number | undefined;
  /** Makes the sink refuse as it does on a full disk. */
  readonly refuse: (refuses: boolean) => void;
  readonly stop: (advanceMs?: number) => Promise<void>;
};

/** Starts a runner of these plugins at a full second. */
export function runnerBench(plugins: Record<string, CollectorPlugin>, config: CollectorsConfig = {}): RunnerBench {
  const clock = new ManualClock(1_700_000_000_000);
  const events: Event[] = [];
  const stored: Sample[] = [];
  let refuses = false;
  const runner = createCollectorRunner({
    plugins: new Map(Object.entries(plugins)),
    config,
    host: 'web-1',
    sink: {
      write: async (batch) => {
        if (refuses) throw new AppError('disk_full', 'the disk is full');
        stored.push(...samplesOf(batch));
      },
    },
    events: { append: (event) => events.push(event) },
    clock,
    logger: createLogger({ level: 'silent' }),
  });
  runner.start();
  const points = (metric: string): Sample[] => stored.filter(({ labels }) => labels['__name__'] === metric);
  return {
    runner,
    events,
    advance: (ms) => clock.advance(ms),
    points,
    last: (metric, labels = {}) =>
      points(metric).findLast((sample) =>
        Object.entries(labels).every(([name, value]) => sample.labels[name] === value),
      )?.v,
    refuse: (value) => {
      refuses = value;
    },
    stop: async (advanceMs = 0) => {
      const stopped = runner.stop();
      await clock.advance(advanceMs);
      await stopped;
    },
  };
}

function samplesOf({ keys, t, values }: SampleBatch): Sample[] {
  return keys.map((key, index) => ({ labels: labelsOfKey(key), t, v: values[index] ?? Number.NaN }));
}
