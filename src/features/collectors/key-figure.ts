import type { KeyFigure } from '#core/api/collectors.ts';
import type { CollectorPlugin } from '#core/plugin/collector.ts';
import type { MetricDefinition } from '#core/plugin/metric.ts';

/** What says that something runs, or how much it may do at most, says little about what it does. */
const TELLS_LITTLE = /_(info|limit|ok|uptime_seconds(_total)?)(_bytes)?$/;

/** The key figure of a plugin: the one it names, else its first counter, else its first gauge. */
export function keyFigureOf({ metrics, keyFigure }: CollectorPlugin): KeyFigure | undefined {
  const telling = Object.entries(metrics).filter(
    ([name, { states }]) => !TELLS_LITTLE.test(name) && states === undefined,
  );
  const first = telling.find(([, { kind }]) => kind === 'counter') ?? telling[0];
  const { metric = first?.[0], where } = keyFigure ?? {};
  const definition = metric === undefined ? undefined : metrics[metric];
  if (metric === undefined || definition === undefined) return undefined;
  return {
    ...{ metric, isRate: definition.kind === 'counter', unit: unitOf(definition), help: definition.help },
    ...(where === undefined ? {} : { where }),
  };
}

function unitOf({ kind, unit }: MetricDefinition): string {
  if (kind === 'gauge') return unit;
  if (unit === 'seconds') return 'ratio';
  return unit === '' ? 'per_second' : `${unit}_per_second`;
}
