import { z } from 'zod';
import { TARGET_SETTINGS, type TargetOrigin } from '#core/api/collectors.ts';
import { AppError } from '#core/errors.ts';
import type { Labels } from '#core/model/labels.ts';
import { nearestName } from '#core/nearest-name.ts';
import type { CollectorPlugin } from '#core/plugin/collector.ts';
import type { MetricTable } from '#core/plugin/metric.ts';
import { DnsTargets } from './dns-section.ts';

/** An entry of a collector: what every target may say, and the plugin's own options. */
const CollectorEntry = z.looseObject(TARGET_SETTINGS);

/**
 * The `collectors` section: plugin id → list of targets. A listed id replaces what the plugin runs automatically, so
 * `host: []` turns the host collector off. Its entries are checked by {@link planCollectors}, which knows the plugins.
 */
export const CollectorsConfig = z.record(z.string(), z.array(z.looseObject({})));
export type CollectorsConfig = z.infer<typeof CollectorsConfig>;

/** Where targets come from besides the section `collectors`. */
export const TargetsConfig = z.strictObject({
  /** Files of targets (YAML or JSON, the shape of `collectors`); the last part of a path may hold `*`. */
  files: z.array(z.string().min(1)).default([]),
  /** What DNS leads to. */
  dns: z.array(DnsTargets).default([]),
  /** What is found on this host: `auto` starts what answers without a login and offers the rest, `offer` only offers. */
  discover: z.enum(['auto', 'offer', 'off']).default('auto'),
});

/** One target to collect from; durations in ms. */
export type PlannedCollector = {
  readonly id: string;
  readonly plugin: CollectorPlugin;
  readonly config: unknown;
  /** Every series it may have. */
  readonly metrics: MetricTable;
  readonly target: string;
  readonly intervalMs: number;
  readonly deadlineMs: number;
  /** What the operator says, besides the labels that follow from the address. */
  readonly labels: Labels;
  readonly origin: TargetOrigin;
  /** Of a stored target. */
  readonly storedId?: string;
};

/** What one target asks for: its options and settings as they are written. */
export type TargetEntry = {
  readonly collector: string;
  readonly entry: unknown;
  /** Names the entry in errors: `collectors.redis[0]`. */
  readonly place: string;
  readonly origin: TargetOrigin;
  readonly storedId?: string;
};

type Plugins = ReadonlyMap<string, CollectorPlugin>;

export const SHORTEST_INTERVAL_MS = 100;
const DEFAULT_TIMEOUT_MS = 10_000;
const DEADLINE_SHARE = 0.8;

/**
 * Every target that the config and the plugins' automatic configs ask for. Throws `bad_request` that names the place
 * for an unknown plugin id, an option that the plugin refuses, or two entries with one target.
 */
export function planCollectors(plugins: Plugins, config: CollectorsConfig): readonly PlannedCollector[] {
  const planned = [
    ...planSection(plugins, config, { place: 'collectors', origin: 'config' }),
    ...[...plugins].flatMap(([id, plugin]) => (config[id] === undefined ? planAutomatic(plugins, id, plugin) : [])),
  ];
  refuseTwins(planned);
  return planned;
}

function planAutomatic(plugins: Plugins, id: string, { automatic }: CollectorPlugin): PlannedCollector[] {
  return automatic.flatMap(
    (entry) => planTarget(plugins, { collector: id, entry, place: `collectors.${id}`, origin: 'automatic' }) ?? [],
  );
}

/** The targets of a section or file (plugin id → list); throws as {@link planCollectors}. */
export function planSection(
  plugins: Plugins,
  section: Readonly<Record<string, readonly unknown[]>>,
  { place, origin }: Pick<TargetEntry, 'place' | 'origin'>,
): PlannedCollector[] {
  return Object.entries(section).flatMap(([collector, entries]) => {
    if (!plugins.has(collector)) throw unknownPlugin(`${place}.${collector}`, collector, plugins);
    return entries.flatMap((entry, index) => {
      return planTarget(plugins, { collector, entry, place: `${place}.${collector}[${index}]`, origin }) ?? [];
    });
  });
}

/** One target, checked; undefined when it is switched off. Throws `bad_request` that names the place. */
export function planTarget(plugins: Plugins, target: TargetEntry): PlannedCollector | undefined {
  const { collector: id, place, origin, storedId } = target;
  const plugin = plugins.get(id);
  if (plugin === undefined) throw unknownPlugin(place, id, plugins);
  const { interval, timeout, labels, enabled, ...options } = checked(CollectorEntry, target.entry, place);
  if (!enabled) return undefined;
  const config = checked(plugin.config, options, place);
  const intervalMs = interval ?? plugin.defaultIntervalMs;
  if (intervalMs < SHORTEST_INTERVAL_MS) {
    throw new AppError('bad_request', `${place}.interval: write at least ${SHORTEST_INTERVAL_MS}ms`);
  }
  const deadlineMs = Math.min(timeout ?? DEFAULT_TIMEOUT_MS, intervalMs * DEADLINE_SHARE);
  const metrics = { ...plugin.ownMetrics?.(config), ...plugin.metrics };
  const known = { id, plugin, config, metrics, target: plugin.target(config), intervalMs, deadlineMs, labels, origin };
  return storedId === undefined ? known : { ...known, storedId };
}

function checked<Value>(schema: z.ZodType<Value>, value: unknown, place: string): Value {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AppError('bad_request', `${place}: ${z.prettifyError(parsed.error)}`);
}

function unknownPlugin(place: string, id: string, plugins: Plugins): AppError {
  const nearest = nearestName(id, [...plugins.keys()]);
  const hint = nearest === undefined ? 'no collectors are installed' : `did you mean "${nearest}"?`;
  return new AppError('bad_request', `${place}: there is no collector of this name; ${hint}`);
}

function refuseTwins(planned: readonly PlannedCollector[]): void {
  const seen = new Set<string>();
  for (const { id, target } of planned) {
    const name = `${id} ${target}`;
    if (seen.has(name)) throw new AppError('bad_request', `collectors.${id}: the target ${target} is listed twice`);
    seen.add(name);
  }
}
