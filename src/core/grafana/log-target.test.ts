import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convertGrafanaDashboard } from './index.ts';
import { convertLogTarget } from './log-target.ts';

const LOKI: readonly (readonly [expr: string, wanted: string | RegExp])[] = [
  ['{job="nginx", host=~"web-1|web-2", env!="dev"}', 'job:nginx host:(web-1 OR web-2) NOT env:dev'],
  ['{job="a"} |= "time out" != "x" |~ `5\\d\\d`', 'job:a "time out" NOT "x" /5\\d\\d/'],
  ['{host=~"$host", app="${app:regex}"} | json | status >= 500', 'host:$host app:${app} status:>=500'],
  ['{a=~".+", b="", c=~".*", d=~"x.*y"}', 'a:* NOT b:* d:/^(?:x.*y)$/'],
  ['sum by (host) (count_over_time({a="b"} |= "err" [5m]))', 'a:b "err" | timechart count() by host'],
  ['sum(rate({a="b"}[$__interval])) by (level)', 'a:b | rate by level'],
  ['quantile_over_time(0.95, {a="b"} | json | unwrap duration(took) [1m])', 'a:b | timechart p95(took)'],
  ['{a="b"} | regexp "(?P<x>.*)"', /no counterpart/],
  ['topk(5, sum by (x) (rate({a="b"}[1m])))', /no counterpart/],
  ['max by (x) (count_over_time({a="b"}[1m]))', /max over streams/],
];
for (const [expr, wanted] of LOKI) {
  test(`LogQL ${expr}`, () => {
    const target = convertLogTarget({ expr });
    if (typeof wanted === 'string') assert.equal('text' in target && target.text, wanted);
    else assert.match('reason' in target ? target.reason : target.text, wanted);
  });
}

const terms = { type: 'terms', field: 'host.keyword', settings: { size: '5' } };
const time = { type: 'date_histogram', field: '@timestamp' };
const ELASTIC: readonly (readonly [source: object, wanted: string | RegExp])[] = [
  [{ query: 'status:>=500', metrics: [{ type: 'logs' }] }, 'status:>=500'],
  [{ query: 'a OR b', metrics: [{ type: 'count' }], bucketAggs: [time] }, 'a OR b | timechart count()'],
  [
    {
      query: 'x',
      metrics: [{ type: 'percentiles', field: 'took', settings: { percents: ['90'] } }],
      bucketAggs: [terms, time],
    },
    'x | timechart limit=5 p90(took) by host',
  ],
  [
    { query: '', metrics: [{ type: 'cardinality', field: 'user' }], bucketAggs: [terms] },
    '| stats dc(user) by host | head 5',
  ],
  [{ query: 'x', metrics: [{ type: 'derivative', field: '1' }], bucketAggs: [time] }, /derivative has no counterpart/],
  [{ query: 'a:"b', metrics: [{ type: 'logs' }] }, /cannot be read/],
];
for (const [source, wanted] of ELASTIC) {
  test(`Elasticsearch ${JSON.stringify(source)}`, () => {
    const target = convertLogTarget({ ...source });
    if (typeof wanted === 'string') assert.equal('text' in target && target.text, wanted);
    else assert.match('reason' in target ? target.reason : target.text, wanted);
  });
}

const convert = (panel: object) => {
  const { dashboard, report } = convertGrafanaDashboard({ schemaVersion: 39, panels: [panel] });
  return { panel: dashboard.panels[0], report: report.panels[0] };
};

test('a log panel has its search as an option, a chart of logs as a query', () => {
  const loki = { datasource: { type: 'loki', uid: 'x' }, targets: [{ refId: 'A', expr: '{job="a"}' }] };
  const { panel, report } = convert({ type: 'logs', options: { showTime: true, sortOrder: 'Ascending' }, ...loki });
  assert.deepEqual([panel?.type, panel?.queries], ['logs', []]);
  assert.deepEqual(panel?.options, { query: 'job:a', order: 'oldest' });
  assert.equal(report?.status, 'kept', JSON.stringify(report));
  const chart = convert({ type: 'timeseries', ...loki, targets: [{ refId: 'A', expr: 'sum(rate({job="a"}[1m]))' }] });
  assert.deepEqual(chart.panel?.queries, [{ language: 'logs', text: 'job:a | rate', legend: '', hidden: false }]);
});

test('several searches of a log panel are one; what is no search of logs is named', () => {
  const loki = { datasource: { type: 'loki', uid: 'x' } };
  const two = [
    { refId: 'A', expr: '{a="b"}' },
    { refId: 'B', expr: '{c="d"} |= "e"' },
  ];
  assert.equal(convert({ type: 'logs', ...loki, targets: two }).panel?.options['query'], '(a:b) OR (c:d "e")');
  const metric = { type: 'logs', datasource: { type: 'prometheus' }, targets: [{ refId: 'A', expr: 'up' }] };
  const { report } = convert(metric);
  assert.ok(
    report?.notes.some(({ how }) => /no search of logs/.test(how)),
    JSON.stringify(report),
  );
});
