import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError, messageOf } from '#core/errors.ts';
import type { Logger } from '#io/log.ts';

const RETRY_AFTER_SECONDS = '2';

/** Anything that was thrown, as the error that the client is told. Faults of ours keep their text to the log. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const status = (error as { statusCode?: unknown }).statusCode;
  if (status === 413) return new AppError('too_large', 'the request body is larger than this route allows');
  if (typeof status === 'number' && status >= 400 && status < 500) return new AppError('bad_request', messageOf(error));
  return new AppError('internal', 'an unexpected error; the server log has the details', { cause: error });
}

/**
 * Senders on libcurl offer a password only when Basic is asked for; a browser would ask its user for one, in a dialog of
 * its own, so that it is not told.
 */
function challenges({ headers }: FastifyRequest): string[] {
  const isBrowser = (headers['user-agent'] ?? '').startsWith('Mozilla/');
  return isBrowser ? ['Bearer'] : ['Bearer', 'Basic realm="nocmate", charset="UTF-8"'];
}

/** Answers `{"error":{code,message,details}}` with the code's status; logs what is our fault. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply, logger: Logger): void {
  const fault = toAppError(error);
  if (fault.code === 'internal') logger.error({ err: fault.cause ?? error, url: request.url }, 'request failed');
  if (reply.raw.headersSent || reply.raw.destroyed) return;
  if (fault.retryable) void reply.header('retry-after', RETRY_AFTER_SECONDS);
  if (fault.code === 'unauthenticated') void reply.header('www-authenticate', challenges(request));
  const { code, message, details } = fault;
  void reply.code(fault.status).send({ error: { code, message, details } });
}
