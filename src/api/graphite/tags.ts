import { AppError } from '#core/errors.ts';
import type { RouteRequest, RouteResponse } from '#core/route.ts';
import type { TagIndex, TagQuestion } from '#query/graphite/source.ts';
import { FormFields } from './form-fields.ts';
import type { GraphiteApi } from './graphite-api.ts';
import { valueReply } from './reply.ts';

const MAX_LISTED = 10_000;
const MAX_SERIES = 100_000;
const SUGGESTED = 100;

/** `/tags`: the names of all tags. */
export async function listTags(api: GraphiteApi, request: RouteRequest): Promise<RouteResponse> {
  const fields = new FormFields(request.body);
  const names = await indexOf(api).names(question(fields, request, MAX_LISTED));
  return valueReply(
    names.map((tag) => ({ tag })),
    fields,
  );
}

/** `/tags/<tag>`: its values and how many series have each. */
export async function describeTag(api: GraphiteApi, request: RouteRequest): Promise<RouteResponse> {
  const fields = new FormFields(request.body);
  const tag = request.params.tag ?? '';
  const values = await indexOf(api).values(tag, question(fields, request, MAX_LISTED));
  return valueReply({ tag, values }, fields);
}

/** `/tags/findSeries`: the series that satisfy all expressions. */
export async function findTagged(api: GraphiteApi, request: RouteRequest): Promise<RouteResponse> {
  const fields = new FormFields(request.body);
  const asked = question(fields, request, MAX_SERIES);
  if (asked.expressions.length === 0) throw new AppError('bad_request', 'no tag expressions specified');
  return valueReply(await indexOf(api).series(asked), fields);
}

/** `/tags/autoComplete/tags`: names that begin so, but those which the expressions name already. */
export async function completeTags(api: GraphiteApi, request: RouteRequest): Promise<RouteResponse> {
  const fields = new FormFields(request.body);
  const asked = question(fields, request, SUGGESTED);
  const used = new Set(asked.expressions.map((expression) => /^[^!=~]*/.exec(expression)?.[0]));
  const prefix = fields.one('tagPrefix') ?? '';
  const names = await indexOf(api).names({ ...asked, prefix, limit: asked.limit + used.size });
  return valueReply(names.filter((name) => !used.has(name)).slice(0, asked.limit), fields);
}

/** `/tags/autoComplete/values`: values of a tag that begin so. */
export async function completeValues(api: GraphiteApi, request: RouteRequest): Promise<RouteResponse> {
  const fields = new FormFields(request.body);
  const tag = fields.one('tag') ?? '';
  if (tag === '') throw new AppError('bad_request', 'no tag specified');
  const prefix = fields.one('valuePrefix') ?? '';
  const values = await indexOf(api).values(tag, { ...question(fields, request, SUGGESTED), prefix });
  return valueReply(
    values.map(({ value }) => value),
    fields,
  );
}

function indexOf({ source }: GraphiteApi): TagIndex {
  if (source.tags === undefined) throw new AppError('not_found', 'there is no index of tags');
  return source.tags;
}

function question(fields: FormFields, { signal }: RouteRequest, most: number): TagQuestion {
  const limit = fields.integer('limit', most);
  if (limit < 0) throw new AppError('bad_request', 'limit must not be negative');
  const filter = fields.one('filter');
  return {
    expressions: [...fields.all('expr'), ...fields.all('expr[]')],
    limit: Math.min(limit, MAX_SERIES),
    signal,
    ...(filter === undefined ? {} : { filter }),
  };
}
