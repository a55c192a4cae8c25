import { AppError, type ErrorCode, messageOf } from '#core/errors.ts';

/** Codes of ClickHouse (src/Common/ErrorCodes.cpp) that mean something else than a wrong query. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  241: 'limit_memory',
  159: 'limit_time',
  160: 'limit_time',
  158: 'limit_rows',
  307: 'limit_rows',
  396: 'limit_rows',
  243: 'disk_full',
  202: 'too_many_requests',
  252: 'too_many_requests',
  394: 'cancelled',
  209: 'unavailable',
  210: 'unavailable',
  242: 'unavailable',
  516: 'unavailable',
  1000: 'unavailable',
  1001: 'unavailable',
  1002: 'unavailable',
};

/** What says that the rows of a file can never be inserted: parsing, types, columns. Everything else may pass. */
const BAD_DATA = new Set([
  '6',
  '8',
  '9',
  '10',
  '16',
  '20',
  '26',
  '27',
  '32',
  '33',
  '36',
  '38',
  '41',
  '50',
  '53',
  '69',
  '70',
  '72',
  '73',
  '108',
  '117',
  '128',
  '131',
  '246',
  '321',
  '349',
  '436',
  '467',
  '620',
  '636',
  '675',
]);

/** An error of the driver as one of the product. The message is the engine's own. */
export function toStoreError(error: unknown, signal?: AbortSignal): AppError {
  if (error instanceof AppError) return error;
  if (signal?.aborted) return new AppError('cancelled', 'the query was cancelled', { cause: error });
  const message = messageOf(error);
  const code = engineCode(error);
  const full = /No space left on device|ENOSPC/i.test(message);
  if (code === undefined) {
    return new AppError(full ? 'disk_full' : 'unavailable', `the telemetry engine does not answer: ${message}`, {
      cause: error,
    });
  }
  const details = { engineCode: Number(code) };
  return new AppError(full ? 'disk_full' : (CODES[code] ?? 'bad_query'), message.trim(), { cause: error, details });
}

/**
 * The fault of an insert: `bad_request` when the file itself is at fault and never can be inserted, `not_found` when it
 * is gone; every other code means "try again later".
 */
export function toInsertError(error: unknown, file: string): AppError {
  const fault = toStoreError(error);
  const code = fault.details.engineCode;
  if (code === undefined || fault.code !== 'bad_query') return fault;
  const options = { cause: error, details: { engineCode: code } };
  if (code === 107 || code === 400) return new AppError('not_found', `${file} is gone: ${fault.message}`, options);
  if (BAD_DATA.has(String(code))) return new AppError('bad_request', `${file} is damaged: ${fault.message}`, options);
  return new AppError('unavailable', fault.message, options);
}

function engineCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'type' in error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^\d+$/.test(code) ? code : undefined;
}
