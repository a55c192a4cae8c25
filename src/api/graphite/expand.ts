import { AppError } from '#core/errors.ts';
import type { RouteRequest, RouteResponse } from '#core/route.ts';
import { FormFields } from './form-fields.ts';
import type { GraphiteApi } from './graphite-api.ts';
import { valueReply } from './reply.ts';

const MAX_PATHS = 100_000;
const MAX_DEPTH = 64;
const MAX_QUERIES = 100;

/** `/metrics/expand`: the paths that match globs, as one list or by glob. */
export async function expand(api: GraphiteApi, request: RouteRequest): Promise<RouteResponse> {
  const fields = new FormFields(request.body);
  const queries = fields.all('query');
  if (queries.length > MAX_QUERIES) throw new AppError('bad_request', `At most ${MAX_QUERIES} queries at once`);
  const byQuery: Record<string, string[]> = {};
  for (const query of queries) {
    const found = await api.source.find(query, { signal: request.signal });
    const wanted = found.filter(({ leaf }) => leaf || !fields.flag('leavesOnly'));
    byQuery[query] = sorted(wanted.map(({ path }) => path));
  }
  const results = fields.flag('groupByExpr') ? byQuery : sorted(Object.values(byQuery).flat());
  return valueReply({ results }, fields);
}

/** `/metrics/index.json`: every path; throws `limit_series` when there are too many for one answer. */
export async function index(api: GraphiteApi, request: RouteRequest): Promise<RouteResponse> {
  const paths: string[] = [];
  let glob = '*';
  for (let depth = 0; depth < MAX_DEPTH; depth++, glob += '.*') {
    const found = await api.source.find(glob, { signal: request.signal });
    for (const { path, leaf } of found) if (leaf) paths.push(path);
    if (paths.length > MAX_PATHS) {
      throw new AppError('limit_series', `There are more than ${MAX_PATHS} paths: use /metrics/find with a glob`);
    }
    if (found.every(({ leaf }) => leaf)) break;
  }
  return valueReply(sorted(paths), new FormFields(request.body));
}

function sorted(paths: readonly string[]): string[] {
  return [...new Set(paths)].sort();
}
