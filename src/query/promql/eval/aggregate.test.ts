import { test } from 'node:test';
import { assertScript } from '#query/promql/testing/assert-script.ts';

const LOAD = `
load 1m
  load{host="a", core="0"} 1 8
  load{host="a", core="1"} 3 NaN
  load{host="b", core="0"} 2 5
  load{host="b", core="1"} 10 stale
`;

test('series are grouped by the labels that are named, or by all others', () =>
  assertScript(`${LOAD}
eval range from 0 to 1m step 1m sum by (host) (load)
  {host="a"} 4 NaN
  {host="b"} 12 5

eval instant at 0 avg without (core) (load)
  {host="a"} 2
  {host="b"} 6

eval instant at 0 count(load) + group(load)
  {} 5

eval instant at 0 stddev by (host) (load)
  {host="a"} 1
  {host="b"} 4

eval instant at 0 sum by (nothing) (load)
  {} 16
`));

test('NaN is the least of all values', () =>
  assertScript(`${LOAD}
eval instant at 1m min(load{host="a"})
  {} 8

eval instant at 1m topk(3, load{host="a"})
  expect ordered
  load{host="a", core="0"} 8
  load{host="a", core="1"} NaN

eval instant at 1m quantile(0, load{host="a"})
  {} NaN
`));

test('topk and bottomk rank within each group, and at each step', () =>
  assertScript(`${LOAD}
eval instant at 0 topk(2, load)
  expect ordered
  load{host="b", core="1"} 10
  load{host="a", core="1"} 3

eval instant at 0 bottomk by (host) (1, load)
  load{host="a", core="0"} 1
  load{host="b", core="0"} 2

eval range from 0 to 1m step 1m topk(1, load{core="0"})
  load{host="a", core="0"} _ 8
  load{host="b", core="0"} 2 _

eval instant at 0 topk(NaN, load)
  expect fail msg:Parameter value is NaN

eval instant at 0 topk(1e30, load)
  expect fail msg:Scalar value 1e+30 overflows int64

eval instant at 0 topk(0, load)
`));

test('quantiles are interpolated, and noted when they are none', () =>
  assertScript(`${LOAD}
eval instant at 0 quantile(0.5, load)
  {} 2.5

eval instant at 0 quantile(2, load)
  expect warn msg:PromQL warning: quantile value should be between 0 and 1, got 2 (1:10)
  {} Inf
`));

test('count_values puts the value into a label', () =>
  assertScript(`
load 1m
  version{host="a"} 7 7
  version{host="b"} 7 8.5

eval range from 0 to 1m step 1m count_values("v", version)
  {v="7"} 2 1
  {v="8.5"} _ 1

eval instant at 0 count_values without (v) ("host", version)
  {host="7"} 2
`));

test('limits take a part of the series, and a ratio and its complement take all', () =>
  assertScript(`${LOAD}
eval instant at 0 count(limitk(3, load))
  {} 3

eval instant at 0 count(limit_ratio(0.3, load) or limit_ratio(-0.7, load))
  {} 4

eval instant at 0 count(limit_ratio(0.3, load) and limit_ratio(-0.7, load))

eval instant at 0 count(limit_ratio(3, load))
  expect warn msg:PromQL warning: ratio value should be between -1 and 1, got 3, capping to 1 (1:19)
  {} 4
`));

test('sums keep what rounding loses, and averages do not overflow', () =>
  assertScript(`
load 1m
  x{i="1"} 1e100 1.7e308
  x{i="2"} 1 1.7e308
  x{i="3"} -1e100 1.7e308

eval instant at 0 sum(x)
  {} 1

eval instant at 1m avg(x)
  {} 1.7e308

eval instant at 1m sum(x)
  {} Inf
`));

test('histograms have sums and means; a mix with floats has none, and other aggregations leave them out', () =>
  assertScript(`
load 1m
  x{i="1"} {{schema:0 sum:4 count:3 buckets:[1 2]}}
  x{i="2"} {{schema:0 sum:2 count:3 buckets:[2 1]}}
  x{i="3"} 5

eval instant at 0 avg(x{i!="3"})
  {} {{schema:0 sum:3 count:3 buckets:[1.5 1.5]}}

eval instant at 0 sum(x)
  expect warn msg:PromQL warning: encountered a mix of histograms and floats for aggregation (1:5)

eval instant at 0 max(x)
  expect info msg:PromQL info: ignored histogram in max aggregation (1:5)
  {} 5

eval instant at 0 count(x)
  {} 3
`));

test('names are dropped at the end, so that labels can still be made of them', () =>
  assertScript(`
load 1m
  a_total 0+60x10
  b_total 0+60x10

eval instant at 5m sum by (n) (label_replace(rate({__name__=~".+"}[2m]), "n", "$1", "__name__", "(.)_total"))
  {n="a"} 1
  {n="b"} 1

eval instant at 5m rate({__name__=~".+"}[2m])
  expect fail msg:vector cannot contain metrics with the same labelset

eval instant at 5m last_over_time(abs(a_total)[3m:1m])
  {} 300
`));
