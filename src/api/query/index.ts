import { DiscoveryRequest, MetricListRequest, type PathNode, RangeRequest, type RangeSeries } from '#core/api/query.ts';
import { AppError } from '#core/errors.ts';
import { encodeFrame } from '#core/frame.ts';
import { parseMetricQuery } from '#core/metric-query/parse.ts';
import type { Matcher } from '#core/metric-query/query.ts';
import { defineRoute, type Route, RouteResponse } from '#core/route.ts';
import type { Metrics } from '#query/metrics/index.ts';
import type { TextQueries } from '#query/text/index.ts';
import { pathNodes } from './path-nodes.ts';
import { textRoutes } from './text.ts';

/** The product's own query API: ranges as binary frames, texts of any language, discovery as JSON lists. */
export function queryRoutes(metrics: Metrics, texts: TextQueries): Route[] {
  return [rangeRoute(metrics), ...textRoutes(texts), ...discoveryRoutes(metrics)];
}

function rangeRoute(metrics: Metrics): Route {
  return defineRoute({
    method: 'POST',
    path: '/api/query/range',
    permission: 'read',
    body: RangeRequest,
    handler: async ({ body, signal }) => {
      const { header, columns } = await metrics.range(body, signal);
      return new RouteResponse(encodeFrame(header, columns), {
        headers: { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' },
      });
    },
  });
}

function discoveryRoutes(metrics: Metrics): Route[] {
  const { catalogue } = metrics;
  return [
    discovery('label-names', (request, signal) =>
      catalogue.labelNames(matchersOf(request), { limit: request.limit, signal }),
    ),
    discovery('label-values', (request, signal) => labelValues(metrics, request, signal)),
    discovery('series', async (request, signal): Promise<RangeSeries[]> => {
      const matchers = matchersOf(request);
      if (matchers.length === 0)
        throw new AppError('bad_request', '\'match\' is needed: a query such as {host="web-1"}');
      const { series } = await catalogue.selectSome(matchers, { limit: request.limit, signal });
      return series.map(({ id, labels }) => ({ sid: id.toString(), labels }));
    }),
    discovery('paths', (request, signal): Promise<PathNode[]> => pathNodes(catalogue, request, signal)),
    defineRoute({
      method: 'GET',
      path: '/api/query/metrics',
      permission: 'read',
      query: MetricListRequest,
      handler: ({ query, signal }) => metrics.listMetrics({ ...query, signal }),
    }),
  ];
}

function discovery(name: string, answer: (request: DiscoveryRequest, signal: AbortSignal) => Promise<unknown>): Route {
  return defineRoute({
    method: 'GET',
    path: `/api/query/${name}`,
    permission: 'read',
    query: DiscoveryRequest,
    handler: ({ query, signal }) => answer(query, signal),
  });
}

function labelValues(
  { catalogue }: Metrics,
  request: DiscoveryRequest,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { label, prefix, limit } = request;
  if (!label) throw new AppError('bad_request', "'label' is needed: the label whose values are asked for");
  const options = { limit, signal, ...(prefix === undefined ? {} : { prefix }) };
  return catalogue.labelValues(label, matchersOf(request), options);
}

const matchersOf = ({ match }: DiscoveryRequest): Matcher[] => (match ? parseMetricQuery(match).matchers : []);
