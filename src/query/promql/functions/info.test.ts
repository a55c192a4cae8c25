import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Matcher } from '#core/metric-query/query.ts';
import type { Expr } from '#query/promql/ast.ts';
import type { VectorSeries } from '#query/promql/value.ts';
import { contextOf, functionOf, plain, selectorOf, seriesOf, valueOf } from './testing/call.ts';

const STEPS = { start: 0, step: 300_000, count: 3 };
const base = seriesOf({ __name__: 'metric', instance: 'a', job: '1' }, [0, 1, 2]);
const target = seriesOf({ __name__: 'target_info', instance: 'a', job: '1', data: 'info', more: 'x' }, [0, 300, 600]);
const dataMatcher = (op: Matcher['op'], value: string): Matcher => ({ label: 'data', op, value });

function info(series: readonly VectorSeries[], found: readonly VectorSeries[], matchers?: readonly Matcher[]): unknown {
  const args: Expr[] = [selectorOf([]), ...(matchers === undefined ? [] : [selectorOf(matchers)])];
  const context = contextOf({ steps: STEPS, args });
  return plain(functionOf('info', 'whole').evaluate([valueOf(series), valueOf(found)], context));
}

// Prometheus, promql/promqltest/testdata/info.test.
test('data labels of the info series of the same instance and job are added', () => {
  const labels = { __name__: 'metric', instance: 'a', job: '1', data: 'info', more: 'x' };
  assert.deepEqual(info([base], [target]), [[labels, [0, 1, 2]]]);
  const { more: _, ...selected } = labels;
  assert.deepEqual(info([base], [target], [dataMatcher('=~', '.+')]), [[selected, [0, 1, 2]]]);
});

test('labels that a series has stay; info series themselves stay as they are', () => {
  const own = seriesOf({ ...base.labels, data: 'base', more: 'y' }, [1, 1, 1]);
  assert.deepEqual(info([own], [target]), [[{ ...own.labels }, [1, 1, 1]]]);
  assert.deepEqual(info([target], [target]), [[{ ...target.labels }, [0, 300, 600]]]);
});

test('without an info series: kept when the matchers allow no label, else dropped', () => {
  const labels = { ...base.labels };
  assert.deepEqual(info([base], []), [[labels, [0, 1, 2]]]);
  assert.deepEqual(info([base], [], [dataMatcher('=~', '.*')]), [[labels, [0, 1, 2]]]);
  assert.deepEqual(info([base], [], [dataMatcher('=~', '.+')]), []);
});

test('the latest of several info series wins at each step', () => {
  const old = seriesOf({ ...target.labels, data: 'old' }, [0, 300, 300]);
  const recent = seriesOf({ ...target.labels, data: 'new' }, [undefined, undefined, 600]);
  assert.deepEqual(info([base], [old, recent], [dataMatcher('!=', '')]), [
    [{ ...base.labels, data: 'old' }, [0, 1, undefined]],
    [{ ...base.labels, data: 'new' }, [undefined, undefined, 2]],
  ]);
});

test('two info series at the same time, or with labels that contradict each other, are refused', () => {
  const twin = seriesOf({ ...target.labels, data: 'other' }, [0, 300, 600]);
  assert.throws(() => info([base], [target, twin]), /found duplicate series for info metric/);
  const build = seriesOf({ ...twin.labels, __name__: 'build_info' }, [0, 300, 600]);
  assert.throws(() => info([base], [target, build]), { code: 'bad_query', message: 'conflicting label: data' });
});

test('the info series looked for: target_info of the instances and jobs there are, where the first selector reads', () => {
  const second = (series: readonly VectorSeries[], args: readonly Expr[]): unknown =>
    functionOf('info', 'whole').secondSelector?.(valueOf(series), contextOf({ steps: STEPS, args }));
  const others = [base, seriesOf({ instance: 'b.c' }, [1, 1, 1])];
  assert.deepEqual(second(others, [{ ...selectorOf([]), offset: 5, at: 60_000 }]), {
    matchers: [
      { label: '__name__', op: '=', value: 'target_info' },
      { label: 'instance', op: '=~', value: 'a|b\\.c' },
      { label: 'job', op: '=~', value: '1' },
    ],
    offset: 5,
    at: 60_000,
  });
  const name: Matcher = { label: '__name__', op: '=~', value: '.+_info' };
  assert.deepEqual(second([base], [selectorOf([]), selectorOf([dataMatcher('=', 'x'), name])]), {
    matchers: [
      name,
      dataMatcher('=', 'x'),
      { label: 'instance', op: '=~', value: 'a' },
      { label: 'job', op: '=~', value: '1' },
    ],
    offset: 0,
  });
  const negative: Matcher = { label: '__name__', op: '!=', value: 'target_info' };
  assert.deepEqual(second([base], [selectorOf([]), selectorOf([negative])]), {
    matchers: [name, negative, { label: 'instance', op: '=~', value: 'a' }, { label: 'job', op: '=~', value: '1' }],
    offset: 0,
  });
  assert.equal(second([seriesOf({ __name__: 'm' }, [1, 1, 1])], [selectorOf([])]), undefined);
});
