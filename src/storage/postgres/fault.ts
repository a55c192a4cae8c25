import pg from 'pg';
import { AppError, messageOf } from '#core/errors.ts';

const STATEMENT_CANCELLED = '57014';
const DISK_FULL = '53100';
/** Shutdown, start, broken connection, too many connections (PostgreSQL, appendix A). */
const AWAY = /^(08...|57P0[1235]|53300)$/;
const BROKEN =
  /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|EACCES|ENOTSOCK)$/;
/** What the driver says without a code. */
const DRIVER =
  /connection (terminated|error)|not queryable|timeout exceeded|read timeout|client was closed|pool after/i;

/** Turns faults of the connection and of the server into AppErrors; errors of the statement itself pass unchanged. */
export function asAppError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const code = codeOf(error);
  if (code === STATEMENT_CANCELLED) return fault('limit_time', 'the state database took too long', error);
  if (code === DISK_FULL) return fault('disk_full', 'the state database has no space left', error);
  if (isAway(error, code)) return fault('unavailable', 'the state database does not answer, try again soon', error);
  return error;
}

function isAway(error: unknown, code: string): boolean {
  if (AWAY.test(code) || BROKEN.test(code)) return true;
  return !(error instanceof pg.DatabaseError) && DRIVER.test(messageOf(error));
}

function fault(code: 'limit_time' | 'disk_full' | 'unavailable', what: string, cause: unknown): AppError {
  return new AppError(code, `${what} (${messageOf(cause)})`, { cause });
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
