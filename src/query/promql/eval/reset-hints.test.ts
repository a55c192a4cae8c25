import { test } from 'node:test';
import { assertScript } from '#query/promql/testing/assert-script.ts';

const LOAD = `
load 1m
  h{i="1"} {{schema:0 sum:4 count:4 buckets:[4]}} {{schema:0 sum:5 count:5 buckets:[5]}}
  h{i="2"} {{schema:0 sum:4 count:4 buckets:[4]}} {{schema:0 sum:1 count:1 buckets:[1]}}
`;

test('where only the count is asked for, a sum notes that some series were reset and others not', () =>
  assertScript(`${LOAD}
eval instant at 1m histogram_count(sum(h))
  expect warn msg:PromQL warning: conflicting counter resets during histogram aggregation (1:21)
  {} 6

eval instant at 1m sum(h)
  expect no_warn
  {} {{schema:0 sum:6 count:6 buckets:[6]}}

eval instant at 1m histogram_count(sum_over_time(sum(h)[1m:1m]))
  expect no_warn
  {} 6
`));

test('the sample before a window tells whether the first one in it was reset', () =>
  assertScript(`
load 1m
  h {{schema:0 sum:4 count:4 buckets:[4]}} {{schema:0 sum:5 count:5 buckets:[5]}} {{schema:0 sum:1 count:1 buckets:[1]}}

eval instant at 2m histogram_count(sum_over_time(h[2m]))
  expect warn msg:PromQL warning: conflicting counter resets during histogram aggregation (1:31)
  {} 6

eval instant at 2m histogram_count(sum_over_time(h[1m]))
  expect no_warn
  {} 1

eval instant at 9m histogram_count(sum_over_time(h[5m]))
  expect no_warn
`));
