import { attemptPart } from '#core/plugin/attempt-part.ts';
import { CollectError } from '#core/plugin/collect-error.ts';
import type { CollectedState, CollectedValue, Collection, CollectionProblem } from '#core/plugin/collector.ts';
import { KeptConnection } from '#core/plugin/kept-connection.ts';
import type { TargetContext } from '#core/plugin/target-context.ts';
import { openServer, type SqlConnection } from '#io/sql/index.ts';
import { addressOf, type PostgresqlConfig } from './config.ts';
import { type Answer, parseRows } from './parse.ts';
import type { Question } from './question.ts';
import { QUESTIONS } from './questions.ts';

/** A statement of ours that takes longer is ended by the server. */
const STATEMENT_MS = 30_000;
const SLOW_EVERY_MS = 60_000;
const OLDEST = 120_000;
const FACTS = `SELECT current_setting('server_version_num'), extract(epoch FROM pg_postmaster_start_time()),
  EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_stat_statements')`;

type Facts = { readonly version: number; readonly startedAt: number; readonly hasStatements: boolean };

/** The questions of one run, on a connection that is kept. */
export class PostgresqlSession {
  readonly #config: PostgresqlConfig;
  readonly #context: TargetContext;
  readonly #connection = new KeptConnection((signal) => this.#connect(signal));
  /** Answers to slow questions, which are repeated until the next. */
  #slow = new Map<string, Answer>();
  #slowAt = Number.NEGATIVE_INFINITY;

  constructor(config: PostgresqlConfig, context: TargetContext) {
    this.#config = config;
    this.#context = context;
  }

  collect(signal: AbortSignal): Promise<Collection> {
    return this.#connection.ask((connection) => this.#collectFrom(connection, signal), signal);
  }

  close(): void {
    this.#connection.close();
  }

  #connect(signal: AbortSignal): Promise<SqlConnection> {
    const { probe: sockets, secret } = this.#context;
    const login = { ...this.#config, address: addressOf(this.#config), statementTimeoutMs: STATEMENT_MS };
    return openServer('postgresql', login, { sockets, secret, signal });
  }

  async #collectFrom(connection: SqlConnection, signal: AbortSignal): Promise<Collection> {
    const { rows } = await connection.query(FACTS, { signal });
    const [version, started, hasStatements] = rows[0] ?? [];
    const facts = {
      version: Number(version),
      startedAt: Number(started) * 1_000,
      hasStatements: hasStatements === 't',
    };
    if (facts.version < OLDEST) throw new CollectError('answer', `PostgreSQL ${version} is too old: 12 is the oldest`);
    if (performance.now() - this.#slowAt >= SLOW_EVERY_MS) this.#slow = new Map();
    if (this.#slow.size === 0) this.#slowAt = performance.now();
    const values: CollectedValue[] = [];
    const states: CollectedState[] = [];
    const problems: CollectionProblem[] = [];
    for (const question of this.#due(facts)) {
      await attemptPart(question.name, problems, async () => {
        const answer = this.#slow.get(question.name) ?? (await this.#ask(connection, question, signal));
        values.push(...answer.values);
        states.push(...answer.states);
      });
    }
    return { values, states, problems, startedAt: facts.startedAt };
  }

  async #ask(connection: SqlConnection, { name, text, limit, isSlow }: Question, signal: AbortSignal): Promise<Answer> {
    const parameters = limit === undefined ? [] : [this.#config[limit]];
    const answer = parseRows(await connection.query(text, { signal, parameters }));
    if (isSlow === true) this.#slow.set(name, answer);
    return answer;
  }

  #due({ version, hasStatements }: Facts): Question[] {
    return QUESTIONS.filter(({ from = 0, until = Number.POSITIVE_INFINITY, limit }) => {
      const isOfVersion = version >= from && version < until;
      const isWanted = limit === undefined || this.#config[limit] > 0;
      return isOfVersion && isWanted && (limit !== 'statements' || hasStatements);
    });
  }
}
