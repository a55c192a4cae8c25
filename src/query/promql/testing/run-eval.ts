import { AppError, messageOf } from '#core/errors.ts';
import type { Expr } from '#query/promql/ast.ts';
import {
  type EvaluatedValue,
  type EvaluateOptions,
  type EvaluationResult,
  evaluate,
} from '#query/promql/eval/index.ts';
import type { PromFunction } from '#query/promql/function-def.ts';
import type { PromSource } from '#query/promql/source.ts';
import type { Steps, VectorSeries } from '#query/promql/value.ts';
import { type AnswerSeries, compareSeries, isClose } from './compare.ts';
import type { EvalCommand, MessageExpectation } from './script.ts';

/** What scripts are run with. */
export type ScriptEngine = {
  readonly parse: (text: string) => Expr;
  readonly functions: ReadonlyMap<string, PromFunction>;
  /** Also checks the texts of errors and annotations. */
  readonly checksMessages: boolean;
};

const MINUTE = 60_000;
const READS_RANGE = /(start|end|range|step)\(\)/;

/** What is wrong with the answer to an `eval` command; undefined: nothing. */
export async function runEval(
  command: EvalCommand,
  source: PromSource,
  engine: ScriptEngine,
): Promise<string | undefined> {
  const { expected, at } = command;
  const steps = typeof at === 'number' ? instant(at) : rangeOf(at);
  let result: EvaluationResult;
  try {
    result = await ask(command, steps, source, engine);
  } catch (error) {
    return wrongFailure(error, expected.fail, engine.checksMessages);
  }
  if (expected.fail !== undefined) return 'expected an error';
  const wrong = compareAnswer(command, result.value, steps) ?? compareNotes(command, result, engine.checksMessages);
  return wrong ?? (await runAsRange(command, source, engine));
}

const instant = (time: number): Steps => ({ start: time, step: 0, count: 1 });
const rangeOf = ({
  start,
  end,
  step,
}: {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}): Steps => ({
  start,
  step,
  count: Math.floor((end - start) / step) + 1,
});

function ask({ expr }: EvalCommand, steps: Steps, source: PromSource, engine: ScriptEngine): Promise<EvaluationResult> {
  const options: EvaluateOptions = {
    steps,
    source,
    functions: engine.functions,
    lookback: 5 * MINUTE,
    limits: { samples: 50_000_000, depth: 200 },
    signal: new AbortController().signal,
    experimental: true,
    text: expr,
  };
  return evaluate(engine.parse(expr), options);
}

function wrongFailure(error: unknown, fail: MessageExpectation | undefined, checksText: boolean): string | undefined {
  if (!(error instanceof AppError) || error.code === 'internal') {
    return `not an answer but a fault: ${error instanceof Error ? error.stack : String(error)}`;
  }
  if (fail === undefined) return `failed: ${messageOf(error)}`;
  if (!checksText || isExpected(fail, error.message)) return undefined;
  return `failed with "${error.message}", not "${fail.text}"`;
}

function isExpected({ kind, text }: MessageExpectation, message: string): boolean {
  if (kind === 'any') return true;
  return kind === 'msg' ? message.includes(text) : new RegExp(text).test(message);
}

function compareAnswer({ expected, at }: EvalCommand, value: EvaluatedValue, steps: Steps): string | undefined {
  const isOrdered = expected.isOrdered === true;
  if (expected.text !== undefined)
    return value.kind === 'string' && value.text === expected.text ? undefined : `not the string: ${value.kind}`;
  if (expected.rangeVector !== undefined) {
    if (value.kind !== 'matrix') return `a ${value.kind}, not a range vector`;
    return compareSeries(answerOf(value, steps), expected.series, { ...expected.rangeVector, isOrdered });
  }
  if (typeof at !== 'number')
    return compareSeries(answerOf(value, steps), expected.series, { ...at, isOrdered: false });
  if (expected.scalar !== undefined) return compareScalar(value, expected.scalar, 0);
  if (value.kind !== 'vector') return `a ${value.kind}, not a vector`;
  return compareSeries(answerOf(value, steps), firstSamples(expected.series), { start: at, step: 1, isOrdered });
}

const firstSamples = (series: EvalCommand['expected']['series']): typeof series =>
  series.map(({ labels, samples }) => ({ labels, samples: samples.slice(0, 1) }));

function compareScalar(value: EvaluatedValue, expected: number, step: number): string | undefined {
  if (value.kind !== 'scalar') return `a ${value.kind}, not a scalar`;
  const found = value.values[step] as number;
  return isClose(found, expected) ? undefined : `${found}, not ${expected}`;
}

function answerOf(value: EvaluatedValue, steps: Steps): AnswerSeries[] {
  if (value.kind === 'string') return [];
  if (value.kind === 'scalar') {
    return [
      { labels: {}, samples: new Map([...value.values].map((number, i) => [steps.start + steps.step * i, number])) },
    ];
  }
  if (value.kind === 'vector') return value.series.map((series) => vectorAnswer(series, steps));
  return value.series.map(({ labels, samples: { t, v, histograms } }) => ({
    labels,
    samples: new Map([...t].map((time, i) => [time, histograms?.[i] ?? (v[i] as number)])),
  }));
}

function vectorAnswer({ labels, values, present, histograms }: VectorSeries, { start, step }: Steps): AnswerSeries {
  const there = [...present.keys()].filter((i) => present[i] === 1);
  return {
    labels,
    samples: new Map(there.map((i) => [start + step * i, histograms?.[i] ?? (values[i] as number)])),
  };
}

/** Of the annotations: whether there are any where some are expected, or also what they say. */
function compareNotes(
  { expected }: EvalCommand,
  { annotations }: EvaluationResult,
  checksText: boolean,
): string | undefined {
  if (!checksText) return undefined;
  for (const level of ['warn', 'info'] as const) {
    const found = annotations.filter((note) => note.level === level).map(({ message }) => message);
    const none = level === 'warn' ? expected.noWarn : expected.noInfo;
    if (none === true && found.length > 0) return `unexpected ${level}: ${found.join('; ')}`;
    const unmet = expected[level].find((want) => !found.some((message) => isExpected(want, message)));
    if (unmet !== undefined) return `no ${level} "${unmet.text}" but [${found.join('; ')}]`;
  }
  return undefined;
}

/** An instant query once more, as the middle step of a range query: the answer has to be the same. */
async function runAsRange(command: EvalCommand, source: PromSource, engine: ScriptEngine): Promise<string | undefined> {
  const { at, expected, expr } = command;
  const isOther = expected.rangeVector !== undefined || expected.isOrdered === true || expected.text !== undefined;
  if (typeof at !== 'number' || isOther || READS_RANGE.test(expr)) return undefined;
  const steps = { start: at - MINUTE, step: MINUTE, count: 3 };
  try {
    const { value } = await ask(command, steps, source, engine);
    const wrong =
      expected.scalar === undefined
        ? compareSeries(middleOf(answerOf(value, steps), at), firstSamples(expected.series), {
            start: at,
            step: 1,
            isOrdered: false,
          })
        : compareScalar(value, expected.scalar, 1);
    return wrong && `as a range query: ${wrong}`;
  } catch (error) {
    return `as a range query: ${error instanceof Error ? error.stack : String(error)}`;
  }
}

function middleOf(answer: readonly AnswerSeries[], time: number): AnswerSeries[] {
  return answer.flatMap(({ labels, samples }) => {
    const sample = samples.get(time);
    return sample === undefined ? [] : [{ labels, samples: new Map([[time, sample]]) }];
  });
}
