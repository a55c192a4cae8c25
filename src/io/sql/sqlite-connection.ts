import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { messageOf } from '#core/errors.ts';
import { CollectError } from '#core/plugin/collect-error.ts';
import type { SqlRows } from '#core/sql/sql-rows.ts';
import { MOST_BYTES, MOST_ROWS, type SqlConnection, type SqlQueryOptions } from './sql-connection.ts';
import type { SqliteAnswer, SqliteQuestion } from './sqlite-process.ts';

const PROGRAM = fileURLToPath(new URL('./sqlite-process.ts', import.meta.url));
/** No statement takes the memory of the product. */
const EXEC_ARGV = ['--max-old-space-size=128', '--disable-warning=ExperimentalWarning'];

/**
 * A file of SQLite, readable only. Statements run in a process of their own, since they block and nothing else ends them:
 * what takes longer than `statementTimeoutMs`, or is aborted, ends with it.
 */
export function openSqlite(path: string, statementTimeoutMs: number): SqlConnection {
  const child = fork(PROGRAM, [path], { execArgv: EXEC_ARGV, env: {}, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  child.on('error', () => undefined).unref();
  child.channel?.unref();
  const isOpen = (): boolean => child.connected && child.exitCode === null && !child.killed;
  const close = (): void => void child.kill('SIGKILL');
  return {
    isOpen,
    close,
    query: async (text, options) => {
      const limit = AbortSignal.timeout(Math.ceil(statementTimeoutMs));
      try {
        const answer = await ask(child, questionOf(text, options), AbortSignal.any([options.signal, limit]));
        return rowsOf(answer, path);
      } catch (error) {
        if (error instanceof CollectError) throw error;
        close();
        if (options.signal.aborted) throw options.signal.reason;
        const reason = limit.aborted ? `the statement took longer than ${statementTimeoutMs} ms` : messageOf(error);
        throw new CollectError(limit.aborted ? 'answer' : 'unreachable', `${path}: ${reason}`, { cause: error });
      }
    },
  };
}

function questionOf(text: string, { parameters = [], maxRows = MOST_ROWS }: SqlQueryOptions): SqliteQuestion {
  return { text, parameters, maxRows, maxBytes: MOST_BYTES };
}

async function ask(child: ChildProcess, question: SqliteQuestion, signal: AbortSignal): Promise<SqliteAnswer> {
  signal.throwIfAborted();
  const over = new AbortController();
  const answered = once(child, 'message', { signal: AbortSignal.any([signal, over.signal]) });
  const ended = once(child, 'exit', { signal: over.signal }).then(() => {
    throw new Error('the process of the statement has ended');
  });
  child.channel?.ref();
  child.send(question);
  try {
    const [answer] = (await Promise.race([answered, ended])) as [SqliteAnswer];
    return answer;
  } finally {
    child.channel?.unref();
    over.abort();
    await Promise.allSettled([answered, ended]);
  }
}

function rowsOf(answer: SqliteAnswer, path: string): SqlRows {
  if ('rows' in answer) return answer.rows;
  const { error, isTooLarge } = answer;
  if (isTooLarge) throw new CollectError('too_large', `${path}: ${error}`);
  if (/unable to open/.test(error)) throw new CollectError('unreachable', `${path}: ${error}`);
  throw new CollectError(/not a database/.test(error) ? 'protocol' : 'answer', `${path}: ${error}`);
}
