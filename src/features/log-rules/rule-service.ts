import type { LogParserCounts, LogRuleVersion, StoredLogRules } from '#core/api/log-rule-api.ts';
import type { LogRules } from '#core/api/log-rules.ts';
import { AppError } from '#core/errors.ts';
import type { Caller } from '#core/route.ts';
import type { EventSink } from '#core/sink.ts';
import type { Clock } from '#io/clock.ts';
import { InTurn } from '#io/in-turn.ts';
import type { StateDb } from '#storage/postgres/index.ts';
import type { RuleBench } from './rule-bench.ts';
import { findRules, listVersions, readRules, type SavedRules, saveRules } from './rule-store.ts';
import type { LogRuleDb, LogRuleTables } from './tables.ts';

/** The intake, as far as rules for log lines go. */
export type IntakeLogRules = {
  /** Puts rules into force; resolves when the next line goes by them. */
  readonly setLogRules: (rules: LogRules) => Promise<void>;
  readonly logCounts: () => LogParserCounts;
};

export type RuleServiceOptions = {
  readonly db: StateDb;
  readonly ingest: IntakeLogRules;
  readonly events: EventSink;
  readonly clock: Pick<Clock, 'now'>;
};

type Change = { readonly version: number; readonly rules: LogRules; readonly restored?: number };

/** What the routes do with the stored rules. */
export class RuleService {
  readonly #options: RuleServiceOptions;
  readonly #bench: RuleBench;
  readonly #turn = new InTurn();

  constructor(options: RuleServiceOptions, bench: RuleBench) {
    this.#options = options;
    this.#bench = bench;
  }

  async read(): Promise<StoredLogRules> {
    return this.#answer(await readRules(this.#db));
  }

  versions(): Promise<LogRuleVersion[]> {
    return listVersions(this.#db);
  }

  async versionOf(version: number): Promise<StoredLogRules> {
    return { ...(await findRules(this.#db, version)), counts: { formats: [], rules: [] } };
  }

  /** Throws `bad_request` with the faults as details, and `conflict`. */
  async save({ version, rules, restored }: Change, caller: Caller | undefined): Promise<StoredLogRules> {
    const faults = await this.#bench.check(rules);
    const [first] = faults;
    if (first !== undefined) {
      const others = faults.length === 1 ? '' : ` (and ${faults.length - 1} more)`;
      throw new AppError('bad_request', `${first.message}${others}`, { details: { faults } });
    }
    const { clock, events } = this.#options;
    const [by, now] = [caller?.name ?? '', clock.now()];
    const saved = await saveRules(this.#db, {
      version,
      rules,
      by,
      now,
      ...(restored === undefined ? {} : { restored }),
    });
    const from = restored === undefined ? '' : `, which is version ${restored} again`;
    const message = `${by} saved version ${saved.version} of the log rules with ${rules.rules.length} rules${from}`;
    events.append({ t: now, kind: 'rules.saved', severity: 'info', message, labels: { user: by } });
    await this.apply();
    return this.#answer(saved);
  }

  async restore(request: { readonly version: number; readonly from: number }, caller: Caller | undefined) {
    const { rules } = await findRules(this.#db, request.from);
    return this.save({ version: request.version, rules, restored: request.from }, caller);
  }

  /** Puts what is stored into force. Rules that cannot be (a GeoIP database is gone) are told, and do not hinder a start. */
  async start(): Promise<void> {
    await this.apply().catch((error: unknown) => {
      if (!(error instanceof AppError && error.code === 'bad_request')) throw error;
      const message = `the log rules are not in force: ${error.message}`;
      const { clock, events } = this.#options;
      events.append({ t: clock.now(), kind: 'rules.failed', severity: 'major', message, labels: {} });
    });
  }

  /** Puts the newest version into force; one call after the other, so that the newest wins. */
  apply(): Promise<void> {
    return this.#turn.run(async () => {
      const { rules } = await readRules(this.#db);
      await this.#options.ingest.setLogRules(rules).catch((error: unknown) => {
        // A thread that is being replaced starts with them: they are kept beside the spool by now.
        if (!(error instanceof AppError && error.code === 'unavailable')) throw error;
      });
    });
  }

  #answer(saved: SavedRules): StoredLogRules {
    return { ...saved, counts: this.#options.ingest.logCounts() };
  }

  get #db(): LogRuleDb {
    return this.#options.db.$extendTables<LogRuleTables>();
  }
}
