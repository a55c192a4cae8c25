import { test } from 'node:test';
import { assertScript } from '#query/promql/testing/assert-script.ts';

test('a smoothed selector reads its values off the line between samples', () =>
  assertScript(`
load 1m
  x 10 20 stale
  h {{schema:0 sum:2 count:2 buckets:[2]}} {{schema:0 sum:4 count:4 buckets:[4]}}
  mixed 1 {{schema:0 sum:4 count:4 buckets:[4]}}

eval range from 0 to 90s step 30s x smoothed
  x 10 15 20 20

eval instant at 30s h smoothed
  h {{schema:0 sum:3 count:3 buckets:[3]}}

eval instant at 30s mixed smoothed
  expect warn msg:PromQL warning: encountered a mix of histograms and floats for metric name "mixed" (1:1)
`));

test('functions that do not know what lies around a window refuse it', () =>
  assertScript(`
load 1m
  x 0+60x10

eval instant at 150s increase(x[1m] smoothed)
  {} 60

eval instant at 150s max_over_time(x[1m] anchored)
  expect fail msg:anchored modifier can only be used with: changes, delta, increase, rate, resets - not with max_over_time
`));
