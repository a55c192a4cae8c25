import type { Product } from '#test/product/product.ts';

const SERIES = 12_000;
const BUSY = 100;
const SAMPLES = 300;

/** A query made to take all time or memory: its name, its text, and fields that go with it. */
export type Hostile = readonly [name: string, text: string, fields?: Record<string, string>];

const nested = (call: string, inner: string, levels: number): string =>
  call.repeat(levels) + inner + ')'.repeat(levels);
const joined = (part: string, times: number, between: string): string => Array(times).fill(part).join(between);

/** Queries for `/api/v1/query_range`. */
export const PROMQL: readonly Hostile[] = [
  ['every series at every second', '{__name__=~"(.*)*(.+)+"}'],
  ['a long regular expression', `{__name__=~"${'(a|b|c)'.repeat(9_000)}"}`],
  ['an exploding regular expression', '{__name__=~"(((a{1,999}){1,999}){1,999})"}'],
  ['10⁹ samples', 'sum_over_time({__name__=~"busy.+"}[10d:1s])'],
  ['every second since 1970', 'up', { start: '0' }],
  ['brackets', nested('(', '1', 20_000)],
  ['calls', nested('abs(', 'up', 9_000)],
  ['signs', `${'-'.repeat(50_000)}1`],
  ['a chain', joined('up', 20_000, '+')],
  ['each with each', '{__name__=~"hostile.+"} * on() group_left() {__name__=~"busy.+"}'],
  ['many selections', joined('{__name__=~"hostile.+"}', 300, ' or ')],
];

/** Targets for `/render`. */
export const GRAPHITE: readonly Hostile[] = [
  ['every series', '*.*'],
  ['backtracking', 'grep(deep.*,"(?=(a+)+b)(a+)+$")'],
  ['an exploding tag expression', "seriesByTag('name=~((a{1,999}){1,999}){1,999}')"],
  ['10⁹ points', 'timeFunction("x",1)', { from: '-50y' }],
  ['seconds of a year', 'smartSummarize(busy.*,"1s","median")', { from: '-1y' }],
  ['hits of a year', 'hitcount(busy.*,"1s")', { from: '-1y' }],
  ['many walks', `group(${joined('randomWalk("x",1)', 50, ',')})`, { from: '-1y' }],
  ['brackets', nested('sumSeries(', 'busy.*', 5_000)],
  ['a long target', nested('scale(', 'busy.s1', 20_000)],
  ['the same again and again', `group(${joined('hostile.s1*', 5_000, ',')})`],
  ['many shifts', 'timeStack(busy.*,"1min",0,1000000)'],
];

/** Statements for `/api/sql`. */
export const SQL: readonly Hostile[] = [
  ['a cross join', 'SELECT count() FROM samples a, samples b, samples c WHERE cos(a.v * b.v * c.v) > 2'],
  [
    'a cross join that is kept',
    'SELECT length(groupArray(concat(toString(a.v), toString(b.v)))) FROM samples a, samples b',
  ],
  ['brackets', `SELECT ${nested('(', '1', 20_000)}`],
  ['queries in queries', `SELECT * FROM ${nested('(SELECT * FROM ', 'samples', 1_500)}`],
  ['a chain', `SELECT ${joined('1', 30_000, '+')}`],
  ['10⁹ elements', 'SELECT length(range(1000000000))'],
  [
    'a query that calls itself',
    'WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT count() FROM r',
  ],
];

/** Searches of logs that are to be refused, for `/api/logs/search`. */
export const REFUSED_LOGS: readonly Hostile[] = [
  ['an exploding expression', '/(x{1000}){1000}/'],
  ['a look ahead', '/(?=a)/'],
  ['a back reference', '/\\1/'],
  ['brackets', `${'('.repeat(5_000)}a`],
  ['a chain', Array(20_000).fill('a').join(' OR ')],
];

/** Expressions that take for ever where they are tried step by step; here they find their lines. */
export const SLOW_EXPRESSIONS: readonly string[] = [
  ...['(y+)+$', '((y*)*)*x', '(y|yy)+z', '(.*)(.*)(.*)(.*)[^y]$', '(?:y?){50}y{50}'],
];

/** Series that hostile queries ask for: `hostile.*`, `deep.*`, `busy.*`, in Graphite's plaintext; times in seconds. */
export function* hostileSeries(now: number): Generator<readonly string[]> {
  yield Array.from({ length: SERIES }, (_, i) => `hostile.s${i} 1 ${now - 10}`);
  yield Array.from({ length: 40 }, (_, i) => `deep.${'a'.repeat(26)}${i} 1 ${now - 10}`);
  for (let i = 0; i < BUSY; i++) {
    yield Array.from({ length: SAMPLES }, (_, at) => `busy.s${i} ${at} ${now - 10 * (SAMPLES - at)}`);
  }
}

/** Stores {@link hostileSeries}, and resolves when all of it can be found. */
export async function fillHostile(product: Product, now: number): Promise<void> {
  for (const lines of hostileSeries(now)) {
    const answer = await product.request('/api/ingest/graphite', { method: 'POST', body: lines.join('\n') });
    if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
  }
  const stored = async (pattern: string): Promise<number> => {
    const ids = `SELECT family, id FROM series WHERE path LIKE '${pattern}'`;
    const [row] = await product.sql<{ n: string }>(`SELECT count() AS n FROM samples WHERE (family, id) IN (${ids})`);
    return Number(row?.n);
  };
  await product.until(async () => (await stored('busy.%')) === BUSY * SAMPLES);
  await product.until(async () => (await stored('hostile.%')) === SERIES);
}

const JSON_BODY = { 'content-type': 'application/json' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** How each kind is put: an hour that ends at `now` (seconds) at steps of a second. */
export const PUT_HOSTILE = {
  promql: (product: Product, [, query, fields]: Hostile, now: number) =>
    post(product, '/api/v1/query_range', { query, start: `${now - 3600}`, end: `${now}`, step: '1', ...fields }),
  graphite: (product: Product, [, target, fields]: Hostile) =>
    post(product, '/render', { target, from: '-1h', format: 'json', ...fields }),
  sql: (product: Product, [, body]: Hostile) => product.request('/api/sql', { method: 'POST', body }),
  logs: (product: Product, [, query]: Hostile) => {
    const body = JSON.stringify({ query, from: Date.now() - 3_600_000, to: Date.now() + 60_000 });
    return product.request('/api/logs/search', { method: 'POST', body, headers: JSON_BODY });
  },
} satisfies Record<string, (product: Product, query: Hostile, now: number) => Promise<Response>>;

function post(product: Product, path: string, fields: Record<string, string>): Promise<Response> {
  return product.request(path, { method: 'POST', headers: FORM, body: new URLSearchParams(fields) });
}
