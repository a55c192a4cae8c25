import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { InTurn } from '#io/in-turn.ts';
import { writeDurably } from '#io/write-durably.ts';
import { fiveMinuteSelect } from '../schema/statements.ts';
import type { TelemetryStore } from '../telemetry-store.ts';
import { eraseRollup, ROLLUP_TABLES, type SeriesSpan, wholeHours } from './rollup-tables.ts';

const FILE = 'rebuild.json';

/** What is on disk from before raw samples change until their rollups are right again. */
const Intent = z.object({ pairs: z.string().regex(/^[\d(),]+$/), from: z.number(), to: z.number() });

export type RollupRebuildOptions = {
  readonly store: TelemetryStore;
  readonly directory: string;
  /** Runs the work while no samples come into the store. */
  readonly withoutInserts: (work: () => Promise<void>) => Promise<void>;
  /** Brings everything that is stored into the rollups. */
  readonly rollUp: () => Promise<void>;
};

/**
 * Makes rollups of some hours again after raw samples were deleted. What comes in meanwhile is in the raw samples that
 * they are made of, and would be added once more by the worker or the view: so it waits in the spool for that moment.
 */
export class RollupRebuild {
  readonly #options: RollupRebuildOptions;
  readonly #turn = new InTurn();
  #pending: SeriesSpan | undefined;

  constructor(options: RollupRebuildOptions) {
    this.#options = options;
  }

  /** Takes up what an earlier process had begun; {@link finish} does it. */
  async open(): Promise<void> {
    const text = await readFile(this.#path, 'utf8').catch(() => undefined);
    this.#pending = text === undefined ? undefined : Intent.parse(JSON.parse(text));
  }

  /** The time (ms) from which on the rollups may be wrong; infinite when they are right. */
  get earliest(): number {
    return this.#pending?.from ?? Number.POSITIVE_INFINITY;
  }

  /**
   * Runs a change of the raw samples in the span, then makes the rollups of its hours again. When this fails or the
   * process ends in between, they are made by the next {@link finish}. Throws what the change throws, `unavailable`.
   */
  run(span: SeriesSpan, change: () => Promise<void>): Promise<void> {
    return this.#turn.run(async () => {
      await this.#finish();
      const hours = wholeHours(span);
      await writeDurably(this.#path, JSON.stringify(Intent.parse(hours)));
      this.#pending = hours;
      await change();
      await this.#finish();
    });
  }

  /** Does what is left to do. Throws `unavailable`. */
  finish(): Promise<void> {
    return this.#turn.run(() => this.#finish());
  }

  async #finish(): Promise<void> {
    const hours = this.#pending;
    if (hours === undefined) return;
    await this.#options.withoutInserts(() => this.#rebuild(hours));
    await rm(this.#path, { force: true });
    this.#pending = undefined;
  }

  async #rebuild(hours: SeriesSpan): Promise<void> {
    const { store, rollUp } = this.#options;
    await rollUp();
    for (const [table] of ROLLUP_TABLES) await eraseRollup(store, table, hours);
    const { pairs, from, to } = hours;
    const left = `(SELECT family, id, t, m, e FROM nocmate.samples WHERE (family, id) IN (${pairs})
  AND t >= fromUnixTimestamp64Milli(${from}) AND t < fromUnixTimestamp64Milli(${to}))`;
    await store.command(
      `INSERT INTO nocmate.samples_5m (family, id, t, vmin, vmax, vsum, vcnt, vlast) ${fiveMinuteSelect(left)}`,
    );
  }

  get #path(): string {
    return join(this.#options.directory, FILE);
  }
}
