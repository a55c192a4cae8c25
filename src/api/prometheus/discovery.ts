import { AppError } from '#core/errors.ts';
import type { RouteRequest, RouteResponse } from '#core/route.ts';
import { formatValue } from '#query/promql/number-text.ts';
import { selectorsOf } from '#query/promql/walk.ts';
import { bad, explained, PromFields } from './fields.ts';
import type { PrometheusApi } from './prometheus-api.ts';
import { success, successOf } from './reply.ts';
import { secondsText } from './result-json.ts';
import { unescapeName } from './unescape-name.ts';

/** What is listed when the request names no limit. */
const MAX_LISTED = 250_000;
const TRUNCATED = 'results truncated due to limit';

/** `/api/v1/series`: label sets of the series that the selectors match. */
export async function listSeries(api: PrometheusApi, request: RouteRequest): Promise<RouteResponse> {
  const fields = new PromFields(request);
  const selectors = fields.selectors('match[]', api.engine);
  if (selectors.length === 0) throw new AppError('bad_request', 'no match[] parameter provided');
  const limit = fields.limit(MAX_LISTED);
  await api.settled();
  const found = await api.source.series(selectors, fields.interval(), { limit: limit + 1, signal: request.signal });
  const pieces = jsonList(found.slice(0, limit));
  return successOf(pieces, found.length > limit ? { warnings: [TRUNCATED] } : {});
}

/** `/api/v1/labels`. */
export async function listLabels(api: PrometheusApi, request: RouteRequest): Promise<RouteResponse> {
  const fields = new PromFields(request);
  const limit = fields.limit(MAX_LISTED);
  const selectors = fields.selectors('match[]', api.engine);
  await api.settled();
  const names = await api.source.labelNames(selectors, fields.interval(), { limit: limit + 1, signal: request.signal });
  return success(names.slice(0, limit), names.length > limit ? { warnings: [TRUNCATED] } : {});
}

/** `/api/v1/label/<name>/values`; names with other characters than the classic ones come as `U__…`. */
export async function listValues(api: PrometheusApi, request: RouteRequest): Promise<RouteResponse> {
  const fields = new PromFields(request);
  const name = unescapeName(request.params.name ?? '');
  if (name === '') throw new AppError('bad_request', `invalid label name: "${request.params.name}"`);
  const limit = fields.limit(MAX_LISTED);
  const selectors = fields.selectors('match[]', api.engine);
  await api.settled();
  const options = { limit: limit + 1, signal: request.signal };
  const values = await api.source.labelValues(name, selectors, fields.interval(), options);
  return successOf(jsonList(values.slice(0, limit)), values.length > limit ? { warnings: [TRUNCATED] } : {});
}

function* jsonList(items: readonly unknown[]): Generator<string> {
  yield '[';
  for (const [i, item] of items.entries()) yield (i === 0 ? '' : ',') + JSON.stringify(item);
  yield ']';
}

/** `/api/v1/metadata`: what is said about metrics, by name. */
export async function listMetadata(api: PrometheusApi, request: RouteRequest): Promise<RouteResponse> {
  const fields = new PromFields(request);
  const metric = fields.text('metric');
  await api.settled();
  const found = await api.source.metadata(metric === '' ? undefined : metric, fields.limit(MAX_LISTED));
  const data = Object.create(null) as Record<string, unknown>;
  for (const { metric: name, type, help, unit } of found) data[name] = [{ type, help, unit }];
  return success(data);
}

/** `/api/v1/query_exemplars`: exemplars of all series that the query reads. */
export async function queryExemplars(api: PrometheusApi, request: RouteRequest): Promise<RouteResponse> {
  const fields = new PromFields(request);
  const interval = { from: fields.time('start', -8.64e15), to: fields.time('end', 8.64e15) };
  if (interval.to < interval.from) throw bad('end', 'end timestamp must not be before start timestamp');
  const expr = explained('query', () => api.engine.parse(fields.text('query') ?? ''));
  const selectors = selectorsOf(expr).map(({ matchers }) => matchers);
  if (selectors.length === 0) return success([]);
  await api.settled();
  const found = await api.source.exemplars(selectors, interval, { signal: request.signal });
  return success(
    found.map(({ labels, exemplars }) => ({
      seriesLabels: labels,
      exemplars: exemplars.map((one) => ({
        labels: one.labels,
        value: formatValue(one.v),
        timestamp: Number(secondsText(one.t)),
      })),
    })),
  );
}
