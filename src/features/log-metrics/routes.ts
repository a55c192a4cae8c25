import { z } from 'zod';
import { encodeFrame } from '#core/frame.ts';
import { BackFillRequest, LogMetricPreviewRequest, SaveLogMetricsRequest } from '#core/log-metrics/log-metrics-api.ts';
import { defineRoute, type Route, RouteResponse } from '#core/route.ts';
import { preview } from './preview.ts';
import type { LogMetricOptions, LogMetricService } from './service.ts';

const MAX_BODY = 4 * 1024 * 1024;
const BackFillId = z.coerce.number().int().min(1);

/** Everything that is asked of the rules. */
export function logMetricRoutes(
  service: LogMetricService,
  { logs, clock }: Pick<LogMetricOptions, 'logs' | 'clock'>,
): Route[] {
  return [
    defineRoute({ method: 'GET', path: '/api/log-metrics', permission: 'read', handler: () => service.read() }),
    defineRoute({
      ...{ method: 'PUT', path: '/api/log-metrics', permission: 'write', bodyLimitBytes: MAX_BODY },
      body: SaveLogMetricsRequest,
      handler: ({ body, caller }) => service.save(body, caller?.name ?? ''),
    }),
    defineRoute({
      ...{ method: 'POST', path: '/api/log-metrics/preview', permission: 'read', body: LogMetricPreviewRequest },
      handler: async ({ body, signal }) => {
        const { header, columns } = await preview(logs, body, { now: clock.now(), signal });
        return new RouteResponse(encodeFrame(header, columns), {
          headers: { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' },
        });
      },
    }),
    defineRoute({
      ...{ method: 'POST', path: '/api/log-metrics/back-fills', permission: 'write', body: BackFillRequest },
      handler: ({ body, caller }) => service.backFills.add(body, caller?.name ?? ''),
    }),
    defineRoute({
      ...{ method: 'DELETE', path: '/api/log-metrics/back-fills/:id', permission: 'write' },
      handler: ({ params }) => service.backFills.cancel(BackFillId.parse(params['id'])),
    }),
  ];
}
