import type { MetricListRequest, MetricSummary } from '#core/api/query.ts';
import type { Clock } from '#io/clock.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { textLiteral } from './literal.ts';
import { kindOf, unitOfName } from './metric-name.ts';

export type MetricListOptions = MetricListRequest & { readonly signal?: AbortSignal };

/** A list of this age is answered as it is; an older one is answered too, and read again behind it. */
const FRESH_MS = 5_000;
const MAX_AGE_MS = 60_000;
/** A store with more metrics is asked each time. */
const MAX_KEPT = 20_000;

type Kept = { readonly list: readonly MetricSummary[]; readonly at: number };

/** The metrics of label series, by name, kept for some seconds: counting their series reads the whole catalogue. */
export class MetricList {
  readonly #store: TelemetryStore;
  readonly #clock: Clock;
  #kept: Kept | undefined;
  #isStale = false;
  #reading: Promise<Kept> | undefined;

  constructor(store: TelemetryStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  async find(options: MetricListOptions): Promise<MetricSummary[]> {
    const { list } = await this.#current();
    if (list.length > MAX_KEPT) return readMetrics(this.#store, options);
    return list.filter(selects(options)).slice(0, options.limit);
  }

  /** The next answer is still the kept one, but it is read again. */
  markStale(): void {
    this.#isStale = true;
  }

  async #current(): Promise<Kept> {
    const kept = this.#kept;
    const age = kept === undefined ? Number.POSITIVE_INFINITY : this.#clock.monotonic() - kept.at;
    if (kept === undefined || age > MAX_AGE_MS) return this.#read();
    // A fault shows once the kept list is too old to be answered.
    if (age > FRESH_MS || this.#isStale) this.#read().catch(() => undefined);
    return kept;
  }

  #read(): Promise<Kept> {
    this.#reading ??= this.#readAnew().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #readAnew(): Promise<Kept> {
    this.#isStale = false;
    const list = await readMetrics(this.#store, { limit: MAX_KEPT + 1 });
    this.#kept = { list, at: this.#clock.monotonic() };
    return this.#kept;
  }
}

function selects({ prefix = '', search = '' }: MetricListOptions): (metric: MetricSummary) => boolean {
  const wanted = search.toLowerCase();
  return ({ name }) => name.startsWith(prefix) && name.toLowerCase().includes(wanted);
}

/** Untagged Graphite series are in the path tree; those that a rule maps are in both. */
async function readMetrics(store: TelemetryStore, options: MetricListOptions): Promise<MetricSummary[]> {
  const where = ['notEmpty(labels)'];
  if (options.prefix) where.push(`startsWith(metric, ${textLiteral(options.prefix)})`);
  if (options.search) where.push(`positionCaseInsensitiveUTF8(metric, ${textLiteral(options.search)}) > 0`);
  const rows = await store.rows<{ name: string; kind: number; unit: string; series: string }>(
    `SELECT metric AS name, max(type) AS kind, max(unit) AS unit, uniqExact(id) AS series FROM nocmate.series
     WHERE ${where.join(' AND ')} GROUP BY metric ORDER BY metric LIMIT ${options.limit}`,
    options.signal === undefined ? undefined : { signal: options.signal },
  );
  return rows.map((row) => {
    const kind = kindOf(row.kind, row.name);
    const unit = row.unit || unitOfName(row.name);
    return { name: row.name, unit, series: Number(row.series), ...(kind === undefined ? {} : { kind }) };
  });
}
