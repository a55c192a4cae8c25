import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemorySource, type MemorySeries } from '#query/graphite/memory-source.ts';
import { callRoute } from './call-route.ts';
import { graphiteRoutes } from './index.ts';

function series(name: string, values: readonly number[]): MemorySeries {
  return { name, step: 60, points: new Map(values.map((value, i) => [660 + i * 60, value])) };
}

const SOURCE = createMemorySource([
  series('a.one', [1, Number.NaN, 2.5, Number.POSITIVE_INFINITY]),
  series('a.two', [1, 2, 3, 4]),
  series('a.sub.three', [1, 2, 3, 4]),
]);
const CLOCK = { now: () => 900_000, monotonic: () => 0, sleep: async () => {} };
const ROUTES = graphiteRoutes({ source: SOURCE, clock: CLOCK });

async function call(path: string, fields: string, method: 'GET' | 'POST' = 'GET'): ReturnType<typeof callRoute> {
  return callRoute(ROUTES, { path, fields: new URLSearchParams(fields), method });
}

const RANGE = 'from=600&until=840';

test('JSON writes None as null and infinity as a number too large to hold', async () => {
  const { text, headers } = await call('/render', `target=a.one&format=json&${RANGE}`, 'POST');
  assert.equal(
    text,
    '[{"target": "a.one", "tags": {"name":"a.one"}, "datapoints": [[1, 660], [null, 720], [2.5, 780], [1e9999, 840]]}]',
  );
  assert.equal(headers['content-type'], 'application/json');
});

test('a series of very many points is whole', async () => {
  const target = 'timeFunction("t",1)';
  const fields = new URLSearchParams({ target, format: 'json', from: '0', until: '200000' });
  const [series] = JSON.parse((await callRoute(ROUTES, { path: '/render', fields })).text) as [
    { datapoints: number[][] },
  ];
  assert.ok(series.datapoints.length >= 200_000);
  assert.ok(
    series.datapoints.every(([value, time], i) => value === time && time === i + (series.datapoints[0]?.[1] ?? 0)),
  );
  const csv = await callRoute(ROUTES, { path: '/render', fields: new URLSearchParams([...fields, ['format', 'csv']]) });
  const rows = csv.text.trimEnd().split('\r\n');
  assert.equal(rows.length, series.datapoints.length);
  assert.equal(rows.at(-1), 't,1970-01-03 07:33:19,199999.0');
});

test('targets may be repeated, also as target[]', async () => {
  for (const name of ['target', 'target[]']) {
    const { text } = await call(
      '/render/',
      `${name}=a.two&${name}=alias(a.two,"x")&${RANGE}&format=json&noNullPoints=1`,
    );
    const names = (JSON.parse(text) as { target: string }[]).map(({ target }) => target);
    assert.deepEqual(names, ['a.two', 'x']);
  }
});

test('maxDataPoints merges points on steps that do not move', async () => {
  const points = async (range: string): Promise<unknown> => {
    const { text } = await call('/render', `target=a.two&maxDataPoints=2&format=json&${range}`);
    return (JSON.parse(text) as { datapoints: unknown }[])[0]?.datapoints;
  };
  const merged = [
    [2, 720],
    [4, 900],
  ];
  assert.deepEqual(await points('from=600&until=900'), merged);
  assert.deepEqual(await points('from=540&until=900'), merged);
});

test('jsonp wraps the answer in a call of a plain name only', async () => {
  const { text, headers } = await call('/render', `target=a.two&format=json&jsonp=my.cb&${RANGE}`);
  assert.match(text, /^my\.cb\(\[.*\]\)$/s);
  assert.equal(headers['content-type'], 'text/javascript');
  assert.equal((await call('/render', `target=a.two&format=json&jsonp=alert(1)//&${RANGE}`)).status, 400);
});

