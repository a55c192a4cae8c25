import type { ActiveTarget } from '#core/api/targets.ts';
import { compileMatchers } from '#core/metric-query/compile-matchers.ts';
import type { RouteRequest, RouteResponse } from '#core/route.ts';
import { PromFields } from './fields.ts';
import type { PrometheusApi } from './prometheus-api.ts';
import { success } from './reply.ts';

/** `/api/v1/targets`: what is scraped, filtered by `state` and `scrapePool`. */
export function listTargets(api: PrometheusApi, request: RouteRequest): RouteResponse {
  const fields = new PromFields(request);
  const state = fields.text('state')?.toLowerCase() || 'any';
  const pool = fields.text('scrapePool') || undefined;
  const ofPool = ({ scrapePool }: { readonly scrapePool: string }): boolean =>
    pool === undefined || scrapePool === pool;
  const { active, dropped } = api.targets.targets();
  return success({
    activeTargets: state === 'dropped' ? [] : active.filter(ofPool).map(targetJson),
    droppedTargets: state === 'active' ? [] : dropped.filter(ofPool),
    droppedTargetCounts: Object.fromEntries(
      [...Map.groupBy(dropped, (one) => one.scrapePool)].map(([name, list]) => [name, list.length]),
    ),
  });
}

function targetJson(target: ActiveTarget) {
  const { lastScrapeAt, lastScrapeDurationMs, scrapeIntervalMs, scrapeTimeoutMs, ...same } = target;
  return {
    ...same,
    lastScrape: lastScrapeAt === 0 ? '0001-01-01T00:00:00Z' : new Date(lastScrapeAt).toISOString(),
    lastScrapeDuration: lastScrapeDurationMs / 1000,
    scrapeInterval: `${scrapeIntervalMs / 1000}s`,
    scrapeTimeout: `${scrapeTimeoutMs / 1000}s`,
  };
}

/** `/api/v1/targets/metadata`: what is known of metrics, for each target that `match_target` selects. */
export async function targetsMetadata(api: PrometheusApi, request: RouteRequest): Promise<RouteResponse> {
  const fields = new PromFields(request);
  const limit = fields.limit(10_000);
  const [matchers = []] = fields.selectors('match_target', api.engine);
  const { active } = api.targets.targets();
  const isSelected = compileMatchers(matchers);
  const targets = active.filter(({ labels }) => isSelected(labels)).map(({ labels }) => labels);
  if (targets.length === 0) return success([]);
  const metadata = await api.source.metadata(fields.text('metric') || undefined, limit);
  const list = targets.flatMap((target) => metadata.map((one) => ({ target, ...one })));
  return success(list.slice(0, limit));
}
