import type { QueryProblemAnswer } from '#core/api/text-query.ts';
import { AppError } from '#core/errors.ts';
import type { Expanded } from './macros.ts';

/** A mistake with its place in the text as it was written, before macros were replaced. */
export function problemOf(error: AppError, expanded: Expanded): QueryProblemAnswer {
  const { position, from = position, to } = error.details;
  if (typeof from !== 'number') return { message: error.message };
  return {
    message: error.message,
    position: expanded.originOf(from),
    ...(typeof to === 'number' && to > from ? { end: expanded.originOf(to) } : {}),
  };
}

/** The same error, with `position` and `end` in its details wherever the language knows them. */
export function placedError(error: unknown, expanded: Expanded): unknown {
  if (!(error instanceof AppError) || error.code !== 'bad_query') return error;
  const { message, ...place } = problemOf(error, expanded);
  return new AppError('bad_query', message, { cause: error, details: { ...error.details, ...place } });
}
