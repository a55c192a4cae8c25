import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { Product } from '#test/product/product.ts';

/** The requests are those of Grafana's Graphite data source: in the browser (`datasource.ts`) and its backend (`pkg/tsdb/graphite`). */
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const MINUTE = 60;
const END = Math.floor(Date.now() / 1000 / MINUTE) * MINUTE;
const START = END - 10 * MINUTE;
const RANGE = { from: START, until: END };

let product: Product;

before(async () => {
  product = await Product.start();
  const { host, port } = await product.listener('graphite-plaintext');
  const socket = connect(port, host);
  for (let t = START; t <= END; t += MINUTE) {
    socket.write(`servers.web1.cpu.user ${t - START} ${t}\nservers.web2.cpu.user 2 ${t}\n`);
    socket.write(`disk.used;server=web1;dc=a 10 ${t}\ndisk.used;server=web2;dc=a 20 ${t}\n`);
  }
  socket.end();
  await product.until(
    async () => (await render({ target: 'servers.*.cpu.user', ...RANGE })).filter(isWhole).length === 2,
  );
  await product.until(async () => (await get<string[]>('/tags/autoComplete/tags?limit=100')).includes('dc'));
});
after(() => product?.remove());

type Rendered = { target: string; tags: Record<string, string>; datapoints: [number | null, number][] };
type Found = { text: string; expandable: number };

const get = <Answer>(path: string): Promise<Answer> => product.json<Answer>(path);

function post<Answer>(path: string, fields: Record<string, string | number>): Promise<Answer> {
  const body = new URLSearchParams(
    Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return product.json<Answer>(path, { method: 'POST', headers: FORM, body });
}

const isWhole = ({ datapoints }: Rendered): boolean => datapoints.at(-1)?.[0] != null;

function render(fields: Record<string, string | number>): Promise<Rendered[]> {
  return post<Rendered[]>('/render', { format: 'json', maxDataPoints: 100, ...fields });
}

test('health, version and functions: what is asked when the data source is set up', async () => {
  const hour = { from: END - 3600, until: END };
  const [line] = await render({ target: 'constantLine(100)', ...hour });
  assert.ok(line?.datapoints.every(([value]) => value === 100));
  assert.ok((await get<Found[]>('/metrics/find?query=*')).some(({ text }) => text === 'servers'));
  assert.match(await (await product.request('/version')).text(), /^1\.1\.\d+\n$/);
  const functions = await (await product.request('/functions')).text();
  const parsed = JSON.parse(functions.replaceAll('1e9999', '1')) as Record<string, { params: object[] }>;
  assert.ok(Object.keys(parsed).length > 150 && parsed.movingAverage?.params.length === 3);
});

test('panels: targets over a range, relative times, nested queries, annotations of metrics', async () => {
  const found = await render({ target: "alias(summarize(servers.web1.cpu.user, '5min', 'max'), 'a')", ...RANGE });
  assert.deepEqual(
    found.map(({ target, datapoints }) => [target, datapoints.some(([value]) => value === 600)]),
    [['a', true]],
  );
  const relative = await render({ target: 'sumSeries(servers.*.cpu.user)', from: '-1h', until: 'now' });
  assert.equal(relative.length, 1);
  const tagged = await render({ target: "seriesByTag('name=disk.used', 'server=~web[12]')", ...RANGE });
  assert.deepEqual(
    tagged.map(({ tags }) => tags),
    [
      { dc: 'a', name: 'disk.used', server: 'web1' },
      { dc: 'a', name: 'disk.used', server: 'web2' },
    ],
  );
  assert.deepEqual(await render({ target: 'nothing.here', ...RANGE }), []);
  const meta = await post<Rendered[]>('/render?meta=true', {
    target: 'servers.web2.cpu.user',
    format: 'json',
    ...RANGE,
  });
  assert.equal(meta.length, 1);
});

test('a query with a mistake is answered with 400 and its reason as text', async () => {
  const body = new URLSearchParams({ target: 'nosuch(servers.*)', format: 'json' });
  const response = await product.request('/render', { method: 'POST', headers: FORM, body });
  assert.equal(response.status, 400);
  assert.match(await response.text(), /nosuch/);
});

test('variables: find, expand, tags and values, by GET and by POST', async () => {
  const texts = (found: Found[]): string[] => found.map(({ text }) => text);
  const range = `from=${START}&until=${END}`;
  assert.deepEqual(texts(await get<Found[]>(`/metrics/find?query=servers.*&${range}`)), ['web1', 'web2']);
  assert.deepEqual(texts(await post<Found[]>('/metrics/find', { query: 'servers.web1.*' })), ['cpu']);
  const expanded = await get<{ results: string[] }>(`/metrics/expand?query=servers.*.cpu.user&${range}`);
  assert.deepEqual(expanded.results, ['servers.web1.cpu.user', 'servers.web2.cpu.user']);
  const expr = encodeURIComponent('name=disk.used');
  const tags = await get<string[]>(`/tags/autoComplete/tags?expr=${expr}&limit=10000`);
  assert.deepEqual(tags, ['dc', 'server']);
  assert.deepEqual(await get(`/tags/autoComplete/tags?expr=${expr}&tagPrefix=s&limit=100`), ['server']);
  const values = `/tags/autoComplete/values?expr=${expr}&tag=server&valuePrefix=web&limit=10000&${range}`;
  assert.deepEqual(await get(values), ['web1', 'web2']);
  const several = await get<string[]>(`/tags/autoComplete/values?expr[]=${expr}&expr[]=dc%3Da&tag=server`);
  assert.deepEqual(several, ['web1', 'web2'], 'lists of older releases are sent with brackets');
  assert.ok((await get<{ tag: string }[]>('/tags')).some(({ tag }) => tag === 'server'));
  const server = await get<{ values: { value: string }[] }>('/tags/server');
  assert.deepEqual(
    server.values.map(({ value }) => value),
    ['web1', 'web2'],
  );
});

test('annotations of events', async () => {
  const event = { what: 'deploy', tags: ['shop'], when: END - 60, data: 'v2' };
  const { id } = await product.json<{ id: number }>('/events/', { method: 'POST', body: JSON.stringify(event) });
  const range = `from=${START}&until=${END}`;
  assert.deepEqual(await get(`/events/get_data?${range}&tags=shop`), [{ ...event, id }]);
  assert.deepEqual(await get(`/events/get_data?${range}&tags=other`), []);
});
