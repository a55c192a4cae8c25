import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUILT_IN_RULES } from '#core/log-metrics/built-in.ts';
import { draftOf, newDraft, readDraft } from './metric-draft.ts';

test('a rule that is edited and not changed is the same rule', () => {
  for (const rule of BUILT_IN_RULES) assert.deepEqual(readDraft(draftOf(rule)), { rule });
});

test('what is wrong with a draft is told in the words of the form', () => {
  const draft = { ...newDraft('level:error'), metric: 'errors' };
  assert.deepEqual(readDraft(draft).rule?.functions, ['count']);
  for (const [change, told] of [
    [{ window: 'soon' }, /^Window: "soon"/],
    [{ wait: '' }, /^Wait: ""/],
    [{ metric: '1 a' }, /^Metric: a metric name/],
    [{ functions: [] }, /^Functions: /],
    [{ functions: ['sum'] }, /sum needs a field/],
    [{ percentiles: 'p101', field: 'took' }, /^Functions: .*p99/],
    [{ limit: 'many' }, /^Most series: /],
  ] as const) {
    assert.match(readDraft({ ...draft, ...change }).problem ?? '', told);
  }
  const { rule } = readDraft({ ...draft, field: 'took', percentiles: 'p50 p99.9', window: '30s' });
  assert.deepEqual([rule?.functions, rule?.stepMs], [['count', 'p50', 'p99.9'], 30_000]);
});
