import { AppError, messageOf } from '#core/errors.ts';
import { BUILT_IN_RULES } from '#core/log-metrics/built-in.ts';
import {
  LogMetricRules,
  type SaveLogMetricsRequest,
  type StoredLogMetrics,
} from '#core/log-metrics/log-metrics-api.ts';
import { type LogMetricRule, namesakes } from '#core/log-metrics/rule.ts';
import type { EventSink, RecordSink } from '#core/sink.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import { checkWindowQuery, type LogSearch } from '#query/logs/index.ts';
import type { Metrics, SeriesEraser } from '#query/metrics/index.ts';
import {
  type DocumentTables,
  readDocument,
  type StateDb,
  saveDocument,
  type VersionedDocument,
} from '#storage/postgres/index.ts';
import { BackFills } from './back-fills.ts';
import type { LiveRule } from './live-rule.ts';
import { forgetProgress, readProgress, saveProgress } from './progress.ts';
import { LogMetricRunner } from './runner.ts';
import { SeriesWriter } from './series-writer.ts';
import type { LogMetricTables } from './tables.ts';

export type LogMetricOptions = {
  readonly db: StateDb;
  readonly logs: Pick<LogSearch, 'windows'>;
  readonly metrics: Pick<Metrics, 'catalogue' | 'raw'>;
  readonly eraser: SeriesEraser;
  readonly sink: RecordSink;
  readonly events: EventSink;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Resolves when all that was received before the call can be searched. */
  readonly settled: () => Promise<void>;
};

const DOCUMENT = 'log-metrics';

/** The stored rules, and what evaluates them. */
export class LogMetricService {
  readonly #options: LogMetricOptions;
  readonly runner: LogMetricRunner;
  readonly backFills: BackFills;

  constructor(options: LogMetricOptions) {
    this.#options = options;
    const writer = new SeriesWriter(options);
    this.runner = new LogMetricRunner({
      ...options,
      writer,
      // What cannot be kept now is kept, with a later time, after the next evaluation.
      keep: (progress) => saveProgress(this.#db, progress).catch(() => undefined),
    });
    this.backFills = new BackFills({ ...options, db: this.#db, writer, rule: (metric) => this.#rule(metric) });
  }

  get #db() {
    return this.#options.db.$extendTables<DocumentTables & LogMetricTables>();
  }

  async read(): Promise<StoredLogMetrics> {
    return this.#answer(await this.#read());
  }

  /** Throws `bad_request` for a rule that cannot be evaluated, `conflict` when somebody has saved since. */
  async save({ version, rules, builtInOff }: SaveLogMetricsRequest, by: string): Promise<StoredLogMetrics> {
    const content = { rules, builtInOff };
    check(content);
    const { clock, events } = this.#options;
    const saved = await saveDocument(this.#db, DOCUMENT, { version, content, by, now: clock.now() });
    const message = `${by} saved ${rules.length} rules that make metrics of logs`;
    events.append({ t: clock.now(), kind: 'rules.saved', severity: 'info', message, labels: { user: by } });
    await this.#apply(content);
    return this.#answer(saved);
  }

  async start(): Promise<void> {
    const { content } = await this.#read();
    await this.runner.replace(wantedRules(content), await readProgress(this.#db));
    await this.#forget(content);
    this.runner.start();
    this.backFills.start();
  }

  async stop(): Promise<void> {
    await Promise.all([this.runner.stop(), this.backFills.stop()]);
  }

  #read(): Promise<VersionedDocument<LogMetricRules>> {
    return readDocument(this.#db, DOCUMENT, (content) => LogMetricRules.parse(content ?? {}));
  }

  async #apply(content: LogMetricRules): Promise<void> {
    await this.runner.replace(wantedRules(content));
    await this.#forget(content);
  }

  /** A rule that is switched on again begins anew. */
  #forget(content: LogMetricRules): Promise<void> {
    return forgetProgress(
      this.#db,
      wantedRules(content).map(({ metric }) => metric),
    );
  }

  async #answer({ content, ...saved }: VersionedDocument<LogMetricRules>): Promise<StoredLogMetrics> {
    const backFills = await this.backFills.list();
    return { ...saved, ...content, builtIn: BUILT_IN_RULES, status: this.runner.status, backFills };
  }

  async #rule(metric: string): Promise<{ rule: LogMetricRule; live: LiveRule | undefined }> {
    const live = this.runner.find(metric);
    const { content } = await this.#read();
    const rule = live?.rule ?? [...BUILT_IN_RULES, ...content.rules].find((one) => one.metric === metric);
    if (rule === undefined) throw new AppError('not_found', `no rule makes the metric ${metric}`);
    return { rule, live };
  }
}

const builtInOf = ({ builtInOff }: LogMetricRules): readonly LogMetricRule[] =>
  BUILT_IN_RULES.filter(({ metric }) => !builtInOff.includes(metric));

function wantedRules(content: LogMetricRules): readonly LogMetricRule[] {
  return [...builtInOf(content), ...content.rules].filter(({ isEnabled }) => isEnabled);
}

function check(content: LogMetricRules): void {
  const two = namesakes([...builtInOf(content), ...content.rules]);
  if (two !== undefined) {
    throw new AppError('bad_request', `${two[1].metric} writes series of the same name as the rule ${two[0].metric}`);
  }
  for (const { metric, query } of content.rules) {
    try {
      checkWindowQuery(query);
    } catch (cause) {
      throw new AppError('bad_request', `${metric}: ${messageOf(cause)}`, { cause });
    }
  }
}
