import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Labels } from '#core/model/labels.ts';
import { histogramOf } from '#query/promql/histogram/testing/histogram-of.ts';
import type { VectorSeries } from '#query/promql/value.ts';
import { contextOf, functionOf, seriesOf, valueOf } from './testing/call.ts';

function order(name: string, series: readonly VectorSeries[], ...labels: string[]): readonly Labels[] {
  const result = functionOf(name, 'whole').evaluate(
    [valueOf(series), ...labels.map((text) => valueOf(text))],
    contextOf(),
  );
  return result.kind === 'vector' ? result.series.map((each) => each.labels) : [];
}

test('values ascend or descend; NaN is last, histograms are left out', () => {
  const series = [NaN, 3, -Infinity, 1].map((value) => seriesOf({ v: String(value) }, [value]));
  const histogram = { ...seriesOf({ v: 'histogram' }, [0]), histograms: [histogramOf({})] };
  const values = (name: string): unknown => order(name, [...series, histogram]).map(({ v }) => v);
  assert.deepEqual(values('sort'), ['-Infinity', '1', '3', 'NaN']);
  assert.deepEqual(values('sort_desc'), ['3', '1', '-Infinity', 'NaN']);
});

test('labels sort naturally, then by all labels', () => {
  const series = ['4m600', '4m5', '4m1000', '10', '9'].map((l) => seriesOf({ l }, [1]));
  const values = (name: string): unknown => order(name, series, 'l').map(({ l }) => l);
  assert.deepEqual(values('sort_by_label'), ['4m5', '4m600', '4m1000', '9', '10']);
  assert.deepEqual(values('sort_by_label_desc'), ['10', '9', '4m1000', '4m600', '4m5']);
  const equal = ['b', 'a'].map((other) => seriesOf({ l: '1', other }, [1]));
  assert.deepEqual(
    order('sort_by_label', equal, 'l').map(({ other }) => other),
    ['a', 'b'],
  );
});

test('a range query has no order, and that is said', () => {
  const context = contextOf({ steps: { start: 0, step: 1, count: 2 } });
  const series = [seriesOf({ l: '2' }, [2, 2]), seriesOf({ l: '1' }, [1, 1])];
  const result = functionOf('sort', 'whole').evaluate([valueOf(series)], context);
  assert.equal(result.kind === 'vector' && result.series[0]?.labels['l'], '2');
  assert.match(context.notes[0] ?? '', /^PromQL warning: sort is ineffective for range queries/);
});
