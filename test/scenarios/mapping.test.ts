import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AggregationRule, type StoredIngestRules } from '#core/api/ingest-rules.ts';
import { MappingRule, type StoredMapping, type TriedMapping } from '#core/api/mapping.ts';
import { Product } from '../product/product.ts';

let product: Product;
const CPU = MappingRule.parse({
  match: 'servers.*.cpu.*.*',
  name: 'cpu_$3',
  labels: { host: '$1', cpu: '$2' },
});

before(async () => {
  product = await Product.start();
});
after(() => product.remove());

async function send(lines: readonly string[]): Promise<Response> {
  const now = Math.floor(Date.now() / 1000);
  const body = lines.map((line) => `${line} ${now}\n`).join('');
  return product.request('/api/ingest/graphite', { method: 'POST', body });
}

/** Label sets of a PromQL selection, as they are now. */
async function promql(query: string): Promise<Record<string, string>[]> {
  const search = new URLSearchParams({ query });
  const { data } = await product.json<{ data: { result: { metric: Record<string, string> }[] } }>(
    `/api/v1/query?${search.toString()}`,
  );
  return data.result.map(({ metric }) => metric);
}

async function graphite(target: string): Promise<string[]> {
  const search = new URLSearchParams({ target, from: '-5min', format: 'json' });
  const found = await product.json<{ target: string }[]>(`/render?${search.toString()}`);
  return found.map((one) => one.target);
}

async function save(rules: readonly MappingRule[]): Promise<void> {
  const { version } = await product.json<StoredMapping>('/api/mapping');
  await put('/api/mapping', { version, rules });
  await product.until(async () => (await product.json<StoredMapping>('/api/mapping')).pass.state !== 'running');
  assert.equal((await product.json<StoredMapping>('/api/mapping')).pass.error, '');
}

function put(path: string, body: unknown): Promise<Response> {
  return product.request(path, {
    method: 'PUT',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });
}

const untilCount = (query: string, count: number): Promise<void> =>
  product.until(async () => (await promql(query)).length === count);

test('without rules a path is a name to PromQL, and labels are tags to Graphite', async () => {
  await send(['servers.a.cpu.0.user 1', 'servers.b.cpu.0.user 2', 'servers.a.mem 3', 'req;env=prod 4']);
  await untilCount('{"servers.a.mem"}', 1);
  assert.deepEqual(await promql('{__name__="servers.a.mem"}'), [{ __name__: 'servers.a.mem' }]);
  assert.equal((await promql('{__name__=~"servers\\\\..*user"}')).length, 2);
  assert.deepEqual(await graphite("seriesByTag('name=req','env=prod')"), ['req;env=prod']);
  assert.equal((await promql('cpu_user')).length, 0);
});

test('the test bench tells what rules would do with the paths of the catalogue', async () => {
  const tried = await product.json<TriedMapping>('/api/mapping/try', {
    method: 'POST',
    body: JSON.stringify({
      rules: [CPU, { match: 'servers.*.m*', name: 'same' }, { match: 'servers.*.cpu', name: 'x' }],
    }),
    headers: { 'content-type': 'application/json' },
  });
  assert.deepEqual(tried.byRule, [2, 1, 0]);
  assert.equal(tried.matched, 3);
  const sample = tried.samples.find(({ path }) => path === 'servers.b.cpu.0.user');
  assert.deepEqual(sample?.labels, { __name__: 'cpu_user', host: 'b', cpu: '0' });
  assert.ok(tried.costUs > 0);
});

test('a rule makes known paths, also silent ones, reachable by name and labels; paths stay reachable', async () => {
  await save([CPU]);
  const a = { __name__: 'cpu_user', host: 'a', cpu: '0' };
  assert.deepEqual(await promql('cpu_user{host="a"}'), [a]);
  assert.deepEqual(await promql('{"servers.a.cpu.0.user"}'), [a], 'the path is an alias');
  assert.equal((await promql('{__name__=~"cpu_.+"}')).length, 2);
  assert.equal((await promql('{__name__=~"servers.+"}')).length, 3);
  assert.equal((await promql('sum by (host) (cpu_user)')).length, 2);
  assert.deepEqual(await graphite('servers.*.cpu.0.user'), ['servers.a.cpu.0.user', 'servers.b.cpu.0.user']);
  assert.deepEqual(await graphite("seriesByTag('name=cpu_user','host=b')"), ['cpu_user;cpu=0;host=b']);
  const hosts = await product.json<{ data: string[] }>('/api/v1/label/host/values?match[]=cpu_user');
  assert.deepEqual(hosts.data, ['a', 'b']);
});

