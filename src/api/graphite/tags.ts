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

/** `POST /tags/tagSeries`: series tag themselves when samples arrive, so the answer is only the name as it is stored. */
export function tagSeries(request: RouteRequest): RouteResponse {
  const fields = new FormFields(request.body);
  const [path] = pathsOf(fields);
  return valueReply(canonical(path ?? ''), fields);
}

/** `POST /tags/tagMultiSeries`: the same for several. */
export function tagMultiSeries(request: RouteRequest): RouteResponse {
  const fields = new FormFields(request.body);
  return valueReply(pathsOf(fields).map(canonical), fields);
}

/** `POST /tags/delSeries`: a series leaves the index with its last sample; the answer is graphite-web's. */
export function deleteSeries(request: RouteRequest): RouteResponse {
  const fields = new FormFields(request.body);
  return valueReply(pathsOf(fields).map(canonical).length > 0, fields);
}

function pathsOf(fields: FormFields): readonly string[] {
  const paths = [...fields.all('path'), ...fields.all('path[]')].filter((path) => path !== '');
  if (paths.length === 0) throw new AppError('bad_request', 'no path specified');
  if (paths.length > MAX_SERIES) throw new AppError('bad_request', `At most ${MAX_SERIES} paths at once`);
  return paths;
}

/** The name with its tags in order. Throws `bad_request` for a tag without name or value. */
function canonical(path: string): string {
  const [name = '', ...pairs] = path.split(';');
  const tags = pairs.map((pair) => /^([^;!^=]+)=([^;~][^;]*)$/.exec(pair));
  if (name === '' || tags.includes(null)) throw new AppError('bad_request', `Cannot parse path ${path}`);
  const sorted = new Map(tags.map((tag) => [tag?.[1] ?? '', tag?.[2] ?? ''] as const));
  const text = [...sorted].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([tag, value]) => `;${tag}=${value}`);
  return name + text.join('');
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
