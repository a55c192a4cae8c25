import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Transformation } from '#core/api/panel-display.ts';
import { explainSteps, startOf } from '#core/panel-data/explain-steps.ts';
import { newStep, stepKinds } from './step-kinds.ts';

const SERIES = {
  t: Float64Array.of(1_000),
  series: ['used', 'free'].map((name, query) => ({
    key: name,
    name,
    labels: { __name__: 'memory', host: name },
    query,
    values: Float64Array.of(1),
  })),
};

test('a new step of every kind is valid and finds what it acts on', () => {
  for (const { kind } of stepKinds(true)) {
    const step = newStep(kind, startOf(SERIES));
    assert.deepEqual(Transformation.parse(step), step, kind);
    assert.equal(explainSteps(SERIES, [step], true)[0]?.problem, undefined, kind);
  }
});

test('a panel without rows is offered no step that makes them', () => {
  for (const { kind } of stepKinds(false)) {
    const step = newStep(kind, startOf(SERIES));
    assert.equal(explainSteps(SERIES, [step], false)[0]?.problem, undefined, kind);
  }
});
