import type { Collection, CollectorPlugin } from '#core/plugin/collector.ts';
import { openContext } from '#work/context/open-context.ts';

/** A collector with a real context, driven by hand. */
export type CollectorBench = {
  readonly collect: (deadlineMs?: number) => Promise<Collection>;
  /** The value of a metric with these labels in a collection. */
  readonly valueOf: (
    collection: Collection,
    metric: string,
    labels?: Readonly<Record<string, string>>,
  ) => number | undefined;
  readonly close: () => Promise<void>;
};

const DEADLINE_MS = 10_000;

/** Starts a collector with these options; `secrets` are values by reference. */
export function collectorBench(
  plugin: CollectorPlugin,
  options: Readonly<Record<string, unknown>>,
  secrets: Readonly<Record<string, string>> = {},
): CollectorBench {
  const { context, close } = openContext({ resolve: async (reference) => secrets[reference] ?? '' }, true);
  const instance = plugin.start(plugin.config.parse(options), context);
  return {
    collect: (deadlineMs = DEADLINE_MS) =>
      instance.collect({ signal: AbortSignal.timeout(deadlineMs), scheduledAt: Date.now() }),
    valueOf: ({ values }, metric, labels = {}) =>
      values.find(
        (one) => one.metric === metric && Object.entries(labels).every(([name, text]) => one.labels?.[name] === text),
      )?.value,
    close: async () => {
      await instance.close?.();
      close();
    },
  };
}
