import type { SeriesOrigin } from '#core/api/cardinality.ts';
import type { AggregationCounts } from '#core/api/ingest-rules.ts';
import type { KnownPattern } from '#core/api/log-patterns.ts';
import type { LogParserCounts } from '#core/api/log-rule-api.ts';
import type { LogRules } from '#core/api/log-rules.ts';
import type { InputAccount, PartStatus, PulledSource, SelfStatus } from '#core/api/status.ts';
import { AppError } from '#core/errors.ts';
import { compileLogFilter } from '#core/log-query/match.ts';
import { parseLogQuery } from '#core/log-query/parse.ts';
import type { Event } from '#core/model/event.ts';
import type { WriteAnswer } from '#core/plugin/input.ts';
import type { EventSink, RecordSink, SampleSink } from '#core/sink.ts';
import { openSpool, type SpoolDirectory } from '#storage/spool/spool-directory.ts';
import { Accounts } from './accounts.ts';
import type { Ingest, IngestOptions, InputBody } from './ingest.ts';
import type { RecentColumns } from './ingest-link.ts';
import { Inserter } from './inserter.ts';
import { LogPatternLink } from './log-pattern-link.ts';
import { LogTapHub } from './log-tap-hub.ts';
import type { FromThread, SourceRow, ThreadRules } from './protocol.ts';
import { RateMeter } from './rate-meter.ts';
import { RULES_FILES, type RulesFile } from './rules-file.ts';
import { holdsRecords, SPOOLED_TABLES } from './tables.ts';
import { TapHub } from './tap-hub.ts';
import { AGGREGATION_INPUT, EVENTS_INPUT } from './thread/ingest-thread.ts';
import { PATTERNS_INPUT } from './thread/log-patterns.ts';
import { ThreadKeeper } from './thread-keeper.ts';

/** Of the 8 s that a stop may take: for the thread to write, and for the store to take it. */
const FLUSH_LIMIT_MS = 4_000;
const INSERT_LIMIT_MS = 2_500;
const LAST_INSERT_LIMIT_MS = 1_000;
const MAX_WAITING_EVENTS = 1_000;
const MAX_PROBLEMS = 5;
const HTTP_INPUT = 'http';
const NOTHING: RecentColumns = { slot: new Uint32Array(0), t: new Float64Array(0), v: new Float64Array(0) };

/** The main thread's part of the intake: keeps the ingest thread alive, inserts its files, answers for the accounts. */
export class IngestPipeline implements Ingest {
  readonly #options: IngestOptions;
  readonly #accounts = new Accounts();
  readonly #thread: ThreadKeeper;
  readonly #rate: RateMeter;
  readonly #rules: RulesFile<ThreadRules>;
  readonly #logRules: RulesFile<LogRules>;
  readonly tap: TapHub;
  readonly logTap: LogTapHub;
  readonly logPatterns: LogPatternLink;
  /** The rules that the thread was started with. */
  #startedWith: readonly [ThreadRules, LogRules] | undefined;
  /** Events of the time before the thread runs. */
  readonly #waitingEvents: Event[] = [];
  #spool: SpoolDirectory | undefined;
  #inserter: Inserter | undefined;

