import { canonicalKey, type Labels, NAME_LABEL } from '#core/model/labels.ts';
import type { RecordColumns } from './record-columns.ts';
import type { ScrapeCounts } from './series-tracker.ts';

/** The series that every scrape adds about itself, as Prometheus names them. */
const NAMES = [
  'up',
  'scrape_duration_seconds',
  'scrape_samples_scraped',
  'scrape_samples_post_metric_relabeling',
  'scrape_series_added',
] as const;

/** The series about the scrapes of one target. */
export type ReportSeries = {
  readonly append: (
    columns: RecordColumns,
    scrape: { at: number; isUp: boolean; durationMs: number; counts: ScrapeCounts },
  ) => void;
  /** The target is gone. */
  readonly end: (columns: RecordColumns) => void;
};

/** Keys are made once. */
export function createReportSeries(labels: Labels): ReportSeries {
  const keys = NAMES.map((name) => canonicalKey({ ...labels, [NAME_LABEL]: name }));
  return {
    append: (columns, { at, isUp, durationMs, counts }) => {
      const values = [isUp ? 1 : 0, durationMs / 1_000, counts.scraped, counts.kept, counts.added];
      for (const [i, key] of keys.entries()) columns.sample(key, at, values[i] ?? 0);
    },
    end: (columns) => {
      for (const key of keys) columns.stale(key);
    },
  };
}
