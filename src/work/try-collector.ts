import type { TriedCollection, TriedSeries } from '#core/api/collectors.ts';
import { labelsOfKey, NAME_LABEL } from '#core/model/labels.ts';
import type { SecretSource } from '#core/secret-source.ts';
import type { Clock } from '#io/clock.ts';
import type { PlannedCollector } from './config.ts';
import { targetLabels } from './target-labels.ts';
import { TargetRunner } from './target-run.ts';
import { TargetSeries } from './target-series.ts';

export type TryTools = { readonly host: string; readonly clock: Clock; readonly secrets: SecretSource };

/** One run of a target with a connection of its own; nothing of it is stored. */
export async function tryCollector(
  planned: PlannedCollector,
  { host, clock, secrets }: TryTools,
  signal: AbortSignal,
): Promise<TriedCollection> {
  const runner = new TargetRunner(planned, clock, secrets);
  try {
    const outcome = await runner.run(clock.now(), signal);
    const tried = { target: planned.target, durationMs: outcome.durationMs };
    if (outcome.kind !== 'collected') {
      const kind = outcome.kind === 'stopped' ? 'failed' : outcome.kind;
      return { ...tried, isOk: false, series: [], problems: [], error: { kind, message: outcome.message } };
    }
    const series = new TargetSeries(planned, targetLabels(planned, host, planned.labels));
    const { keys, values, refusals } = series.take(outcome.collection, clock.monotonic());
    const refused = [...new Set(refusals.map(({ metric, refusal }) => `${metric}: ${refusal}`))];
    const failed = (outcome.collection.problems ?? []).map(({ part, message }) => `${part}: ${message}`);
    const shown = keys.map((key, i) => shownSeries(planned, key, values[i] ?? Number.NaN));
    const { table } = outcome.collection;
    const result = { ...tried, isOk: keys.length > 0, series: shown, problems: [...failed, ...refused] };
    return table === undefined ? result : { ...result, table };
  } finally {
    await runner.close().catch(() => undefined);
  }
}

function shownSeries({ metrics }: PlannedCollector, key: string, value: number): TriedSeries {
  const { [NAME_LABEL]: metric = '', ...labels } = labelsOfKey(key);
  const { unit = '', help = '' } = metrics[metric] ?? {};
  return { metric, labels, value, unit, help };
}
