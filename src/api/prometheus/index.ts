import type { RulesProvider } from '#core/api/recording.ts';
import type { TargetsProvider } from '#core/api/targets.ts';
import { defineRoute, type Route, type RouteRequest, RouteResponse } from '#core/route.ts';
import type { Clock } from '#io/clock.ts';
import type { SeriesEraser } from '#query/metrics/index.ts';
import { createPromEngine } from '#query/promql/engine.ts';
import { formatQuery } from '#query/promql/print/index.ts';
import type { PromSource } from '#query/promql/source.ts';
import { cleanTombstones, deleteSeries, snapshot } from './delete-series.ts';
import { listLabels, listMetadata, listSeries, listValues, queryExemplars } from './discovery.ts';
import { federate } from './federate.ts';
import { explained, PromFields } from './fields.ts';
import type { PrometheusApi } from './prometheus-api.ts';
import { instantQuery, rangeQuery } from './query.ts';
import { createQueryTrees } from './query-tree.ts';
import { remoteRead } from './remote-read/remote-read.ts';
import { success, withPromErrors } from './reply.ts';
import { listRules } from './rules.ts';
import { buildInfo, configText, flags, runtimeInfo, tsdbStatus, walReplay } from './status.ts';
import type { StatusFacts } from './status-facts.ts';
import { listTargets, targetsMetadata } from './targets.ts';

/** What the Prometheus API is built from. */
export type PrometheusRouteOptions = {
  readonly source: PromSource;
  readonly clock: Clock;
  readonly eraser: SeriesEraser;
  readonly status: StatusFacts;
  /** What is scraped; without it nothing. */
  readonly targets?: TargetsProvider;
  /** What is recorded; without it nothing. */
  readonly rules?: RulesProvider;
  readonly settled: () => Promise<void>;
};

const MAX_FORM_BYTES = 4 * 1024 * 1024;
const MAX_READ_BYTES = 8 * 1024 * 1024;
const NO_RULES: RulesProvider = { groups: () => [] };
const NO_TARGETS: TargetsProvider = { targets: () => ({ active: [], dropped: [] }) };

type Handler = (api: PrometheusApi, request: RouteRequest) => unknown;

/** The HTTP API of Prometheus: queries, discovery, status, remote read, federation and deletion. */
export function prometheusRoutes(options: PrometheusRouteOptions): Route[] {
  const { targets = NO_TARGETS, rules = NO_RULES } = options;
  const api = { ...options, targets, rules, engine: createPromEngine(options.source) };
  return [
    ...queryRoutes.flatMap(([path, handler]) => [route(api, 'GET', path, handler), route(api, 'POST', path, handler)]),
    ...getRoutes.map(([path, handler]) => route(api, 'GET', path, handler)),
    ...adminRoutes.map(([path, handler]) => route(api, 'POST', path, handler, 'admin')),
    defineRoute({
      ...{ method: 'POST', path: '/api/v1/read', permission: 'read', bodyKind: 'bytes' },
      bodyLimitBytes: MAX_READ_BYTES,
      handler: (request) => withPromErrors(() => remoteRead(api, request)),
    }),
    ...probes(api),
  ];
}

const queryRoutes: readonly (readonly [path: string, handler: Handler])[] = [
  ['/api/v1/query', instantQuery],
  ['/api/v1/query_range', rangeQuery],
  ['/api/v1/query_exemplars', queryExemplars],
  ['/api/v1/format_query', format],
  ['/api/v1/parse_query', createQueryTrees()],
  ['/api/v1/series', listSeries],
  ['/api/v1/labels', listLabels],
];

const getRoutes: readonly (readonly [path: string, handler: Handler])[] = [
  ['/api/v1/label/:name/values', listValues],
  ['/api/v1/metadata', listMetadata],
  ['/api/v1/targets', listTargets],
  ['/api/v1/targets/metadata', targetsMetadata],
  ['/api/v1/scrape_pools', ({ targets }) => success({ scrapePools: poolsOf(targets) })],
  ['/api/v1/rules', listRules],
  ['/api/v1/alerts', () => success({ alerts: [] })],
  ['/api/v1/alertmanagers', () => success({ activeAlertmanagers: [], droppedAlertmanagers: [] })],
  ['/api/v1/status/buildinfo', buildInfo],
  ['/api/v1/status/config', configText],
  ['/api/v1/status/flags', flags],
  ['/api/v1/status/runtimeinfo', runtimeInfo],
  ['/api/v1/status/tsdb', tsdbStatus],
  ['/api/v1/status/walreplay', walReplay],
  ['/federate', federate],
];

const adminRoutes: readonly (readonly [path: string, handler: Handler])[] = [
  ['/api/v1/admin/tsdb/delete_series', deleteSeries],
  ['/api/v1/admin/tsdb/clean_tombstones', cleanTombstones],
  ['/api/v1/admin/tsdb/snapshot', snapshot],
];

function route(
  api: PrometheusApi,
  method: 'GET' | 'POST',
  path: string,
  handler: Handler,
  permission: 'read' | 'admin' = 'read',
): Route {
  return defineRoute({
    ...{ method, path, permission, bodyKind: 'form' },
    bodyLimitBytes: MAX_FORM_BYTES,
    handler: (request) => withPromErrors(() => handler(api, request)),
  });
}

function format({ engine }: PrometheusApi, request: RouteRequest): RouteResponse {
  const text = new PromFields(request).text('query') ?? '';
  return success(formatQuery(explained('query', () => engine.parse(text))));
}

const poolsOf = ({ targets }: TargetsProvider): string[] => {
  const { active, dropped } = targets();
  return [...new Set([...active, ...dropped].map(({ scrapePool }) => scrapePool))].toSorted();
};

function probes({ status }: PrometheusApi): Route[] {
  const probe = (path: string, handler: () => RouteResponse): Route =>
    defineRoute({ method: 'GET', path, permission: 'public', handler });
  const text = (body: string, code = 200): RouteResponse =>
    new RouteResponse(body, { status: code, headers: { 'content-type': 'text/plain; charset=utf-8' } });
  return [
    probe('/-/healthy', () => text('Prometheus Server is Healthy.\n')),
    probe('/-/ready', () =>
      status.isReady() ? text('Prometheus Server is Ready.\n') : text('Service Unavailable\n', 503),
    ),
  ];
}
