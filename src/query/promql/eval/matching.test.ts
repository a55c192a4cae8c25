import { test } from 'node:test';
import { assertScript } from '#query/promql/testing/assert-script.ts';

const LOAD = `
load 1m
  errors{host="a", code="500"} 24 4
  errors{host="a", code="404"} 30 stale
  errors{host="b", code="500"} 6 6
  requests{host="a", zone="x"} 600 100
  requests{host="b", zone="y"} 300 0
`;

test('series find each other by the labels of on and ignoring', () =>
  assertScript(`${LOAD}
eval instant at 0 errors{code="500"} / ignoring(code, zone) requests
  {host="a"} 0.04
  {host="b"} 0.02

eval instant at 0 errors / on(host) group_left(zone) requests
  {host="a", code="500", zone="x"} 0.04
  {host="a", code="404", zone="x"} 0.05
  {host="b", code="500", zone="y"} 0.02

eval instant at 0 requests * on(host) group_right(zone) errors{code="404"}
  {host="a", code="404", zone="x"} 18000

eval range from 0 to 1m step 1m errors > on(host) group_left requests / 25
  errors{host="a", code="404"} 30 _
  errors{host="b", code="500"} _ 6
`));

test('comparisons keep the left value and the name, with bool they are 0 or 1 without a name', () =>
  assertScript(`${LOAD}
eval instant at 0 errors > 10
  errors{host="a", code="500"} 24
  errors{host="a", code="404"} 30

eval instant at 0 10 < errors
  errors{host="a", code="500"} 24
  errors{host="a", code="404"} 30

eval instant at 0 errors{host="b"} >= bool 7
  {host="b", code="500"} 0

eval instant at 0 3 > bool 2
  1
`));

test('what matches more than it may is an error that names the series', () =>
  assertScript(`${LOAD}
eval instant at 0 requests / on(host) errors
  expect fail msg:found duplicate series for the match group {host="a"} on the right hand-side of the operation: [{__name__="errors", code="404", host="a"}, {__name__="errors", code="500", host="a"}];many-to-many matching not allowed: matching labels must be unique on one side

eval instant at 0 errors / on(host) requests
  expect fail msg:multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)

eval instant at 0 errors * on(host) group_left(code) label_replace(requests, "code", "1", "", "")
  expect fail msg:multiple matches for labels: grouping labels must ensure unique matches

eval range from 1m to 1m step 1m requests{host="a"} / on(host) errors
  {host="a"} 25
`));

test('series without a partner get the value that fill names', () =>
  assertScript(`${LOAD}
eval instant at 0 requests + on(host) fill_right(0) errors{code="404"}
  {host="a"} 630
  {host="b"} 300

eval instant at 0 errors{code="404"} + on(host) fill_left(1) requests
  {host="a"} 630
  {host="b"} 301

eval range from 0 to 1m step 1m errors{code="404"} + on(host) fill(1) requests{host="a"}
  {host="a"} 630 101
`));

test('and, or and unless look at one step after the other', () =>
  assertScript(`${LOAD}
eval range from 0 to 1m step 1m errors and on(host) requests{zone="x"}
  errors{host="a", code="500"} 24 4
  errors{host="a", code="404"} 30 _

eval range from 0 to 1m step 1m requests unless on(host) errors{code="404"}
  requests{host="a", zone="x"} _ 100
  requests{host="b", zone="y"} 300 0

eval range from 0 to 1m step 1m errors{code="404"} or on(host) requests
  errors{host="a", code="404"} 30 _
  requests{host="a", zone="x"} _ 100
  requests{host="b", zone="y"} 300 0
`));

test('arithmetic is that of IEEE 754 and of Go', () =>
  assertScript(`
eval instant at 0 1 ^ NaN
  1

eval instant at 0 (-1) ^ Inf
  1

eval instant at 0 -7 % 3
  -1

eval instant at 0 1 / 0
  Inf

eval instant at 0 -2 ^ 2
  -4
`));

test('histograms are added, subtracted and scaled; what does not go together is left out and noted', () =>
  assertScript(`
load 1m
  h{x="1"} {{schema:0 sum:5 count:3 buckets:[1 2]}}
  h{x="2"} {{schema:-53 sum:5 count:3 custom_values:[1] buckets:[1 2]}}
  one{x="1"} 2

eval instant at 0 h{x="1"} + h{x="1"}
  {x="1"} {{schema:0 sum:10 count:6 buckets:[2 4]}}

eval instant at 0 h{x="1"} * one
  {x="1"} {{schema:0 sum:10 count:6 buckets:[2 4]}}

eval instant at 0 h{x="1"} + one
  expect info msg:PromQL info: incompatible sample types encountered for binary operator "+": histogram + float (1:1)

eval instant at 0 h{x="1"} + ignoring(x) h{x="2"}
  expect warn msg:PromQL warning: incompatible bucket layout encountered for binary operator + (1:1)

eval instant at 0 h == h
  h{x="1"} {{schema:0 sum:5 count:3 buckets:[1 2]}}
  h{x="2"} {{schema:-53 sum:5 count:3 custom_values:[1] buckets:[1 2]}}
`));
