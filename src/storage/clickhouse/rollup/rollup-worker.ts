import { createHash } from 'node:crypto';
import { AppError } from '#core/errors.ts';
import type { Clock } from '#io/clock.ts';
import { InTurn } from '#io/in-turn.ts';
import type { Logger } from '#io/log.ts';
import { quoteText } from '../engine/literal.ts';
import { spoolStructure } from '../schema/spool-tables.ts';
import { fiveMinuteSelect } from '../schema/statements.ts';
import type { TelemetryStore } from '../telemetry-store.ts';
import type { Group, RollupQueue } from './rollup-queue.ts';

const EVERY_MS = 60_000;
/** One block, hence one part per partition: a group is in the rollup wholly or not at all. */
const ONE_BLOCK = 'min_insert_block_size_rows = 100000000, min_insert_block_size_bytes = 10000000000, max_threads = 1';

export type RollupOptions = {
  readonly store: TelemetryStore;
  readonly queue: RollupQueue;
  readonly clock: Clock;
  readonly logger: Logger;
  /** What each round begins with. */
  readonly before?: () => Promise<void>;
};

/**
 * Fills the rollups from stored batches, many at a time: a view at each insert costs ten times as much, because small
 * batches hold one sample per series and nothing to aggregate.
 */
export class RollupWorker {
  readonly #options: RollupOptions;
  #life = new AbortController();
  #loop: Promise<void> | undefined;
  readonly #turn = new InTurn();

  constructor(options: RollupOptions) {
    this.#options = options;
  }

  start(): void {
    this.#life = new AbortController();
    this.#loop ??= this.#run(this.#life.signal);
  }

  async stop(): Promise<void> {
    this.#life.abort();
    await this.#loop;
    this.#loop = undefined;
    await this.#turn.ended();
  }

  /** Works off everything that is waiting now. Throws `unavailable` when a stop comes before that is done. */
  async rollUp(): Promise<void> {
    const isDone = await this.#turn.run(() => this.#drain(false));
    if (!isDone) throw new AppError('unavailable', 'the store stops before the rollups are up to date');
  }

  async #run(stopped: AbortSignal): Promise<void> {
    const { clock, logger } = this.#options;
    while (!stopped.aborted) {
      await clock.sleep(EVERY_MS, stopped);
      if (stopped.aborted) return;
      await this.#round().catch((error: unknown) => logger.warn({ err: error }, 'rollups are behind, trying again'));
    }
  }

  async #round(): Promise<void> {
    await this.#options.before?.();
    await this.#turn.run(() => this.#drain(true));
  }

  /** Gentle: half of the time is left to whatever else there is to do. False: a stop came before all was done. */
  async #drain(isGentle: boolean): Promise<boolean> {
    const { queue, store, clock } = this.#options;
    for (;;) {
      if (this.#life.signal.aborted) return false;
      const begun = await queue.begun();
      if (begun !== undefined) {
        const startedAt = clock.monotonic();
        await this.#finish(begun);
        if (isGentle) await clock.sleep(clock.monotonic() - startedAt, this.#life.signal);
        continue;
      }
      const tokens = await queue.oldest();
      if (tokens.length === 0) return true;
      const done = await doneTokens(store, tokens);
      // A batch whose spool file outlived a crash comes again; its rows are in the rollups already.
      await queue.drop(tokens.filter((token) => done.has(token)));
      const fresh = tokens.filter((token) => !done.has(token));
      if (fresh.length > 0) await queue.begin({ id: groupId(fresh), tokens: fresh });
    }
  }

  async #finish(group: Group): Promise<void> {
    const { queue, store } = this.#options;
    const done = await doneTokens(store, group.tokens);
    if (done.size === 0) {
      await insertGroup(store, queue.pattern(group.tokens), group);
      await store.command('INSERT INTO rollup_journal SELECT arrayJoin({tokens:Array(String)}), now()', {
        params: { tokens: group.tokens },
      });
    }
    await queue.drop(group.tokens, true);
  }
}

async function doneTokens(store: TelemetryStore, tokens: readonly string[]): Promise<Set<string>> {
  const sql = 'SELECT DISTINCT token FROM rollup_journal WHERE token IN {tokens:Array(String)}';
  const rows = await store.rows<{ token: string }>(sql, { params: { tokens } });
  return new Set(rows.map(({ token }) => token));
}

function insertGroup(store: TelemetryStore, files: string, group: Group): Promise<void> {
  const source = `file(${quoteText(files)}, 'Native', ${quoteText(spoolStructure('samples'))})`;
  return store.command(`INSERT INTO samples_5m (family, id, t, vmin, vmax, vsum, vcnt, vlast)
${fiveMinuteSelect(source)}
SETTINGS insert_deduplication_token = ${quoteText(group.id)}, insert_deduplicate = 1, async_insert = 0,
  deduplicate_blocks_in_dependent_materialized_views = 1, ${ONE_BLOCK}`);
}

function groupId(tokens: readonly string[]): string {
  return `rollup-${createHash('sha256').update(tokens.join('\n')).digest('hex')}`;
}
