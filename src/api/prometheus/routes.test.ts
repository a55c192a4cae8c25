import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callRoute } from '#api/graphite/call-route.ts';
import type { TargetsProvider } from '#core/api/targets.ts';
import { AppError } from '#core/errors.ts';
import { systemClock } from '#io/clock.ts';
import { createMemoryStore } from '#query/promql/testing/memory-source.ts';
import { prometheusRoutes } from './index.ts';

const NOW = 1_700_000_000_000;

function setUp(targets?: TargetsProvider) {
  const memory = createMemoryStore();
  const samples = [-60_000, 0].map((offset, i) => ({ t: NOW + offset, value: i + 1 }));
  memory.append({ __name__: 'up', job: 'a' }, samples);
  memory.append({ __name__: 'up', job: 'b' }, samples);
  memory.append({ __name__: 'gone' }, [...samples.slice(0, 1), { t: NOW, value: 'stale' }]);
  memory.append({ __name__: 'odd.name', 'a.b': 'q"\n' }, [{ t: NOW, value: Number.POSITIVE_INFINITY }]);
  const erased: unknown[] = [];
  const routes = prometheusRoutes({
    source: memory.source,
    clock: { ...systemClock, now: () => NOW },
    eraser: { erase: async (selectors, interval) => void erased.push(selectors.length, interval) },
    settled: () => Promise.resolve(),
    ...(targets === undefined ? {} : { targets }),
    status: {
      ...{ version: '1', startedAt: 0, isReady: () => false, retentionMs: 7_200_000, activeSeries: () => 4 },
      statistics: () => Promise.reject(new AppError('unavailable', 'away')),
    },
  });
  const ask = async (path: string, fields: Record<string, string> = {}, method: 'GET' | 'POST' = 'GET') => {
    const { status, text } = await callRoute(routes, { path, method, fields: new URLSearchParams(fields) });
    return { status, text, json: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {} };
  };
  return { ask, erased, routes };
}

test('an instant query is answered as Prometheus does', async () => {
  const { ask } = setUp();
  assert.equal(
    (await ask('/api/v1/query', { query: 'up{job="a"} * 2' })).text,
    '{"status":"success","data":{"resultType":"vector","result":[{"metric":{"job":"a"},"value":[1700000000,"4"]}]}}',
  );
  assert.equal(
    (await ask('/api/v1/query', { query: '1 / 0', time: '1.5' }, 'POST')).text,
    '{"status":"success","data":{"resultType":"scalar","result":[1.5,"+Inf"]}}',
  );
  assert.deepEqual((await ask('/api/v1/query', { query: '"x"', time: '0' })).json['data'], {
    resultType: 'string',
    result: [0, 'x'],
  });
  const matrix = await ask('/api/v1/query', { query: 'up{job="a"}[2m]' });
  assert.deepEqual(matrix.json['data'], {
    resultType: 'matrix',
    result: [
      {
        metric: { __name__: 'up', job: 'a' },
        values: [
          [1_699_999_940, '1'],
          [1_700_000_000, '2'],
        ],
      },
    ],
  });
});

test('a range query is a matrix, without the steps that have no value', async () => {
  const { ask } = setUp();
  const range = { start: '1699999880', end: '1700000000', step: '60' };
  const found = await ask('/api/v1/query_range', { query: 'sum(up)', ...range });
  assert.deepEqual(found.json['data'], {
    resultType: 'matrix',
    result: [
      {
        metric: {},
        values: [
          [1_699_999_940, '2'],
          [1_700_000_000, '4'],
        ],
      },
    ],
  });
  const scalar = await ask('/api/v1/query_range', { query: '7', ...range, stats: 'all' });
  const data = scalar.json['data'] as { result: unknown[]; stats: { samples: unknown } };
  assert.deepEqual(data.result, [
    { metric: {}, values: [1_699_999_880, 1_699_999_940, 1_700_000_000].map((t) => [t, '7']) },
  ]);
  assert.deepEqual(data.stats.samples, { totalQueryableSamples: 0, peakSamples: 3 });
});

test('a limit cuts the series and says so', async () => {
  const { ask } = setUp();
  const { json } = await ask('/api/v1/query', { query: 'up', limit: '1' });
  assert.equal((json['data'] as { result: unknown[] }).result.length, 1);
  assert.deepEqual(json['warnings'], ['results truncated due to limit']);
});

