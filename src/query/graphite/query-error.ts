import { AppError } from '#core/errors.ts';

/** An error of a Graphite query: the caller's text, not the server, is at fault (status 400). */
export function queryError(message: string, details: Record<string, unknown> = {}): AppError {
  return new AppError('bad_query', message, { details });
}
