import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { CollectorPlugin } from '#core/plugin/collector.ts';
import { collectorBench } from './collector-bench.ts';

type Options = Readonly<Record<string, unknown>>;
type Around = { readonly deadlineMs?: number; readonly secrets?: Readonly<Record<string, string>> };

/** What one run of a check has found. */
export type CheckedOnce = {
  /** The state of `…_result`. */
  readonly result: string;
  /** States besides the result, by metric. */
  readonly stateOf: (metric: string) => string | undefined;
  readonly valueOf: (metric: string, labels?: Readonly<Record<string, string>>) => number | undefined;
};

/** Runs a check once; `…_ok` must agree with its result. */
export async function checkOnce(
  t: TestContext,
  plugin: CollectorPlugin,
  options: Options,
  { deadlineMs, secrets = {} }: Around = {},
): Promise<CheckedOnce> {
  const bench = collectorBench(plugin, options, secrets);
  t.after(() => bench.close());
  const collection = await bench.collect(deadlineMs);
  const stateOf = (metric: string): string | undefined =>
    collection.states?.find((state) => state.metric === metric)?.state;
  const result = stateOf(collection.states?.find(({ metric }) => metric.endsWith('_result'))?.metric ?? '') ?? '';
  const ok = collection.values.find(({ metric }) => /^[a-z]+_ok$/.test(metric))?.value;
  assert.equal(ok, Number(result === 'ok'), result);
  return { result, stateOf, valueOf: (metric, labels) => bench.valueOf(collection, metric, labels) };
}
