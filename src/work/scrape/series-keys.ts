import type { ExposedSeries } from '#core/exposition/exposition.ts';
import { openMetricsNumber, parseNumber } from '#core/exposition/number-text.ts';
import { canonicalKey, isLabelText, type Labels, NAME_LABEL } from '#core/model/labels.ts';
import type { PlannedJob } from './plan.ts';

/** A series that a limit of the job refuses: the scrape fails. */
export class ScrapeLimitError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ScrapeLimitError';
  }
}

/** Under which key a series of a target is stored: known ones by identity, so that labels are made once. */
export type SeriesKeys = {
  /** Undefined: relabelling drops it. Throws {@link ScrapeLimitError}. */
  readonly keyOf: (series: ExposedSeries) => string | undefined;
  /** Forgets everything. */
  readonly clear: () => void;
};

/** Keys of the series of one target. */
export function createSeriesKeys(targetLabels: Labels, plan: PlannedJob): SeriesKeys {
  const known = new Map<ExposedSeries, string | undefined>();
  return {
    keyOf: (series) => {
      if (known.has(series)) return known.get(series);
      const key = resolve(series, targetLabels, plan);
      known.set(series, key);
      return key;
    },
    clear: () => known.clear(),
  };
}

function resolve(
  series: ExposedSeries,
  target: Labels,
  { job, limits, relabelSeries }: PlannedJob,
): string | undefined {
  const exposed = withNormalNumber(series);
  const merged = job.honor_labels ? { ...target, ...exposed } : overruled(exposed, target);
  const labels = relabelSeries(merged);
  if (labels === undefined) return undefined;
  const kept: Record<string, string> = Object.create(null) as Record<string, string>;
  // Control characters separate the parts of keys and cannot be stored; a blank takes their place.
  for (const [label, value] of Object.entries(labels))
    if (value !== '') kept[label] = isLabelText(value) ? value : value.replace(/[\x00-\x1f\x7f]/g, ' ');
  if (kept[NAME_LABEL] === undefined) return undefined;
  checkLimits(kept, limits);
  return canonicalKey(kept);
}

/** Labels of the exposer give way to those of the target: they become `exported_…`. */
function overruled(exposed: Labels, target: Labels): Labels {
  const merged: Record<string, string> = { ...exposed, ...target };
  const conflicting = Object.keys(target).filter((label) => (exposed[label] ?? '') !== '');
  for (const label of conflicting.sort()) {
    let name = `exported_${label}`;
    while (name in merged) name = `exported_${name}`;
    merged[name] = exposed[label] ?? '';
  }
  return merged;
}

/** `le="1"` is `le="1.0"`, so that the format of the answer does not make other series of them. */
function withNormalNumber({ name, labels, numberLabel }: ExposedSeries): Labels {
  const value = numberLabel === undefined ? undefined : parseNumber(labels[numberLabel] ?? '');
  if (numberLabel === undefined || value === undefined) return { ...labels, [NAME_LABEL]: name };
  return { ...labels, [NAME_LABEL]: name, [numberLabel]: openMetricsNumber(value) };
}

function checkLimits(labels: Labels, limits: PlannedJob['limits']): void {
  const { label_limit: most, label_name_length_limit: longestName, label_value_length_limit: longestValue } = limits;
  const entries = Object.entries(labels);
  if (most > 0 && entries.length > most) {
    throw new ScrapeLimitError(
      `the series ${labels[NAME_LABEL]} has ${entries.length} labels, more than label_limit ${most}`,
    );
  }
  for (const [name, value] of entries) {
    if (longestName > 0 && name.length > longestName)
      throw new ScrapeLimitError(`the label name "${name}" is longer than label_name_length_limit ${longestName}`);
    if (longestValue > 0 && value.length > longestValue)
      throw new ScrapeLimitError(
        `the value of the label ${name} is longer than label_value_length_limit ${longestValue}`,
      );
  }
}
