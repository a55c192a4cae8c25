import { AppError } from '#core/errors.ts';
import { type RouteRequest, RouteResponse } from '#core/route.ts';
import { PromFields } from './fields.ts';
import type { PrometheusApi } from './prometheus-api.ts';

/** `POST /api/v1/admin/tsdb/delete_series`: gone for queries when it is answered, and writable anew. */
export async function deleteSeries(api: PrometheusApi, request: RouteRequest): Promise<RouteResponse> {
  const fields = new PromFields(request);
  const selectors = fields.selectors('match[]', api.engine);
  if (selectors.length === 0) throw new AppError('bad_request', 'no match[] parameter provided');
  await api.eraser.erase(selectors, fields.interval(), { signal: request.signal });
  return new RouteResponse('', { status: 204 });
}

/** `POST /api/v1/admin/tsdb/clean_tombstones`: deletion leaves none that could be cleaned up. */
export const cleanTombstones = (): RouteResponse => new RouteResponse('', { status: 204 });

/** `POST /api/v1/admin/tsdb/snapshot`: refused. */
export function snapshot(): never {
  throw new AppError(
    'bad_request',
    'snapshots are not made here: back up the data folder of the stopped product instead',
  );
}
