import { z } from 'zod';
import { AppError } from '#core/errors.ts';
import { nearestName } from '#core/nearest-name.ts';
import type { CollectorPlugin } from '#core/plugin/collector.ts';
import { Duration } from '#core/units/duration.ts';

/** What every entry of a collector may say besides the plugin's own options. */
const CollectorEntry = z.looseObject({
  /** How often it runs; default: the plugin's. */
  interval: Duration.optional(),
  /** A run that takes longer is given up; it never exceeds 0.8 × interval. */
  timeout: Duration.optional(),
  enabled: z.boolean().default(true),
});
type CollectorEntry = z.infer<typeof CollectorEntry>;

/**
 * The `collectors` section: plugin id → list of targets. A listed id replaces what the plugin runs automatically, so
 * `host: []` turns the host collector off. The options of the plugins are checked by {@link planCollectors}.
 */
export const CollectorsConfig = z.record(z.string(), z.array(CollectorEntry));
export type CollectorsConfig = z.infer<typeof CollectorsConfig>;

/** One target to collect from; durations in ms. `start` gives a new instance with the checked options. */
export type PlannedCollector = {
  readonly id: string;
  readonly plugin: CollectorPlugin;
  readonly config: unknown;
  readonly target: string;
  readonly intervalMs: number;
  readonly deadlineMs: number;
};

export const SHORTEST_INTERVAL_MS = 100;
const DEFAULT_TIMEOUT_MS = 10_000;
const DEADLINE_SHARE = 0.8;

/**
 * Every target that the config and the plugins' automatic configs ask for. Throws `bad_request` that names the place
 * for an unknown plugin id, an option that the plugin refuses, or two entries with one target.
 */
export function planCollectors(
  plugins: ReadonlyMap<string, CollectorPlugin>,
  config: CollectorsConfig,
): readonly PlannedCollector[] {
  for (const id of Object.keys(config)) if (!plugins.has(id)) throw unknownPlugin(id, plugins);
  const planned: PlannedCollector[] = [];
  for (const [id, plugin] of plugins) {
    const entries = config[id] ?? plugin.automatic.map((automatic) => CollectorEntry.parse(automatic));
    for (const [index, entry] of entries.entries()) {
      if (entry.enabled) planned.push(planCollector(id, plugin, entry, `collectors.${id}[${index}]`));
    }
  }
  refuseTwins(planned);
  return planned;
}

function planCollector(id: string, plugin: CollectorPlugin, entry: CollectorEntry, place: string): PlannedCollector {
  const { interval, timeout, enabled: _, ...options } = entry;
  const parsed = plugin.config.safeParse(options);
  if (!parsed.success) throw new AppError('bad_request', `${place}: ${z.prettifyError(parsed.error)}`);
  const intervalMs = interval ?? plugin.defaultIntervalMs;
  if (intervalMs < SHORTEST_INTERVAL_MS) {
    throw new AppError('bad_request', `${place}.interval: write at least ${SHORTEST_INTERVAL_MS}ms`);
  }
  const deadlineMs = Math.min(timeout ?? DEFAULT_TIMEOUT_MS, intervalMs * DEADLINE_SHARE);
  return { id, plugin, config: parsed.data, target: plugin.target(parsed.data), intervalMs, deadlineMs };
}

function unknownPlugin(id: string, plugins: ReadonlyMap<string, CollectorPlugin>): AppError {
  const nearest = nearestName(id, [...plugins.keys()]);
  const hint = nearest === undefined ? 'no collectors are installed' : `did you mean "${nearest}"?`;
  return new AppError('bad_request', `collectors.${id}: there is no collector of this name; ${hint}`);
}

function refuseTwins(planned: readonly PlannedCollector[]): void {
  const seen = new Set<string>();
  for (const { id, target } of planned) {
    const name = `${id} ${target}`;
    if (seen.has(name)) throw new AppError('bad_request', `collectors.${id}: the target ${target} is listed twice`);
    seen.add(name);
  }
}
