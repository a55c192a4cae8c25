import { Turn } from '#query/graphite/turn.ts';
import type { PromFunction } from '#query/promql/function-def.ts';
import { pushedValues } from '#query/promql/pushed-values.ts';
import type { Interval, Pushdown } from '#query/promql/source.ts';
import type { VectorSeries } from '#query/promql/value.ts';
import {
  floatChunks,
  type LastOfSteps,
  MAX_SAMPLES,
  SERIES_PER_STATEMENT,
  tooManySamples,
} from './prom-source-floats.ts';
import { familiesWithHistograms } from './prom-source-histograms.ts';
import { bounded, type PromSourceParts, refsOf, rollupQuestion, withoutEmpty } from './prom-source-parts.ts';
import { joinRollups, readRollups } from './prom-source-rollups.ts';

/** Below this step the engine takes longer to find the last samples than to hand all of them over (15 s apart), ms. */
const SHORTEST_STEP_MS = 240_000;
const FEWEST_STEPS = 10;
/** An interval of which many series have few samples, ms. */
const SHORT_MS = 1_800_000;

type PushedQuestion = { readonly pushed: Pushdown; readonly signal: AbortSignal };

/**
 * The values of a selector at the steps, without all of its samples in memory at a time: they are read, and turned into
 * values by the functions of the language, some series after the other while the next are being read. Where steps are
 * long, the last sample of each is found in the engine. (The engine's own functions for time series were
 * measured to be no faster.) Undefined where little is to be read, or where there are histograms.
 */
export async function pushDown(
  parts: PromSourceParts,
  functions: ReadonlyMap<string, PromFunction>,
  { pushed, signal }: PushedQuestion,
): Promise<VectorSeries[] | undefined> {
  const { store } = parts;
  const interval = intervalOf(pushed);
  const lastOf = lastOfSteps(pushed);
  if (lastOf === undefined && interval.to - interval.from < SHORT_MS) return undefined;
  const refs = await refsOf(parts, pushed.matchers, interval, signal);
  if (refs.length === 0) return [];
  if (lastOf === undefined && refs.length <= SERIES_PER_STATEMENT) return undefined;
  if (refs.length * pushed.steps.count > MAX_SAMPLES) throw tooManySamples();
  if ((await familiesWithHistograms(parts, refs, interval, signal)).size > 0) return undefined;
  const valuesOf = pushedValues(pushed, functions);
  const turn = new Turn();
  const found: VectorSeries[] = [];
  const question = { interval, signal, ...(lastOf === undefined ? {} : { lastOf }) };
  for await (const chunk of floatChunks(parts, refs, question)) {
    const rollups = await readRollups(store, chunk.refs, rollupQuestion(parts, interval), signal);
    for (const { id, labels } of chunk.refs) {
      const samples = joinRollups(rollups.get(id), chunk.floats.get(id));
      const values = samples && valuesOf({ labels: withoutEmpty(labels), samples });
      if (values !== undefined) found.push(values);
      await turn.pass();
    }
  }
  return found;
}

/** Where the windows of all steps lie. */
const intervalOf = ({ steps: { start, step, count }, window }: Pushdown): Interval =>
  bounded({ from: start - window + 1, to: start + step * (count - 1) });

/** Whether the last sample of each step is all that is needed. */
function lastOfSteps({ fn, steps, window }: Pushdown): LastOfSteps | undefined {
  if (fn !== undefined && fn !== 'last_over_time') return undefined;
  if (steps.step < SHORTEST_STEP_MS || steps.count < FEWEST_STEPS) return undefined;
  return { steps, window, withStale: fn === undefined };
}
