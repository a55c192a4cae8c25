import { AppError } from '#core/errors.ts';
import { defineRoute, type Route } from '#core/route.ts';
import type { Ingest } from '#pipeline/index.ts';
import { unpackBody } from './content-encoding.ts';

export { endpointRoutes } from './endpoint-routes.ts';
export { sourceRoutes } from './source-routes.ts';

/** As large as one request may be; a sender with more splits at a line. */
const BODY_LIMIT_BYTES = 16 * 1024 * 1024;

/**
 * `POST /api/ingest/graphite`: Graphite lines in the body. Answers 200 with the pipeline's `WriteAnswer` once the accepted
 * lines are durable; with 507 on a full disk and 503 at the spool's limit, both with Retry-After, nothing is taken.
 */
export function ingestRoutes(ingest: Pick<Ingest, 'writeText'>): readonly Route[] {
  return [
    defineRoute<unknown, unknown>({
      method: 'POST',
      path: '/api/ingest/graphite',
      permission: 'ingest',
      bodyKind: 'bytes',
      bodyLimitBytes: BODY_LIMIT_BYTES,
      handler: async ({ body, remoteAddress, headers }) => {
        const bytes = await unpackBody(bytesOf(body), headers['content-encoding'], BODY_LIMIT_BYTES);
        return ingest.writeText(remoteAddress, 'graphite', bytes);
      },
    }),
  ];
}

function bytesOf(body: unknown): Uint8Array {
  if (body instanceof Uint8Array) return body;
  throw new AppError('bad_request', 'the body is no bytes: send Graphite lines, “path value timestamp”');
}
