import { attemptPart } from '#core/plugin/attempt-part.ts';
import type { CollectedState, CollectedValue, Collection, CollectionProblem } from '#core/plugin/collector.ts';
import { KeptConnection } from '#core/plugin/kept-connection.ts';
import type { TargetContext } from '#core/plugin/target-context.ts';
import type { SqlRows } from '#core/sql/sql-rows.ts';
import { openServer, type SqlConnection } from '#io/sql/index.ts';
import { addressOf, type MysqlConfig } from './config.ts';
import {
  DIGEST_COLUMNS,
  parseInnodb,
  parseReplication,
  parseStatements,
  parseVariables,
  readVariables,
  type Variables,
} from './parse.ts';

/** A statement of ours that takes longer is ended by the server. */
const STATEMENT_MS = 30_000;
const SETTINGS = ['version', 'version_comment', 'max_connections', 'innodb_buffer_pool_size', 'performance_schema'];
const LIMITS = ['table_open_cache', 'open_files_limit'];
const LONGEST = `SELECT COALESCE(MAX(TIME), 0) FROM information_schema.PROCESSLIST
  WHERE COMMAND IN ('Query', 'Execute') AND ID <> CONNECTION_ID()`;

type Part = {
  readonly name: string;
  readonly text: string;
  readonly parse: (rows: SqlRows) => Omit<Collection, 'problems'>;
};

/** The questions of one run, on a connection that is kept. */
export class MysqlSession {
  readonly #config: MysqlConfig;
  readonly #context: TargetContext;
  readonly #connection = new KeptConnection((signal) => this.#connect(signal));

  constructor(config: MysqlConfig, context: TargetContext) {
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
    return openServer('mysql', login, { sockets, secret, signal });
  }

  async #collectFrom(connection: SqlConnection, signal: AbortSignal): Promise<Collection> {
    const names = [...SETTINGS, ...LIMITS].map((name) => `'${name}'`).join(', ');
    const settings = await connection.query(`SHOW GLOBAL VARIABLES WHERE Variable_name IN (${names})`, { signal });
    const status = await connection.query('SHOW GLOBAL STATUS', { signal });
    const variables: Variables = new Map([...readVariables(settings), ...readVariables(status)]);
    const base = parseVariables(variables);
    const values: CollectedValue[] = [...base.values];
    const states: CollectedState[] = [...(base.states ?? [])];
    const problems: CollectionProblem[] = [];
    for (const { name, text, parse } of this.#parts(variables)) {
      await attemptPart(name, problems, async () => {
        const part = parse(await connection.query(text, { signal }));
        values.push(...part.values);
        states.push(...(part.states ?? []));
      });
    }
    const startedAt = Date.now() - Number(variables.get('Uptime')) * 1_000;
    return { values, states, problems, startedAt };
  }

  #parts(variables: Variables): Part[] {
    const { statements } = this.#config;
    const hasDigests = variables.get('performance_schema') === 'ON' && statements > 0;
    const digests = `SELECT ${DIGEST_COLUMNS.join(', ')} FROM performance_schema.events_statements_summary_by_digest
      WHERE DIGEST IS NOT NULL ORDER BY SUM_TIMER_WAIT DESC LIMIT ${statements}`;
    const innodb = `SELECT NAME, COUNT FROM information_schema.INNODB_METRICS
      WHERE NAME IN ('lock_deadlocks', 'trx_rseg_history_len') AND STATUS = 'enabled'`;
    const longest = ({ rows }: SqlRows): Collection => ({
      values: [{ metric: 'mysql_query_longest_seconds', value: Math.max(0, Number(rows[0]?.[0] ?? 0)) }],
    });
    return [
      { name: 'replication', text: replicationQuestion(variables), parse: parseReplication },
      { name: 'processes', text: LONGEST, parse: longest },
      ...(variables.has('Innodb_history_list_length')
        ? []
        : [{ name: 'innodb', text: innodb, parse: (rows: SqlRows) => ({ values: parseInnodb(rows) }) }]),
      ...(hasDigests
        ? [{ name: 'statements', text: digests, parse: (rows: SqlRows) => ({ values: parseStatements(rows) }) }]
        : []),
    ];
  }
}

/** MySQL has another word for it from 8.0.22 on. */
function replicationQuestion(variables: Variables): string {
  const version = variables.get('version') ?? '';
  if (version.includes('MariaDB')) return 'SHOW ALL SLAVES STATUS';
  const [major = 0, minor = 0, patch = 0] = version.split(/[.-]/).map(Number);
  const isNew = major > 8 || (major === 8 && (minor > 0 || patch >= 22));
  return isNew ? 'SHOW REPLICA STATUS' : 'SHOW SLAVE STATUS';
}
