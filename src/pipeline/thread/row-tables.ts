import type { Event } from '#core/model/event.ts';
import type { Exemplar } from '#core/model/exemplar.ts';
import type { MetricMetadata } from '#core/model/metric-metadata.ts';
import { encodeNative } from '#storage/clickhouse/native/encode.ts';
import { eventsBlock, seriesColumns, timeColumn } from './blocks.ts';
import { type HistogramRow, histogramsBlock } from './histograms-block.ts';
import { KnownValues } from './known-values.ts';
import { LogBatches } from './log-batches.ts';
import { type Chunk, OpenRows } from './row-chunk.ts';
import type { SeriesCatalogue } from './series-catalogue.ts';
import type { SeriesHash } from './series-hash.ts';

type ExemplarRow = { readonly series: number; readonly exemplar: Exemplar };

const MAX_EVENTS = 10_000;
const MAX_HISTOGRAMS = 200_000;
const MAX_EXEMPLARS = 50_000;
const MAX_METADATA = 50_000;
const MAX_KNOWN_EXEMPLARS = 200_000;

/** What gathers the rows of one table. */
type OpenTable = { readonly rows: number; readonly all: readonly Chunk[]; readonly take: () => readonly Chunk[] };

/** The records that are not samples, on their way to the spool. */
export class RowTables {
  readonly events: OpenRows<Event>;
  readonly histograms: OpenRows<HistogramRow>;
  readonly logs = new LogBatches();
  readonly #exemplars: OpenRows<ExemplarRow>;
  readonly #metadata: OpenRows<MetricMetadata>;
  readonly #lastExemplars = new KnownValues<number>(MAX_KNOWN_EXEMPLARS);
  readonly #lastMetadata = new KnownValues<string>(MAX_METADATA);

  constructor(catalogue: SeriesCatalogue, hash: SeriesHash, now: () => number) {
    this.events = new OpenRows({
      ...{ table: 'events', maxRows: MAX_EVENTS, isCounted: true },
      encode: (rows) => eventsBlock(rows, hash),
    });
    this.histograms = new OpenRows({
      ...{ table: 'histograms', maxRows: MAX_HISTOGRAMS, isCounted: true },
      time: ({ t }) => t,
      series: ({ series }) => series,
      encode: (rows) => histogramsBlock(rows, catalogue),
    });
    this.#exemplars = new OpenRows({
      ...{ table: 'exemplars', maxRows: MAX_EXEMPLARS, isCounted: false },
      time: ({ exemplar }) => exemplar.t,
      series: ({ series }) => series,
      encode: (rows) => exemplarsBlock(rows, catalogue),
      onRemoved: ({ series }) => this.#lastExemplars.forget(series),
    });
    this.#metadata = new OpenRows({
      ...{ table: 'metric_metadata', maxRows: MAX_METADATA, isCounted: false },
      encode: (rows) => metadataBlock(rows, now()),
      onRemoved: ({ metric }) => this.#lastMetadata.forget(metric),
    });
  }

  get all(): readonly OpenTable[] {
    return [this.#metadata, this.histograms, this.#exemplars, this.events, this.logs];
  }

  /** Keeps an exemplar, unless the series had the same last (senders repeat them) or too many are waiting. */
  exemplar(row: ExemplarRow, input: number): void {
    const { t, v } = row.exemplar;
    if (this.#lastExemplars.isNews(row.series, `${t} ${v}`)) this.#exemplars.append(row, input);
  }

  /** Keeps what is said about a metric when it is new or differs from what was said last. */
  metadata(row: MetricMetadata, input: number): void {
    const { metric, type, unit, help } = row;
    const isNews = this.#lastMetadata.isNews(metric, `${type}\0${unit}\0${help}`);
    if (isNews && !this.#metadata.append(row, input)) this.#lastMetadata.forget(metric);
  }
}

function exemplarsBlock(rows: readonly ExemplarRow[], catalogue: SeriesCatalogue): Uint8Array {
  const exemplars = rows.map(({ exemplar }) => exemplar);
  return encodeNative(
    [
      ...seriesColumns(
        rows.map(({ series }) => series),
        catalogue,
      ),
      timeColumn(exemplars.map(({ t }) => t)),
      { name: 'v', type: 'Float64', values: Float64Array.from(exemplars, ({ v }) => v) },
      { name: 'labels', type: 'Map(String, String)', values: exemplars.map(({ labels }) => labels) },
    ],
    rows.length,
  );
}

function metadataBlock(rows: readonly MetricMetadata[], now: number): Uint8Array {
  const texts = (name: keyof MetricMetadata) =>
    ({ name, type: 'String', values: rows.map((row) => row[name]) }) as const;
  const lastSeen = new Uint32Array(rows.length).fill(Math.floor(now / 1000));
  return encodeNative(
    [
      ...(['metric', 'type', 'unit', 'help'] as const).map(texts),
      { name: 'last_seen', type: 'DateTime', values: lastSeen },
    ],
    rows.length,
  );
}
