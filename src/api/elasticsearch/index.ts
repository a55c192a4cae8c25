import { defineRoute, type Route, type RouteRequest, RouteResponse } from '#core/route.ts';
import { ElasticFault, elasticAnswer, faultBody, withElasticFaults } from './fault.ts';
import { fieldCaps, mapping } from './field-caps.ts';
import { type JsonObject, objectOf } from './json.ts';
import { askedOf, type ElasticApi, elasticSearch, INDEX } from './search.ts';

const MAX_BODY = 4 * 1024 * 1024;
const MAX_SEARCHES = 100;

type Handler = (api: ElasticApi, request: RouteRequest) => Promise<RouteResponse>;

/** Answered at the root, and below the path that takes `_bulk`, so that a client needs one address. */
const BASES = ['', '/elasticsearch'] as const;

/** What Grafana's Elasticsearch data source and simple scripts read with; every index is all logs. */
export function elasticRoutes(api: ElasticApi): Route[] {
  return BASES.flatMap((base) => routesBelow(base, api));
}

function routesBelow(base: string, api: ElasticApi): Route[] {
  const routes = (name: string, handler: Handler, methods: readonly ('GET' | 'POST')[] = ['GET', 'POST']): Route[] =>
    [`${base}/${name}`, `${base}/:index/${name}`].flatMap((path) =>
      methods.map((method) => route(api, method, path, handler)),
    );
  return [
    ...routes('_search', async (_, request) =>
      elasticAnswer(await elasticSearch(api, bodyOf(request), request.signal)),
    ),
    ...routes('_count', count),
    ...routes('_msearch', searchMany),
    ...routes('_field_caps', async (_, { signal }) => elasticAnswer(await fieldCaps(api, signal))),
    ...routes('_mapping', async (_, { signal }) => elasticAnswer(await mapping(api, signal)), ['GET']),
    route(api, 'GET', `${base}/_cat/indices`, listIndices),
    route(api, 'GET', `${base}/_cat/indices/:index`, listIndices),
  ];
}

function route(api: ElasticApi, method: 'GET' | 'POST', path: string, handler: Handler): Route {
  return defineRoute({
    ...{ method, path, permission: 'read', bodyKind: 'text', bodyLimitBytes: MAX_BODY },
    handler: (request) => withElasticFaults(() => handler(api, request)),
  });
}

/** The body, with what stands in the address (`?size=5&q=error`). */
function bodyOf({ body, query }: RouteRequest): JsonObject {
  const { q, size, from } = (query ?? {}) as JsonObject;
  const text = String(body ?? '').trim();
  const outside = {
    ...(q === undefined ? {} : { q }),
    ...(size === undefined ? {} : { size }),
    ...(from === undefined ? {} : { from }),
  };
  return { ...(text === '' ? {} : parse(text)), ...outside };
}

function parse(text: string): JsonObject {
  try {
    return objectOf(JSON.parse(text), 'body');
  } catch (error) {
    if (error instanceof ElasticFault) throw error;
    throw new ElasticFault('parsing_exception', 'the body is not valid JSON');
  }
}

async function count(api: ElasticApi, request: RouteRequest): Promise<RouteResponse> {
  const { filter, range } = askedOf(api, bodyOf(request));
  const rows = await api.logs.countOf({ ...range, filter }, request.signal);
  return elasticAnswer({ count: rows, _shards: { total: 1, successful: 1, skipped: 0, failed: 0 } });
}

/** Pairs of lines: where to search, which is everywhere, and what. A fault is the answer of its own search. */
async function searchMany(api: ElasticApi, { body, signal }: RouteRequest): Promise<RouteResponse> {
  const started = performance.now();
  const lines = String(body ?? '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  if (lines.length === 0 || lines.length % 2 !== 0 || lines.length > 2 * MAX_SEARCHES) {
    throw new ElasticFault('parsing_exception', `_msearch takes 1 to ${MAX_SEARCHES} pairs of lines`);
  }
  const responses: object[] = [];
  for (let at = 1; at < lines.length; at += 2) {
    responses.push(await searchOne(api, lines[at] ?? '', signal));
  }
  return elasticAnswer({ took: Math.round(performance.now() - started), responses });
}

async function searchOne(api: ElasticApi, line: string, signal: AbortSignal): Promise<object> {
  try {
    return await elasticSearch(api, parse(line), signal);
  } catch (error) {
    return faultBody(error);
  }
}

async function listIndices(api: ElasticApi, { query, signal }: RouteRequest): Promise<RouteResponse> {
  const { filter, range } = askedOf(api, {});
  const rows = await api.logs.countOf({ ...range, filter }, signal);
  const index = {
    health: 'green',
    status: 'open',
    index: INDEX,
    uuid: INDEX,
    pri: '1',
    rep: '0',
    'docs.count': String(rows),
  };
  if ((query as JsonObject)['format'] === 'json') return elasticAnswer([index]);
  return new RouteResponse(`${Object.values(index).join(' ')}\n`, {
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
}
