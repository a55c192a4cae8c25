import type { SelfStatus } from '#core/api/status.ts';
import { defineRoute, type Route, RouteResponse } from '#core/route.ts';
import { EXPOSITION_TYPE, exposeValues } from './exposition.ts';
import { summariseHealth } from './health.ts';
import { SELF_METRICS, selfValues } from './self-metrics.ts';
import type { SelfSources } from './sources.ts';

const SERVICE_UNAVAILABLE = 503;

/** Health for everybody, the rest for those who may read. */
export function selfRoutes(sources: SelfSources, read: () => Promise<SelfStatus>): Route[] {
  return [
    defineRoute({ method: 'GET', path: '/api/health', permission: 'public', handler: () => answerHealth(sources) }),
    defineRoute({ method: 'GET', path: '/api/self', permission: 'read', handler: read }),
    defineRoute({
      method: 'GET',
      path: '/metrics',
      permission: 'read',
      handler: async () => {
        const text = exposeValues(selfValues(await read(), sources.viewers()), SELF_METRICS);
        return new RouteResponse(text, { headers: { 'content-type': EXPOSITION_TYPE } });
      },
    }),
    defineRoute({ method: 'GET', path: '/api/collectors', permission: 'read', handler: () => sources.collectors() }),
    defineRoute({ method: 'GET', path: '/api/storage', permission: 'read', handler: () => sources.storage() }),
  ];
}

function answerHealth({ parts, version, clock }: SelfSources): RouteResponse {
  const health = summariseHealth(parts(), version, Math.round(clock.monotonic()));
  return new RouteResponse(JSON.stringify(health), {
    status: health.status === 'ok' ? 200 : SERVICE_UNAVAILABLE,
    headers: { 'content-type': 'application/json; charset=utf-8' },
  });
}
