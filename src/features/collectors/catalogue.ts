import type { CatalogueEntry } from '#core/api/collectors.ts';
import type { CollectorPlugin } from '#core/plugin/collector.ts';
import { optionsSchema } from '#core/plugin/option-schema.ts';
import { keyFigureOf } from './key-figure.ts';

/** Every collector that there is, with the form of its options. */
export function catalogueOf(plugins: ReadonlyMap<string, CollectorPlugin>): readonly CatalogueEntry[] {
  return [...plugins].map(([id, plugin]) => ({
    ...figuresOf(plugin),
    ...{ id, title: plugin.title, summary: plugin.summary, group: plugin.group, intervalMs: plugin.defaultIntervalMs },
    options: optionsSchema(plugin.config),
    metrics: Object.keys(plugin.metrics).length,
    alerts: plugin.alerts?.length ?? 0,
    ...(plugin.dashboard === undefined ? {} : { dashboard: `builtin-${id}` }),
    isRemote: plugin.address !== undefined,
  }));
}

function figuresOf(plugin: CollectorPlugin): Pick<CatalogueEntry, 'keyFigure' | 'okMetric'> {
  const keyFigure = keyFigureOf(plugin);
  const okMetric =
    plugin.isCheck === true ? Object.keys(plugin.metrics).find((name) => name.endsWith('_ok')) : undefined;
  return { ...(keyFigure === undefined ? {} : { keyFigure }), ...(okMetric === undefined ? {} : { okMetric }) };
}
