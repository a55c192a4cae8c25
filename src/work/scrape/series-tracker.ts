import type { ExposedExemplar, ExposedSeries, Exposition, SeriesCache } from '#core/exposition/exposition.ts';
import type { Labels } from '#core/model/labels.ts';
import type { PlannedJob } from './plan.ts';
import { RecordColumns } from './record-columns.ts';
import { createSeriesKeys, ScrapeLimitError, type SeriesKeys } from './series-keys.ts';

/** Numbers of one scrape, for the target's own series. */
export type ScrapeCounts = { scraped: number; kept: number; added: number };

/** How many series texts may be remembered per live series before all are forgotten. */
const CACHE_SLACK = 2;
const CACHE_MINIMUM = 1_000;

/**
 * Turns the expositions of one target into records: labels, timestamps, stale markers of series that are gone,
 * exemplars and metadata that are new.
 */
export class SeriesTracker {
  /** For the parser. */
  readonly cache: SeriesCache = new Map();
  readonly #plan: PlannedJob;
  readonly #keys: SeriesKeys;
  /** Series of the last good scrape; false: it has timestamps of its own and gets no stale marker. */
  #alive = new Map<string, boolean>();
  readonly #metadata = new Map<string, string>();
  readonly #exemplars = new Map<string, string>();

  constructor(labels: Labels, plan: PlannedJob) {
    this.#plan = plan;
    this.#keys = createSeriesKeys(labels, plan);
  }

  /** The records of a good scrape at `at`. Throws {@link ScrapeLimitError}; then nothing has changed. */
  take(exposition: Exposition, at: number, columns: RecordColumns): ScrapeCounts {
    const { samples, histograms } = exposition;
    const counts = { scraped: samples.length + histograms.length, kept: 0, added: 0 };
    const current = new Map<string, boolean>();
    for (const { series, t, v, exemplar } of samples) {
      const entry = this.#enter(series, { t, at, current, counts });
      if (entry === undefined) continue;
      columns.sample(entry.key, entry.t, v);
      if (exemplar !== undefined) this.#exemplar(entry, exemplar, columns);
    }
    for (const { series, t, histogram, exemplars } of histograms) {
      const entry = this.#enter(series, { t, at, current, counts });
      if (entry === undefined) continue;
      columns.histograms.push({ ...entry, histogram });
      for (const exemplar of exemplars) this.#exemplar(entry, exemplar, columns);
    }
    for (const [key, isTracked] of this.#alive) if (isTracked && !current.has(key)) columns.stale(key);
    this.#alive = current;
    this.#describe(exposition, columns);
    this.#trim();
    return counts;
  }

  /** Every series ends: the scrape failed or the target is gone. */
  endAll(columns: RecordColumns): void {
    for (const [key, isTracked] of this.#alive) if (isTracked) columns.stale(key);
    this.#alive = new Map();
    this.#exemplars.clear();
  }

  /** Undefined: it is dropped, or it is a second sample of the series in this scrape. */
  #enter(
    series: ExposedSeries,
    scrape: { t: number | undefined; at: number; current: Map<string, boolean>; counts: ScrapeCounts },
  ): { key: string; t: number } | undefined {
    const { at, current, counts } = scrape;
    const key = this.#keys.keyOf(series);
    if (key === undefined) return undefined;
    const { job, limits } = this.#plan;
    const own = job.honor_timestamps ? scrape.t : undefined;
    const isKnown = current.has(key);
    if (isKnown && own === undefined) return undefined;
    counts.kept++;
    if (limits.sample_limit > 0 && counts.kept > limits.sample_limit) {
      throw new ScrapeLimitError(`it exposes more samples than sample_limit ${limits.sample_limit}`);
    }
    if (!isKnown && !this.#alive.has(key)) counts.added++;
    current.set(key, own === undefined || job.track_timestamps_staleness);
    return { key, t: own ?? at };
  }

  #exemplar({ key, t }: { key: string; t: number }, exemplar: ExposedExemplar, columns: RecordColumns): void {
    const { labels, v } = exemplar;
    // Exposers repeat an exemplar until they have a new one.
    const said = JSON.stringify([labels, v, exemplar.t]);
    if (this.#exemplars.get(key) === said) return;
    this.#exemplars.set(key, said);
    columns.exemplars.push({ key, exemplar: { labels, v, t: exemplar.t ?? t } });
  }

  #describe({ metadata }: Exposition, columns: RecordColumns): void {
    for (const one of metadata) {
      const said = `${one.type}\n${one.unit}\n${one.help}`;
      if (this.#metadata.get(one.metric) === said) continue;
      this.#metadata.set(one.metric, said);
      columns.metadata.push(one);
    }
  }

  #trim(): void {
    if (this.cache.size <= this.#alive.size * CACHE_SLACK + CACHE_MINIMUM) return;
    this.cache.clear();
    this.#keys.clear();
    this.#exemplars.clear();
  }
}