const TEXTS: readonly (readonly [string, string])[] = [
  ['raw', 'a.one,660,900,60|1.0,None,2.5,inf\n'],
  [
    'csv',
    'a.one,1970-01-01 01:11:00,1.0\r\na.one,1970-01-01 01:12:00,\r\na.one,1970-01-01 01:13:00,2.5\r\na.one,1970-01-01 01:14:00,inf\r\n',
  ],
  [
    'dygraph',
    '{"labels" : ["Time","a.one"], "data" : [[660000, 1], [720000, null], [780000, 2.5], [840000, Infinity]]}',
  ],
  [
    'rickshaw',
    '[{"target": "a.one", "datapoints": [{"x": 660, "y": 1}, {"x": 720, "y": null}, {"x": 780, "y": 2.5}, {"x": 840, "y": 1e9999}]}]',
  ],
];

for (const [format, expected] of TEXTS) {
  test(`format ${format}`, async () => {
    const { text } = await call('/render', `target=a.one&format=${format}&tz=Europe/Berlin&${RANGE}`);
    assert.equal(text, expected);
  });
}

const MISTAKES: readonly (readonly [string, RegExp])[] = [
  [`target=f(&${RANGE}`, /position 2/],
  [`target=nope(a.one)&${RANGE}`, /unknown function: nope/],
  [`target=a.one&format=pdf&${RANGE}`, /'pdf' is not supported; supported are png, svg, json/],
  ['target=a.one&from=600&until=600', /empty time range/],
  ['target=a.one&from=bogus', /bogus/],
];

for (const [fields, message] of MISTAKES) {
  test(`400 for ${fields}`, async () => {
    const { status, text, headers } = await call('/render', fields);
    assert.equal(status, 400);
    assert.match(text, message);
    assert.equal(headers['content-type'], 'text/plain');
  });
}

const FOUND: readonly (readonly [string, unknown])[] = [
  ['query=a.*&format=nodelist', { nodes: ['one', 'sub', 'two'] }],
  ['query=a.t&format=completer', { metrics: [{ path: 'a.two', name: 'two', is_leaf: '1' }] }],
  [
    'query=a.*&format=json&leavesOnly=1',
    [
      { path: 'a.one', is_leaf: true },
      { path: 'a.two', is_leaf: true },
    ],
  ],
  ['query=*.sub&wildcards=1', [{ text: 'sub', id: '*.sub', allowChildren: 1, expandable: 1, leaf: 0 }]],
];

for (const [fields, expected] of FOUND) {
  test(`find ${fields}`, async () => {
    assert.deepEqual(JSON.parse((await call('/metrics/find', fields)).text), expected);
  });
}

test('find needs a query and a known format', async () => {
  assert.equal((await call('/metrics/find', '')).status, 400);
  assert.equal((await call('/metrics/find', 'query=*&format=msgpack')).status, 400);
});

test('expand lists paths, by glob if asked', async () => {
  const expand = async (fields: string): Promise<unknown> => JSON.parse((await call('/metrics/expand/', fields)).text);
  assert.deepEqual(await expand('query=a.*&leavesOnly=1'), { results: ['a.one', 'a.two'] });
  assert.deepEqual(await expand('query=a.s*&query=*&groupByExpr=1'), { results: { 'a.s*': ['a.sub'], '*': ['a'] } });
});

test('index.json lists every path', async () => {
  assert.deepEqual(JSON.parse((await call('/metrics/index.json', '')).text), ['a.one', 'a.sub.three', 'a.two']);
});

test('functions are described from their tables', async () => {
  const one = JSON.parse((await call('/functions/scale', '')).text) as Record<string, unknown>;
  assert.equal(one.function, 'scale(seriesList, factor)');
  assert.deepEqual(one.params, [
    { name: 'seriesList', type: 'seriesList', required: true },
    { name: 'factor', type: 'float', required: true },
  ]);
  assert.equal((await call('/functions/nope', '')).status, 404);
  const grouped = JSON.parse((await call('/functions', 'grouped=1')).text) as Record<string, Record<string, unknown>>;
  assert.ok(Object.hasOwn(grouped.Combine ?? {}, 'sum'));
  assert.match((await call('/functions', 'group=Transform')).text, /"name":"limit","type":"intOrInf","default":1e9999/);
});
