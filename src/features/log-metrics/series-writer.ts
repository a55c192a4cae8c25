import { canonicalKey, type Labels, NAME_LABEL } from '#core/model/labels.ts';
import type { MetricMetadata } from '#core/model/metric-metadata.ts';
import type { RecordSink } from '#core/sink.ts';
import { InTurn } from '#io/in-turn.ts';
import type { Metrics, SeriesEraser } from '#query/metrics/index.ts';
import type { Samples } from './evaluate.ts';

export type SeriesWriterParts = {
  readonly sink: RecordSink;
  readonly metrics: Pick<Metrics, 'catalogue' | 'raw'>;
  readonly eraser: SeriesEraser;
};

/** A stored series in a range of time. */
export type StoredSeries = { readonly labels: Labels; readonly samples: ReadonlyMap<number, number> };

/** What became of samples: times at which others stood before, and why the intake refused some ('': it did not). */
export type Written = { readonly changed: number; readonly refused: string };

/** Times of samples, both ends inclusive, ms. */
type Times = { readonly from: number; readonly to: number };

/** Who writes, in the accounts. */
const SOURCE = 'log-metrics';
const MAX_SERIES = 100_000;
/** Calculated in another order, a mean may differ in its last digit. */
const TOLERANCE = 1e-12;

/** Writes the series of rules; a time never has two samples. */
export class SeriesWriter {
  readonly #parts: SeriesWriterParts;
  readonly #turn = new InTurn();

  constructor(parts: SeriesWriterParts) {
    this.#parts = parts;
  }

  /** Writes samples of times that have none. Throws `disk_full`, `unavailable`. */
  async append(samples: Samples, metadata: readonly MetricMetadata[] = []): Promise<Written> {
    const rows = [...samples].flatMap(([key, series]) => [...series].map(([t, v]) => [key, t, v] as const));
    if (rows.length === 0) return { changed: 0, refused: '' };
    const answer = await this.#parts.sink.writeRecords({
      source: SOURCE,
      metadata,
      samples: {
        keys: rows.map(([key]) => key),
        t: Float64Array.from(rows, ([, t]) => t),
        values: Float64Array.from(rows, ([, , v]) => v),
      },
    });
    const { rejectedTotal, rejected } = answer;
    const refused = `the intake refused ${rejectedTotal} samples: ${rejected[0]?.reason ?? ''}`;
    return { changed: 0, refused: rejectedTotal === 0 ? '' : refused };
  }

  /** Writes samples in the place of those that are stored: what is the same is left, what differs is erased first. */
  replace(names: readonly string[], samples: Samples, signal: AbortSignal): Promise<Written> {
    return this.#turn.run(() => this.#replace(names, samples, signal));
  }

  /** What is stored of series of these names. */
  async read(names: readonly string[], { from, to }: Times, signal: AbortSignal): Promise<readonly StoredSeries[]> {
    const { catalogue, raw } = this.#parts.metrics;
    const lists = await Promise.all(
      names.map((value) => catalogue.read([{ label: NAME_LABEL, op: '=', value }], { limit: MAX_SERIES, signal })),
    );
    const refs = lists.flatMap(({ series }) => series);
    if (refs.length === 0) return [];
    const found = await raw(refs, { from, to: to + 1 }, signal);
    return found.map(({ series, t, v }) => ({
      labels: series.labels,
      samples: new Map(Array.from(t, (time, i) => [time, v[i] ?? Number.NaN])),
    }));
  }

  async #replace(names: readonly string[], samples: Samples, signal: AbortSignal): Promise<Written> {
    const times = [...samples.values()].flatMap((series) => [...series.keys()]);
    if (times.length === 0) return { changed: 0, refused: '' };
    const stored = new Map<string, ReadonlyMap<number, number>>();
    for (const one of await this.read(names, rangeOf(times), signal)) {
      stored.set(canonicalKey(one.labels), one.samples);
    }
    const { fresh, wrong, wrongTimes } = compare(samples, stored);
    if (wrong.size === 0) return this.append(fresh);
    const span = rangeOf([...wrongTimes]);
    const selectors = names.map((value) => [{ label: NAME_LABEL, op: '=', value } as const]);
    await this.#parts.eraser.erase(selectors, span, { signal, only: (labels) => wrong.has(canonicalKey(labels)) });
    for (const key of wrong) {
      const merged = new Map([...(stored.get(key) ?? []), ...(samples.get(key) ?? [])]);
      const series = fresh.get(key) ?? new Map<number, number>();
      for (const [t, v] of merged) if (t >= span.from && t <= span.to) series.set(t, v);
      fresh.set(key, series);
    }
    return { ...(await this.append(fresh)), changed: wrongTimes.size };
  }
}

/** Samples of times that have none, the series that differ, and at which times they do. */
function compare(samples: Samples, stored: ReadonlyMap<string, ReadonlyMap<number, number>>) {
  const fresh: Samples = new Map();
  const wrong = new Set<string>();
  const wrongTimes = new Set<number>();
  for (const [key, series] of samples) {
    const old = stored.get(key);
    fresh.set(key, new Map([...series].filter(([t]) => !old?.has(t))));
    for (const [t, v] of series) {
      const before = old?.get(t);
      // Lines only come: a 0 says that they are not kept any more, or that nobody knows of any.
      if (before === undefined || v === 0 || isSame(before, v)) continue;
      wrong.add(key);
      wrongTimes.add(t);
    }
  }
  return { fresh, wrong, wrongTimes };
}

const isSame = (a: number, b: number): boolean =>
  Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b)) || Object.is(a, b);

function rangeOf(times: readonly number[]): Times {
  const ordered = Float64Array.from(times).sort();
  return { from: ordered[0] ?? 0, to: ordered.at(-1) ?? 0 };
}
