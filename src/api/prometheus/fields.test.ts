import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RouteRequest } from '#core/route.ts';
import { createPromEngine } from '#query/promql/engine.ts';
import { createMemoryStore } from '#query/promql/testing/memory-source.ts';
import { PromFields } from './fields.ts';
import { unescapeName } from './unescape-name.ts';

const engine = createPromEngine(createMemoryStore().source);
const fields = (body: Readonly<Record<string, string | string[]>>): PromFields =>
  new PromFields({ body } as unknown as RouteRequest);

test('times are seconds with a fraction or RFC 3339', () => {
  const cases: readonly [string, number][] = [
    ['0', 0],
    ['1435781430.781', 1_435_781_430_781],
    ['1e9', 1e12],
    ['-1.5', -1500],
    ['2015-07-01T20:10:30.781Z', 1_435_781_430_781],
    ['2015-07-01T22:10:30+02:00', 1_435_781_430_000],
    ['-292273086-05-16T16:47:06Z', -8.64e15],
  ];
  for (const [text, ms] of cases) assert.equal(fields({ time: text }).time('time'), ms, text);
  for (const text of ['', 'now', '2015-07-01', '1e30', 'NaN']) {
    assert.throws(() => fields({ time: text }).time('time'), {
      message: `invalid parameter "time": cannot parse "${text}" to a valid timestamp`,
    });
  }
  assert.equal(fields({}).time('time', 7), 7);
});

test('durations are seconds or texts', () => {
  for (const [text, ms] of [
    ['15', 15_000],
    ['0.5', 500],
    ['1h30m', 5_400_000],
    ['5ms', 5],
  ] as const)
    assert.equal(fields({ step: text }).duration('step'), ms);
  assert.equal(fields({}).duration('step'), undefined);
  assert.throws(() => fields({ step: '5 apples' }).duration('step'), {
    message: 'invalid parameter "step": cannot parse "5 apples" to a valid duration',
  });
});

test('a limit of 0 is none, and an interval may not end before it begins', () => {
  assert.equal(fields({ limit: '0' }).limit(9), 9);
  assert.equal(fields({ limit: '3' }).limit(9), 3);
  assert.throws(() => fields({ limit: '-1' }).limit(9), { code: 'bad_request' });
  assert.throws(() => fields({ start: '2', end: '1' }).interval(), { code: 'bad_request' });
});

test('selectors are selectors, nothing else', () => {
  assert.equal(fields({ 'match[]': ['up', '{job="a"}'] }).selectors('match[]', engine).length, 2);
  for (const text of ['up + 1', 'up[5m]', '{', ''])
    assert.throws(() => fields({ 'match[]': text }).selectors('match[]', engine), {
      code: 'bad_request',
      message: /^invalid parameter "match\[\]": /,
    });
});

test('escaped label names are read', () => {
  const cases: readonly [string, string][] = [
    ['job', 'job'],
    ['U__http_2e_status__code', 'http.status_code'],
    ['U___e9_', 'é'],
    ['U__broken_2', 'U__broken_2'],
  ];
  for (const [text, name] of cases) assert.equal(unescapeName(text), name);
});
