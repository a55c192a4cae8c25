import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';

/** Whether the store has any native histograms at all, asked once until some come in. */
export class HistogramPresence {
  readonly #store: TelemetryStore;
  #isAny: Promise<boolean> | undefined;

  constructor(store: TelemetryStore) {
    this.#store = store;
  }

  /** The store has got histograms, or lost some. */
  forget(): void {
    this.#isAny = undefined;
  }

  isAny(): Promise<boolean> {
    this.#isAny ??= this.#ask();
    return this.#isAny;
  }

  async #ask(): Promise<boolean> {
    try {
      return (await this.#store.rows('SELECT 1 AS one FROM nocmate.histograms LIMIT 1')).length > 0;
    } catch (error) {
      this.#isAny = undefined;
      throw error;
    }
  }
}
