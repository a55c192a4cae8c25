import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { parseMetricQuery } from '#core/metric-query/parse.ts';
import { systemClock } from '#io/clock.ts';
import { createMetrics, type Metrics } from './index.ts';
import { textLiteral } from './literal.ts';
import { type Filled, fillStore, NOW } from './testing/filled-store.ts';

let filled: Filled;
let metrics: Metrics;

before(async () => {
  filled = await fillStore();
  const clock = { ...systemClock, now: () => NOW };
  metrics = createMetrics({ store: filled.store, clock });
});
after(() => filled.close());

const names = (series: readonly { readonly labels: Readonly<Record<string, string>> }[]): string[] =>
  series
    .map(({ labels: { __name__: name, ...rest } }) => [name, ...Object.values(rest).toSorted()].join(' '))
    .toSorted();

const select = async (text: string, limit = 100): Promise<string[]> =>
  names(await metrics.catalogue.select(parseMetricQuery(text).matchers, { limit }));

test('matchers select series as in PromQL and globs as in Graphite', async () => {
  const cases: readonly [string, string[]][] = [
    ['temp', ['temp a', 'temp b', 'temp b rack-1']],
    ['temp{host="a"}', ['temp a']],
    ['{host="a"}', ['bytes_total a', 'temp a']],
    ['{host=~"a|b", __name__="temp", rack=""}', ['temp a', 'temp b']],
    ['temp{rack!=""}', ['temp b rack-1']],
    ['temp{rack=~".+"}', ['temp b rack-1']],
    ['temp{rack=~".*"}', ['temp a', 'temp b', 'temp b rack-1']],
    ['temp{host!~"b"}', ['temp a']],
    ['temp{host=~"[^a]"}', ['temp b', 'temp b rack-1']],
    ['temp{host=~"it\'s"}', []],
    ['{__name__=~"te.*|lone"}', ['lone', 'temp a', 'temp b', 'temp b rack-1']],
    ['lone', ['lone']],
    ['{__name__=~"servers[.]web-1[.].*"}', ['servers.web-1.cpu.user', 'servers.web-1.disk.sda.used']],
    ['{__name__="servers.web-1.cpu.user"}', ['servers.web-1.cpu.user']],
    ['servers.web-1.cpu.user', ['servers.web-1.cpu.user']],
    ['servers.web-[13].cpu.user', ['servers.web-1.cpu.user']],
    ['servers.web-[!1].cpu.us?r', ['servers.web-2.cpu.user']],
    ['servers.*.{cpu,disk}.user', ['servers.web-1.cpu.user', 'servers.web-2.cpu.user']],
    ['*.web-1.*.user', ['servers.web-1.cpu.user']],
    ['*.*.cpu.*', ['servers.web-1.cpu.user', 'servers.web-2.cpu.user']],
    ['servers.*', []],
    ['{__name__!="temp", host=~"a"}', ['bytes_total a']],
  ];
  for (const [text, expected] of cases) assert.deepEqual(await select(text), expected, text);
});

test('a selection beyond its limit is refused, a bad expression is named', async () => {
  await assert.rejects(select('temp', 2), { code: 'limit_series' });
  await assert.rejects(select('temp{host=~"("}'), { code: 'bad_query', message: /no RE2 expression/ });
  await assert.rejects(select('{__path__=~"a.*"}'), { code: 'bad_query' });
});

test('names, values and the path tree are found', async () => {
  const { catalogue } = metrics;
  const none = { limit: 100 };
  const temp = parseMetricQuery('temp{rack!=""}').matchers;
  assert.deepEqual(await catalogue.labelNames([], none), ['__name__', 'host', 'rack']);
  assert.deepEqual(await catalogue.labelNames(parseMetricQuery('bytes_total').matchers, none), ['__name__', 'host']);
  assert.deepEqual(await catalogue.labelValues('host', [], none), ['a', 'b']);
  assert.deepEqual(await catalogue.labelValues('host', temp, none), ['b']);
  assert.deepEqual(await catalogue.labelValues('__name__', [], { ...none, prefix: 'te' }), ['temp']);
  const find = async (glob: string): Promise<string[]> =>
    (await catalogue.findPaths(glob, none)).map(({ path, leaf }) => path + (leaf ? '' : '.'));
  assert.deepEqual(await find('*'), ['lone', 'servers.']);
  assert.deepEqual(await find('servers.*'), ['servers.web-1.', 'servers.web-2.']);
  assert.deepEqual(await find('*.web-{1,9}.*.*'), ['servers.web-1.cpu.user', 'servers.web-1.disk.sda.']);
  assert.deepEqual(await find('servers.web-9.*'), []);
});

test('metrics are listed with kind, unit and count', async () => {
  assert.deepEqual(await metrics.listMetrics({ limit: 10 }), [
    { name: 'bytes_total', unit: 'bytes', series: 1, kind: 'counter' },
    { name: 'lone', unit: '', series: 1 },
    { name: 'temp', unit: 'celsius', series: 3, kind: 'gauge' },
  ]);
  assert.deepEqual(
    (await metrics.listMetrics({ limit: 10, search: 'EM' })).map(({ name }) => name),
    ['temp'],
  );
  assert.deepEqual(
    (await metrics.listMetrics({ limit: 10, prefix: 'l' })).map(({ name }) => name),
    ['lone'],
  );
});

const MINUTE = 60_000;
const range = (text: string, from: number, to: number, maxPoints: number, limit = 500) =>
  metrics.range({ query: parseMetricQuery(text), from, to, maxPoints, limit });