  constructor(options: IngestOptions) {
    this.#options = options;
    this.#rules = RULES_FILES.series(options.spoolDir);
    this.#logRules = RULES_FILES.logs(options.spoolDir);
    for (const id of [...options.inputs.keys(), EVENTS_INPUT, HTTP_INPUT, AGGREGATION_INPUT, PATTERNS_INPUT])
      this.#accounts.slot(id);
    this.#thread = new ThreadKeeper({
      ...options,
      accounts: this.#accounts,
      spoolBytes: () => this.spool().bytes,
      rules: () => this.#rulesAtStart()[0],
      logRules: () => this.#rulesAtStart()[1],
      onMessage: (message) => this.#receive(message),
      onUp: () => this.#threadUp(),
      onDown: () => this.#findFiles(),
    });
    this.#rate = new RateMeter(options.clock, () => this.#accounts.received());
    this.logTap = new LogTapHub(
      (message) => this.#thread.link?.send(message),
      (query) => compileLogFilter(parseLogQuery(query)),
    );
    this.logPatterns = new LogPatternLink({
      send: (message) => this.#thread.link?.send(message),
      ask: async (ids, gone) => {
        const found = this.#thread.link?.ask((ticket) => ({ kind: 'patterns', ticket, ids, gone }));
        return ((await found) ?? []) as readonly KnownPattern[];
      },
    });
    this.tap = new TapHub({
      send: (message) => this.#thread.link?.send(message),
      recent: async (ids) => {
        const found = this.#thread.link?.ask((ticket) => ({ kind: 'recent', ticket, ids }));
        return ((await found) ?? NOTHING) as RecentColumns;
      },
    });
  }

  readonly samples: SampleSink = {
    write: async ({ source, t, keys, values }) => {
      await this.records.writeRecords({ source, samples: { keys, t: new Float64Array(keys.length).fill(t), values } });
    },
  };

  readonly records: RecordSink = {
    writeRecords: async (batch) => {
      const slot = this.#accounts.slot(batch.source);
      return (await this.#link.ask((ticket) => ({ kind: 'records', ticket, slot, batch }))) as WriteAnswer;
    },
  };

  readonly events: EventSink = {
    append: (event) => {
      if (this.#thread.link !== undefined) this.#thread.link.send({ kind: 'event', event });
      else if (this.#waitingEvents.length < MAX_WAITING_EVENTS) this.#waitingEvents.push(event);
      else this.#options.logger.error({ event }, 'event lost: the intake has not been running for long');
    },
  };

  async start(): Promise<void> {
    const { spoolDir, store, clock, logger } = this.#options;
    this.#spool = await openSpool(spoolDir, SPOOLED_TABLES);
    this.#inserter = new Inserter({
      tables: SPOOLED_TABLES,
      spool: this.#spool,
      store,
      clock,
      logger,
      onStored: ({ file, inputs }) => {
        this.#options.onStored?.(file);
        if (holdsRecords(file.table)) this.#accounts.stored(file.rows, inputs);
        this.#thread.link?.send({ kind: 'gone', id: file.id, bytes: file.bytes });
      },
      onBad: ({ file, inputs }) => {
        if (holdsRecords(file.table)) this.#accounts.bad(file.rows, inputs);
        this.#thread.link?.send({ kind: 'gone', id: file.id, bytes: file.bytes });
      },
    });
    await Promise.all([this.#rules.read(), this.#logRules.read()]);
    await this.#findFiles();
    this.#inserter.start();
    await this.#thread.start();
    this.#rate.start();
  }

  async stop(): Promise<void> {
    this.#rate.stop();
    await this.#thread.stop(FLUSH_LIMIT_MS);
    await this.#inserter?.drain(INSERT_LIMIT_MS);
    await this.#inserter?.stop(LAST_INSERT_LIMIT_MS);
  }

  async setRules(rules: ThreadRules): Promise<void> {
    if (!(await this.#rules.write(rules))) return;
    this.#thread.link?.send({ kind: 'rules', rules });
  }

  async setLogRules(rules: LogRules): Promise<void> {
    if (!(await this.#logRules.write(rules))) return;
    await this.#thread.link?.ask((ticket) => ({ kind: 'log-rules', ticket, rules }));
  }

  logCounts(): LogParserCounts {
    return this.#thread.state.logs;
  }

  aggregation(): AggregationCounts {
    return this.#thread.state.aggregation;
  }

  writeText(source: string, format: string, bytes: Uint8Array): Promise<WriteAnswer> {
    return this.#writeBody(HTTP_INPUT, undefined, { source, format, bytes });
  }

  writeBody({ input, ...body }: InputBody): Promise<WriteAnswer> {
    return this.#writeBody(input, input, body);
  }

  async stored(): Promise<void> {
    await this.#inserter?.settled();
  }

  settled(): Promise<void> {
    return this.forget(new BigUint64Array(0));
  }

  async forget(ids: BigUint64Array | 'all'): Promise<void> {
    await this.#link.ask((ticket) => ({ kind: 'settle', ticket, forget: ids }));
    await this.#inserter?.settled();
  }

  accounts(): InputAccount[] {
    return this.#accounts.list();
  }

  async sources(): Promise<readonly SeriesOrigin[]> {
    const rows = (await this.#thread.link?.ask((ticket) => ({ kind: 'sources', ticket }))) ?? [];
    return (rows as readonly SourceRow[]).map(({ slot, ...row }) => ({ input: this.#accounts.name(slot), ...row }));
  }

  async pulledSources(): Promise<readonly PulledSource[]> {
    return ((await this.#thread.link?.ask((ticket) => ({ kind: 'pulled', ticket }))) ?? []) as readonly PulledSource[];
  }

  listeners(): SelfStatus['listeners'] {
    return this.#thread.state.listeners;
  }

  spool(): SelfStatus['spool'] {
    const files = this.#inserter?.waiting ?? [];
    return {
      files: files.length,
      bytes: files.reduce((sum, file) => sum + file.bytes, 0),
      oldestMs: this.insertLagMs(),
      limitBytes: this.#options.config.spoolLimit,
    };
  }

  insertLagMs(): number {
    const oldest = this.#inserter?.oldest;
    return oldest === undefined ? 0 : Math.max(0, this.#options.clock.now() - oldest);
  }

  ingestRate(): number {
    return this.#rate.perSecond();
  }

  activeSeries(): number {
    return this.#thread.state.series;
  }

  status(): PartStatus {
    const thread = this.#thread.status();
    if (thread.state !== 'up') return thread;
    const { closed, problems } = this.#thread.state;
    if (closed === 'disk_full') return { state: 'degraded', detail: 'refusing data: too little free disk space' };
    if (closed === 'spool_full') return { state: 'degraded', detail: 'senders wait: the spool is at its limit' };
    const lagMs = this.insertLagMs();
    if (lagMs < 30_000) return problems.length === 0 ? thread : { ...thread, detail: problemsText(problems) };
    const problem = this.#inserter?.problem ?? '';
    return { state: 'degraded', detail: `the store is ${Math.round(lagMs / 1000)} s behind ${problem}`.trim() };
  }

  async #writeBody(account: string, input: string | undefined, body: Omit<InputBody, 'input'>): Promise<WriteAnswer> {
    const { source, format, options, bytes } = body;
    const slot = this.#accounts.slot(account);
    const answer = this.#link.ask((ticket) => ({ kind: 'body', ticket, slot, source, input, format, options, bytes }));
    return (await answer) as WriteAnswer;
  }

  get #link() {
    const { link } = this.#thread;
    if (link === undefined) throw new AppError('unavailable', 'the intake is not running: send again in a moment');
    return link;
  }

  #rulesAtStart(): readonly [ThreadRules, LogRules] {
    this.#startedWith = [this.#rules.current, this.#logRules.current];
    return this.#startedWith;
  }

  #threadUp(): void {
    this.#catchUp();
    this.tap.threadStarted();
    this.logTap.threadStarted();
    this.logPatterns.threadStarted();
    for (const event of this.#waitingEvents.splice(0)) this.events.append(event);
  }

  /** Rules that changed while the thread was starting. */
  #catchUp(): void {
    const [rules, logRules] = this.#startedWith ?? [];
    if (rules !== this.#rules.current) this.#thread.link?.send({ kind: 'rules', rules: this.#rules.current });
    if (logRules === this.#logRules.current) return;
    const current = this.#logRules.current;
    this.#thread.link
      ?.ask((ticket) => ({ kind: 'log-rules', ticket, rules: current }))
      .catch((error: unknown) => this.#options.logger.error({ err: error }, 'log rules were not put into force'));
  }

  #receive(message: FromThread): void {
    if (message.kind === 'spooled') this.#inserter?.add(message.file, message.inputs);
    else if (message.kind === 'tap') this.tap.samples(message);
    else if (message.kind === 'logs') this.logTap.logs(message);
    else if (message.kind === 'pattern-aliases') this.logPatterns.told(message);
    else if (message.kind === 'new-series') this.tap.newSeries(message);
  }

  /** Queues what lies in the spool and nobody has told of: from an earlier process, or a thread that died. */
  async #findFiles(): Promise<void> {
    if (this.#spool === undefined || this.#inserter === undefined) return;
    await this.#spool.sweep();
    const known = new Set(this.#inserter.waiting.map((file) => file.id));
    for (const file of await this.#spool.list()) {
      if (known.has(file.id)) continue;
      if (holdsRecords(file.table)) this.#accounts.replayed(file.rows);
      this.#inserter.add(file, undefined);
    }
  }
}

/** Sources that cannot be read, a few of them in full. */
function problemsText(problems: readonly string[]): string {
  const others = problems.length - MAX_PROBLEMS;
  return [...problems.slice(0, MAX_PROBLEMS), ...(others > 0 ? [`${others} more`] : [])].join('; ');
}
