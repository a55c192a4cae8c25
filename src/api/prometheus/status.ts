import type { RouteRequest, RouteResponse } from '#core/route.ts';
import { PromFields } from './fields.ts';
import type { PrometheusApi } from './prometheus-api.ts';
import { success } from './reply.ts';

/** The release of Prometheus whose API this is: clients choose their features by it. */
const API_VERSION = '3.5.0';

/** `/api/v1/status/buildinfo`. */
export const buildInfo = ({ status }: PrometheusApi): RouteResponse =>
  success({
    version: API_VERSION,
    revision: `nocmate-${status.version}`,
    branch: 'HEAD',
    buildUser: 'nocmate',
    buildDate: '',
    goVersion: `node${process.versions.node}`,
  });

/** `/api/v1/status/runtimeinfo`. */
export const runtimeInfo = ({ status }: PrometheusApi): RouteResponse =>
  success({
    startTime: new Date(status.startedAt).toISOString(),
    CWD: '',
    hostname: '',
    serverTime: new Date().toISOString(),
    reloadConfigSuccess: true,
    lastConfigTime: new Date(status.startedAt).toISOString(),
    corruptionCount: 0,
    goroutineCount: 0,
    GOMAXPROCS: 1,
    GOMEMLIMIT: 0,
    GOGC: '',
    GODEBUG: '',
    storageRetention: retentionText(status.retentionMs),
  });

/** `/api/v1/status/flags`: there are none, but tools look for these. */
export const flags = ({ status }: PrometheusApi): RouteResponse =>
  success({
    'query.lookback-delta': '5m',
    'query.max-samples': '50000000',
    'query.timeout': '2m',
    'storage.tsdb.retention.time': retentionText(status.retentionMs),
    'web.enable-admin-api': 'true',
    'web.enable-remote-write-receiver': 'true',
  });

/** `/api/v1/status/config`: what is scraped is in the product's own configuration. */
export const configText = (): RouteResponse => success({ yaml: '' });

/** `/api/v1/status/walreplay`. */
export const walReplay = ({ status }: PrometheusApi): RouteResponse =>
  success({ min: 0, max: 0, current: 0, state: status.isReady() ? 'done' : 'in progress' });

/** `/api/v1/status/tsdb`: the metrics and labels with the most series. */
export async function tsdbStatus(api: PrometheusApi, request: RouteRequest): Promise<RouteResponse> {
  const found = await api.status.statistics(new PromFields(request).limit(10));
  return success({
    headStats: {
      numSeries: api.status.activeSeries(),
      numLabelPairs: found.labelPairs,
      chunkCount: 0,
      minTime: found.minTime,
      maxTime: found.maxTime,
    },
    seriesCountByMetricName: found.seriesByMetric,
    labelValueCountByLabelName: found.valuesByLabel,
    memoryInBytesByLabelName: found.bytesByLabel,
    seriesCountByLabelValuePair: found.seriesByPair,
  });
}

const retentionText = (ms: number): string => (Number.isFinite(ms) ? `${Math.round(ms / 3_600_000)}h` : '0s');