test('mistakes have the status, the type and the words of Prometheus', async () => {
  const { ask } = setUp();
  const range = { start: '0', end: '100000', step: '1' };
  const cases: readonly [string, Record<string, string>, number, string, RegExp][] = [
    ['query', { query: 'up{' }, 400, 'bad_data', /^invalid parameter "query": 1:\d+: parse error: /],
    ['query', {}, 400, 'bad_data', /^invalid parameter "query": /],
    ['query', { query: 'up', time: 'x' }, 400, 'bad_data', /cannot parse "x" to a valid timestamp/],
    ['query', { query: 'up * on() group_left up', timeout: 'x' }, 400, 'bad_data', /valid duration/],
    ['query', { query: 'up * on(nothing) up' }, 422, 'execution', /found duplicate series/],
    [
      'query_range',
      { query: 'up', ...range, end: '-1' },
      400,
      'bad_data',
      /end timestamp must not be before start time/,
    ],
    ['query_range', { query: 'up', ...range, step: '0' }, 400, 'bad_data', /zero or negative query resolution/],
    [
      'query_range',
      { query: 'up', ...range },
      400,
      'bad_data',
      /^exceeded maximum resolution of 11,000 points per timeseries/,
    ],
    [
      'query_range',
      { query: 'up[5m]', ...range, step: '60' },
      400,
      'bad_data',
      /invalid expression type "range vector" for range query/,
    ],
    ['series', {}, 400, 'bad_data', /^no match\[\] parameter provided$/],
    ['status/tsdb', {}, 503, 'unavailable', /away/],
  ];
  for (const [path, body, status, errorType, message] of cases) {
    const found = await ask(`/api/v1/${path}`, body);
    assert.deepEqual(
      [found.status, found.json['status'], found.json['errorType']],
      [status, 'error', errorType],
      found.text,
    );
    assert.match(String(found.json['error']), message);
  }
});

test('discovery answers lists', async () => {
  const { ask } = setUp();
  assert.deepEqual((await ask('/api/v1/series', { 'match[]': 'up{job="a"}' }, 'POST')).json['data'], [
    { __name__: 'up', job: 'a' },
  ]);
  assert.deepEqual((await ask('/api/v1/label/job/values', { 'match[]': 'up' })).json['data'], ['a', 'b']);
  assert.deepEqual((await ask('/api/v1/label/U__a_2e_b/values', { 'match[]': '{"odd.name"}' })).json['data'], ['q"\n']);
  assert.deepEqual((await ask('/api/v1/metadata')).json['data'], {});
  assert.deepEqual((await ask('/api/v1/query_exemplars', { query: 'up' })).json['data'], []);
  assert.equal((await ask('/api/v1/format_query', { query: 'sum(up)by(job)' })).json['data'], 'sum by (job) (up)');
});

test('federation gives current values as text, stale series none', async () => {
  const { ask } = setUp();
  const { text } = await ask('/federate', { 'match[]': '{__name__=~".+"}' });
  assert.equal(
    text,
    [
      '# TYPE "odd.name" untyped',
      '{"odd.name","a.b"="q\\"\\n"} +Inf 1700000000000',
      '# TYPE up untyped',
      'up{job="a"} 2 1700000000000',
      'up{job="b"} 2 1700000000000',
      '',
    ].join('\n'),
  );
});

test('targets and health are told', async () => {
  const { ask } = setUp({
    targets: () => ({
      active: [
        {
          ...{
            discoveredLabels: { __address__: 'h:1' },
            labels: { job: 'a' },
            scrapePool: 'a',
            health: 'up',
            lastError: '',
          },
          ...{ scrapeUrl: 'http://h:1/metrics', globalUrl: 'http://h:1/metrics', lastScrapeAt: NOW },
          ...{ lastScrapeDurationMs: 12, scrapeIntervalMs: 15_000, scrapeTimeoutMs: 10_000 },
        },
      ],
      dropped: [{ discoveredLabels: { __address__: 'h:2' }, scrapePool: 'b' }],
    }),
  });
  const data = (await ask('/api/v1/targets')).json['data'] as Record<string, Record<string, unknown>[]>;
  assert.equal(data['activeTargets']?.[0]?.['lastScrape'], '2023-11-14T22:13:20.000Z');
  assert.equal(data['activeTargets']?.[0]?.['lastScrapeDuration'], 0.012);
  assert.equal(data['activeTargets']?.[0]?.['scrapeInterval'], '15s');
  assert.deepEqual(data['droppedTargetCounts'], { b: 1 });
  assert.deepEqual((await ask('/api/v1/scrape_pools')).json['data'], { scrapePools: ['a', 'b'] });
  assert.equal((await ask('/-/healthy')).status, 200);
  assert.equal((await ask('/-/ready')).status, 503);
});

test('deletion and the like are for administrators', async () => {
  const { ask, erased, routes } = setUp();
  assert.ok(routes.filter(({ path }) => path.includes('/admin/')).every(({ permission }) => permission === 'admin'));
  const path = '/api/v1/admin/tsdb/delete_series';
  assert.equal((await ask(path, { 'match[]': 'up', start: '1' }, 'POST')).status, 204);
  assert.deepEqual(erased, [1, { from: 1000, to: 8.64e15 }]);
  assert.equal((await ask(path, {}, 'POST')).status, 400);
  assert.equal((await ask('/api/v1/admin/tsdb/snapshot', {}, 'POST')).status, 400);
});
