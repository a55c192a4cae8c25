import { AppError } from '#core/errors.ts';
import { Turn } from '#query/graphite/turn.ts';
import type { Span } from '#query/promql/ast.ts';
import type { PromFunction } from '#query/promql/function-def.ts';
import type { PromSource } from '#query/promql/source.ts';
import type { Annotation, Steps, VectorSeries } from '#query/promql/value.ts';
import { StepInvariance } from './step-invariance.ts';

/** What a query may use: samples in memory at any time, and levels of nesting. */
export type EvaluationLimits = { readonly samples: number; readonly depth: number };

/** What an evaluation needs beside the expression; times in ms. */
export type EvaluateOptions = {
  readonly steps: Steps;
  /** A range query, also where it has one step; without it: when there are several steps. */
  readonly isRange?: boolean;
  readonly source: PromSource;
  readonly functions: ReadonlyMap<string, PromFunction>;
  /** How long a sample counts as the current one: (t − lookback, t]. */
  readonly lookback: number;
  /** Step of subqueries that name none. */
  readonly subqueryStep?: number;
  readonly limits: EvaluationLimits;
  readonly signal: AbortSignal;
  /** Allows what is marked as experimental. */
  readonly experimental: boolean;
  /** The text of the expression, for line and column in annotations. */
  readonly text?: string;
};

/** What an evaluation has cost. */
export type EvaluationStats = {
  /** Series and samples that were read. */
  readonly series: number;
  readonly samples: number;
  /** The most samples held at a time. */
  readonly peakSamples: number;
  readonly selectMs: number;
  readonly evaluateMs: number;
};

/** Steps of work between two looks at the clock: some tenths of a ms. */
const WORK_PER_LOOK = 20_000;
/** What is done once for a series, such as making its labels, in steps of work. */
export const SERIES_WORK = 100;
const PREFIX = { info: 'PromQL info: ', warn: 'PromQL warning: ' } as const;

/** What the parts of one evaluation share: its options, its budget, its notes, and its turn on the thread. */
export class Evaluation {
  readonly options: EvaluateOptions;
  readonly isRange: boolean;
  readonly subqueryStep: number;
  readonly invariance = new StepInvariance();
  readonly #turn = new Turn();
  readonly #positions = new Map<number, string>();
  readonly #annotations = new Map<string, Annotation>();
  #work = 0;
  #held = 0;
  #peak = 0;

  constructor(options: EvaluateOptions) {
    this.options = options;
    this.isRange = options.isRange ?? options.steps.count > 1;
    this.subqueryStep = options.subqueryStep ?? 60_000;
  }

  get annotations(): readonly Annotation[] {
    return [...this.#annotations.values()];
  }

  get peakSamples(): number {
    return this.#peak;
  }

  /** The steps of the query; an instant query has no step. */
  get querySteps(): Steps {
    return this.isRange ? this.options.steps : { ...this.options.steps, step: 0 };
  }

  /** Start of the query, and its last step: what `@ start()` and `@ end()` mean. */
  edgeOf(edge: 'start' | 'end'): number {
    const { start, step, count } = this.options.steps;
    return edge === 'start' ? start : start + step * (count - 1);
  }

  /** Notes something once; with a span, the message gets its line and column. */
  annotate(level: Annotation['level'], message: string, span?: Span): void {
    const prefixed = message.startsWith('PromQL ') ? message : PREFIX[level] + message;
    const whole = span === undefined ? prefixed : `${prefixed} (${this.#position(span)})`;
    this.#annotations.set(whole, { level, message: whole });
  }

  #position({ from }: Span): string {
    let position = this.#positions.get(from);
    if (position === undefined) {
      const lines = (this.options.text?.slice(0, from) ?? ' '.repeat(from)).split('\n');
      position = `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
      this.#positions.set(from, position);
    }
    return position;
  }

  /** Counts samples that are held from now on; throws `limit_rows` when they are too many. */
  hold(samples: number): void {
    this.#held += samples;
    if (this.#held > this.#peak) this.#peak = this.#held;
    this.checkRoom(0);
  }

  /** Throws `limit_rows` when so many samples more would be too many. */
  checkRoom(samples: number): void {
    if (this.#held + samples > this.options.limits.samples) {
      throw new AppError('limit_rows', 'query processing would load too many samples into memory in query execution', {
        details: { limit: this.options.limits.samples },
      });
    }
  }

  /** The samples held now, to go back to with {@link release}. */
  get held(): number {
    return this.#held;
  }

  /** Of all that was held since the mark, only the result remains. */
  release(mark: number, result: readonly VectorSeries[] | number): void {
    this.#held = mark;
    this.hold(typeof result === 'number' ? result : result.reduce((sum, { values }) => sum + values.length, 0));
  }

  /** Counts work (steps of an inner loop); true when it is time to {@link rest}. */
  isDue(work: number): boolean {
    this.#work += work;
    return this.#work >= WORK_PER_LOOK;
  }

  /** Lets other work of the thread run when the turn is over; throws when the query has been given up. */
  async rest(): Promise<void> {
    this.#work = 0;
    await this.#turn.pass();
    this.checkSignal();
  }

  /** Throws when the query has run out of time or nobody waits for it any more. */
  checkSignal(): void {
    const { signal } = this.options;
    if (!signal.aborted) return;
    if (signal.reason instanceof AppError) throw signal.reason;
    const isTimeout = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
    if (isTimeout) throw new AppError('limit_time', 'query timed out in expression evaluation');
    throw new AppError('cancelled', 'query was canceled in expression evaluation');
  }
}