test('a short range is answered from raw samples on their own interval, gaps stay gaps', async () => {
  const { header, columns } = await range('temp{host="a"}', NOW - 10 * MINUTE, NOW - MINUTE, 600);
  assert.equal(header.resolution, 'raw');
  assert.equal(header.step, 10_000);
  assert.equal(header.unit, 'celsius');
  assert.deepEqual(
    header.series.map(({ labels }) => labels),
    [{ __name__: 'temp', host: 'a' }],
  );
  const [avg] = columns as [Float64Array];
  for (let i = 0; i < header.points; i++) {
    const t: number = header.start + i * header.step;
    assert.equal(avg[i], filled.temp(t), new Date(t).toISOString());
  }
  assert.ok(
    avg.some((value) => Number.isNaN(value)),
    'the hole in the data shows',
  );
});

test('a consolidated raw range has the band of its samples', async () => {
  const { header, columns } = await range('temp{host="a"}', NOW - 60 * MINUTE, NOW, 61);
  assert.deepEqual([header.step, header.band, columns.length], [MINUTE, true, 3]);
  const [avg, min, max] = columns as [Float64Array, Float64Array, Float64Array];
  const at = 5;
  const samples = [0, 1, 2, 3, 4, 5].map((n) => filled.temp(header.start + at * MINUTE + n * 10_000));
  assert.ok(Math.abs(avg[at]! - samples.reduce((a, b) => a + b) / 6) < 1e-9);
  assert.deepEqual([min[at], max[at]], [Math.min(...samples), Math.max(...samples)]);
});

test('long ranges come from rollups, with the newest samples from the raw table', async () => {
  const day = await range('temp{host="a"}', NOW - 1440 * MINUTE, NOW, 300);
  assert.deepEqual([day.header.resolution, day.header.step, day.header.band], ['5m', 5 * MINUTE, true]);
  const [avg, min, max] = day.columns as [Float64Array, Float64Array, Float64Array];
  for (const at of [day.header.points - 40, day.header.points - 2]) {
    const from = day.header.start + at * day.header.step;
    const samples = filled.tempsOf(from, from + 5 * MINUTE);
    assert.ok(samples.length > 0);
    assert.ok(Math.abs(avg[at]! - samples.reduce((a, b) => a + b) / samples.length) < 1e-9);
    assert.deepEqual([min[at], max[at]], [Math.min(...samples), Math.max(...samples)]);
  }
  const days = await range('temp{host="a"}', NOW - 10_080 * MINUTE, NOW, 200);
  assert.equal(days.header.resolution, '1h');
});

test('rates are the same from raw samples and from rollups, resets are counted', async () => {
  const raw = await range('rate(bytes_total)', NOW - 60 * MINUTE, NOW - 10 * MINUTE, 100);
  assert.equal(raw.header.resolution, 'raw');
  assert.equal(raw.header.unit, 'bytes_per_second');
  const known = (raw.columns[0] as Float64Array).filter((value) => !Number.isNaN(value));
  assert.ok(known.length >= 49);
  for (const value of known) assert.ok(Math.abs(value - 5) < 0.51, String(value));
  const rolled = await range('rate(bytes_total)', NOW - 180 * MINUTE, NOW - 30 * MINUTE, 31);
  assert.equal(rolled.header.resolution, '5m');
  const inner = (rolled.columns[0] as Float64Array).subarray(1, -1).filter((value) => !Number.isNaN(value));
  assert.ok(inner.length >= 25);
  assert.ok(inner.filter((value) => Math.abs(value - 5) < 0.2).length >= inner.length - 2);
});

test('series are aggregated, cut at the limit and counted', async () => {
  const sum = await range('sum by (host) (temp)', NOW - 10 * MINUTE, NOW, 600);
  assert.deepEqual(
    sum.header.series.map(({ labels }) => labels),
    [{ host: 'a' }, { host: 'b' }],
  );
  assert.equal(sum.header.stats.seriesMatched, 3);
  const cut = await range('temp', NOW - 10 * MINUTE, NOW, 600, 2);
  assert.deepEqual([cut.header.series.length, cut.header.truncated], [2, true]);
  const none = await range('nothing', NOW - 10 * MINUTE, NOW, 600);
  assert.deepEqual([none.header.series.length, none.columns.length], [0, 0]);
  await assert.rejects(range('temp', NOW, NOW - 1, 600), { code: 'bad_request' });
});

test('raw samples have one value a time, the highest; recent ones are thinned and known by id alone', async () => {
  const refs = await metrics.catalogue.select(parseMetricQuery('lone').matchers, { limit: 1 });
  const [lone] = await metrics.raw(refs, { from: NOW - 10 * MINUTE, to: NOW });
  assert.deepEqual([...(lone?.v ?? [])], [9, 2, 3]);
  const temps = (await metrics.catalogue.select(parseMetricQuery('temp{host="a"}').matchers, { limit: 1 })).map(
    (ref) => ({
      ...ref,
      family: 0,
    }),
  );
  const [recent] = await metrics.recent(temps, { fromMs: NOW - 60 * MINUTE, maxPoints: 20 });
  assert.ok(recent !== undefined && recent.t.length <= 21 && recent.t.length >= 15);
  assert.equal(recent.v.at(-1), filled.temp(recent.t.at(-1) ?? 0));
});

test('any text is the same in the engine as a literal', async () => {
  const texts = ["it's", "\\'", '\\', '\0\n\t\r\x1f', '`"; -- /*', '{a:String}', '😀\u2028', "'||(select 1)||'"];
  const sql = `SELECT [${texts.map(textLiteral).join(',')}] AS texts`;
  assert.deepEqual(await filled.store.rows(sql), [{ texts }]);
});
