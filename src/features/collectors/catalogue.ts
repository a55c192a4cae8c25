import type { CatalogueEntry } from '#core/api/collectors.ts';
import type { CollectorPlugin } from '#core/plugin/collector.ts';
import { optionsSchema } from '#core/plugin/option-schema.ts';

/** Every collector that there is, with the form of its options. */
export function catalogueOf(plugins: ReadonlyMap<string, CollectorPlugin>): readonly CatalogueEntry[] {
  return [...plugins].map(([id, plugin]) => ({
    ...{ id, title: plugin.title, summary: plugin.summary, group: plugin.group, intervalMs: plugin.defaultIntervalMs },
    options: optionsSchema(plugin.config),
    metrics: Object.keys(plugin.metrics).length,
    alerts: plugin.alerts?.length ?? 0,
    ...(plugin.dashboard === undefined ? {} : { dashboard: `builtin-${id}` }),
    isRemote: plugin.address !== undefined,
  }));
}
