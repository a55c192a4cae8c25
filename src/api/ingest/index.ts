import { AppError } from '#core/errors.ts';
import { defineRoute, type Route, RouteResponse } from '#core/route.ts';
import type { Ingest, TextAnswer } from '#pipeline/index.ts';

/** As large as one request may be; a sender with more splits at a line. */
const BODY_LIMIT_BYTES = 16 * 1024 * 1024;
/** When a refused sender may come again. */
const RETRY_AFTER_S = '5';

/**
 * `POST /api/ingest/graphite`: Graphite lines in the body. Answers 200 with {@link TextAnswer} once the accepted lines
 * are durable; 507 on a full disk and 503 at the spool's limit, with Retry-After and nothing taken.
 */
export function ingestRoutes(ingest: Pick<Ingest, 'writeText'>): readonly Route[] {
  return [
    defineRoute<unknown, unknown>({
      method: 'POST',
      path: '/api/ingest/graphite',
      permission: 'ingest',
      bodyKind: 'bytes',
      bodyLimitBytes: BODY_LIMIT_BYTES,
      handler: ({ body, remoteAddress }) => take(() => ingest.writeText(remoteAddress, 'graphite', bytesOf(body))),
    }),
  ];
}

async function take(write: () => Promise<TextAnswer>): Promise<TextAnswer | RouteResponse> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof AppError) || !error.retryable) throw error;
    const body = JSON.stringify({ error: { code: error.code, message: error.message } });
    const headers = { 'content-type': 'application/json', 'retry-after': RETRY_AFTER_S };
    return new RouteResponse(body, { status: error.status, headers });
  }
}

function bytesOf(body: unknown): Uint8Array {
  if (body instanceof Uint8Array) return body;
  throw new AppError('bad_request', 'the body is empty: send Graphite lines, “path value timestamp”');
}
