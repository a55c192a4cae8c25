import { canonicalKey, isLabelText, type Labels, NAME_LABEL } from '#core/model/labels.ts';
import type { CollectedValue } from '#core/plugin/collector.ts';
import type { MetricTable } from '#core/plugin/metric.ts';

/** Labels that any value may carry without declaring them; a plugin that reads other machines sets `host` itself. */
export const STANDARD_LABELS: readonly string[] = ['host', 'service', 'instance', 'zone'];

/** Why a value is not stored. */
export type Refusal = 'undeclared' | 'bad_label' | 'duplicate' | 'too_many_series';

export type SeriesGuard = {
  /** The canonical key of the value's series, or why it is refused. All values of one run come with one time. */
  readonly admit: (
    value: CollectedValue,
    monotonicMs: number,
  ) => { readonly key: string } | { readonly refusal: Refusal };
  readonly size: () => number;
};

const LONGEST_LABEL = 1_024;
/** A series that was not seen for so long makes room for a new one. */
const FORGET_AFTER_MS = 3_600_000;
/** A sweep looks at every series, so a flood of new ones must not cause one each. */
const SWEEP_EVERY_MS = 60_000;

/** Lets through values of the metric table with declared labels, up to `limit` series; all get the target's labels. */
export function createSeriesGuard(table: MetricTable, target: Labels, limit: number): SeriesGuard {
  const allowed = new Map(
    Object.entries(table).map(([metric, { labels, states }]) => {
      return [metric, new Set([...labels, ...(states === undefined ? [] : [states.label]), ...STANDARD_LABELS])];
    }),
  );
  const lastSeen = new Map<string, number>();
  let sweptAt = Number.NEGATIVE_INFINITY;

  function hasRoom(key: string, now: number): boolean {
    if (lastSeen.size < limit || lastSeen.has(key)) return true;
    if (now - sweptAt < SWEEP_EVERY_MS) return false;
    sweptAt = now;
    for (const [old, seen] of lastSeen) if (now - seen > FORGET_AFTER_MS) lastSeen.delete(old);
    return lastSeen.size < limit;
  }

  return {
    admit: ({ metric, labels = {} }, now) => {
      const names = allowed.get(metric);
      if (names === undefined) return { refusal: 'undeclared' };
      for (const name in labels) {
        if (!names.has(name)) return { refusal: 'undeclared' };
        const text = labels[name] ?? '';
        if (text.length > LONGEST_LABEL || !isLabelText(text)) return { refusal: 'bad_label' };
      }
      const key = canonicalKey({ ...target, ...labels, [NAME_LABEL]: metric });
      if (lastSeen.get(key) === now) return { refusal: 'duplicate' };
      if (!hasRoom(key, now)) return { refusal: 'too_many_series' };
      lastSeen.set(key, now);
      return { key };
    },
    size: () => lastSeen.size,
  };
}