test('new series follow the rules as they come', async () => {
  await send(['servers.c.cpu.1.idle 5']);
  await untilCount('cpu_idle{cpu="1"}', 1);
  const two = await promql('{__name__=~"cpu_user|cpu_idle", host="c"}');
  assert.deepEqual(two, [{ __name__: 'cpu_idle', host: 'c', cpu: '1' }]);
});

test('a save over a newer version is refused; a rule that cannot work is, too', async () => {
  const stale = await put('/api/mapping', { version: 0, rules: [] });
  assert.equal(stale.status, 409);
  const { version } = await product.json<StoredMapping>('/api/mapping');
  const bad = await put('/api/mapping', { version, rules: [{ match: '(', matchType: 'regex', name: 'x' }] });
  assert.equal(bad.status, 400);
  assert.match(await bad.text(), /rule 1: .* no RE2 expression/);
});

test('rules survive a restart', async () => {
  await product.stop();
  await product.start();
  await send(['servers.d.cpu.0.user 6']);
  await untilCount('cpu_user{host="d"}', 1);
});

test('taking a rule away restores', async () => {
  await save([]);
  assert.deepEqual(await promql('cpu_user'), []);
  assert.deepEqual(await promql('{"servers.a.cpu.0.user"}'), [{ __name__: 'servers.a.cpu.0.user' }]);
  const names = await product.json<{ data: string[] }>('/api/v1/label/cpu/values');
  assert.deepEqual(names.data, []);
});

test('series are dropped and aggregated by rules that apply while it runs', async () => {
  const output = { output: 'all.<app>', frequency: 1, method: 'sum', input: 'apps.*.<app>' };
  const rules = { drops: [{ selector: 'noise{env="test"}' }], aggregations: [AggregationRule.parse(output)] };
  const saved = await put('/api/ingest-rules', { version: 0, rules });
  assert.equal(saved.status, 200, await saved.text());
  const answer = await send(['noise;env=test 1', 'noise;env=prod 1', 'apps.a.web 2', 'apps.b.web 3']);
  const { rejected } = (await answer.json()) as { rejected: { reason: string }[] };
  assert.deepEqual(
    rejected.map(({ reason }) => reason),
    ['dropped_by_rule'],
  );
  await untilCount('{"all.web"} == 5', 1);
  assert.deepEqual(await promql('noise'), [{ __name__: 'noise', env: 'prod' }]);
  const { counts } = await product.json<StoredIngestRules>('/api/ingest-rules');
  assert.deepEqual([counts.inputs, counts.outputs, counts.samples, counts.late], [3, 1, 2, 0]);
  const account = (await product.self()).accounts.find(({ input }) => input === 'aggregation');
  assert.equal(account?.received, 1);
});

test('names are rewritten before and after aggregation; what is stored keeps its name', async () => {
  const { version, rules } = await product.json<StoredIngestRules>('/api/ingest-rules');
  const rewrites = [
    { stage: 'pre', pattern: '^old\\.(\\w+)\\.', replacement: 'new.\\1.' },
    { stage: 'post', pattern: '^total', replacement: 'all' },
  ];
  const total = AggregationRule.parse({ output: 'total.<x>', frequency: 1, method: 'max', input: 'new.*.<x>' });
  await send(['old.before.x 1']);
  await untilCount('{"old.before.x"}', 1);
  const answer = await put('/api/ingest-rules', { version, rules: { ...rules, aggregations: [total], rewrites } });
  assert.equal(answer.status, 200, await answer.text());
  await product.until(async () => {
    await send(['old.a.x 2', 'old.b.x 3']);
    return (await promql('{"all.x"} == 3')).length === 1;
  });
  assert.deepEqual(
    (await promql('{"new.a.x"}')).map(({ __name__ }) => __name__),
    ['new.a.x'],
  );
  assert.equal((await promql('{"old.before.x"}')).length, 1);
  const refused = await put('/api/ingest-rules', {
    version: version + 1,
    rules: { rewrites: [{ stage: 'pre', pattern: '(', replacement: '' }] },
  });
  assert.equal(refused.status, 400);
});
