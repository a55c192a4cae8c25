import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Gathered } from './gathered.ts';
import { createSlowReader, type SlowSource } from './slow-sources.ts';

const HOUR = 1_700_000_000_000 - (1_700_000_000_000 % 3_600_000);

const one = (metric: string): Gathered => ({ values: [{ metric, value: 1 }], problems: [] });

/** Metrics that a read gives. */
async function metricsAt(reader: ReturnType<typeof createSlowReader>, second: number): Promise<string[]> {
  const { values } = await reader.read(HOUR + second * 1_000);
  return values.map(({ metric }) => metric);
}

test('each source is read at its own pace, and nothing is repeated', async () => {
  const sources: SlowSource[] = [
    { name: 'a', everyMs: 10_000, gather: async () => one('a') },
    { name: 'b', everyMs: 30_000, gather: async () => one('b') },
  ];
  const reader = createSlowReader(sources);
  assert.deepEqual(await metricsAt(reader, 7), ['a', 'b']);
  assert.deepEqual(await metricsAt(reader, 8), []);
  assert.deepEqual(await metricsAt(reader, 9), []);
  assert.deepEqual(await metricsAt(reader, 10), ['a']);
  assert.deepEqual(await metricsAt(reader, 30), ['a', 'b']);
});

test('a source that hangs holds up nothing, is asked once, and gives its answer late', async () => {
  const answer = Promise.withResolvers<Gathered>();
  let asked = 0;
  const slow = (): Promise<Gathered> => {
    asked++;
    return answer.promise;
  };
  const reader = createSlowReader([
    { name: 'slow', everyMs: 1_000, gather: slow },
    { name: 'a', everyMs: 1_000, gather: async () => one('a') },
  ]);
  assert.deepEqual(await metricsAt(reader, 1), ['a']);
  assert.deepEqual(await metricsAt(reader, 2), ['a']);
  assert.equal(asked, 1);
  answer.resolve(one('late'));
  assert.deepEqual(await metricsAt(reader, 3), ['late', 'a']);
  assert.equal(asked, 1);
});

test('a source that fails is a problem of its part, and is asked again at its pace', async () => {
  let asked = 0;
  const fails = (): Promise<Gathered> => {
    asked++;
    return Promise.reject(new Error('gone'));
  };
  const reader = createSlowReader([{ name: 'temperature', everyMs: 1_000, gather: fails }]);
  const { problems } = await reader.read(HOUR);
  assert.deepEqual(problems, [{ part: 'temperature', message: 'gone' }]);
  await reader.read(HOUR + 1_000);
  assert.equal(asked, 2);
});
