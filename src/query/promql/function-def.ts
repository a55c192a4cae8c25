import type { NativeHistogram } from '#core/model/histogram.ts';
import type { Labels } from '#core/model/labels.ts';
import type { Expr, ValueType, VectorSelector } from './ast.ts';
import type { Annotation, RawSamples, Steps, Value, VectorSeries } from './value.ts';

/**
 * What one step of a range function sees: samples `[from, to)` of a series; stale markers are left out already. Of an
 * `anchored` selector also those of the lookback before `start`, of a `smoothed` one also those of the lookback after `end`.
 */
export type Window = {
  readonly samples: RawSamples;
  readonly from: number;
  readonly to: number;
  /** The window is (start, end], ms; end is the time of the step, with offset and `@`. */
  readonly start: number;
  readonly end: number;
  /** The time of the step itself, without offset and `@`, ms. */
  readonly time: number;
  /** True when any record of the window is a histogram / a float. */
  readonly hasHistograms: boolean;
  readonly hasFloats: boolean;
};

/** What a function may ask of the evaluation around it. */
export type CallContext = {
  readonly steps: Steps;
  /** Where the call and each of its arguments stand in the text. */
  readonly call: Extract<Expr, { kind: 'call' }>;
  /**
   * Adds an annotation once. The message begins with `PromQL info: ` or `PromQL warning: `; it gets the position of the
   * argument (0 = first, -1 = the call itself) when one is given: ` (line:column)`.
   */
  readonly annotate: (level: Annotation['level'], message: string, argument?: number) => void;
};

/** The outcome of a range function for one series and step: a float, a histogram, or nothing. */
export type Sample = number | NativeHistogram | undefined;

type Signature = {
  readonly name: string;
  readonly args: readonly ValueType[];
  /** How many of the last `args` may be left out; -1: the last one may be repeated any number of times (also none). */
  readonly optional: number;
  readonly returns: ValueType;
  readonly experimental?: boolean;
  /** One sentence for completion and signature help. */
  readonly help: string;
};

/**
 * A function of PromQL. `range`: called per series and step of its one matrix argument (`scalars`: values of its other
 * arguments at that step, in order). `map`: called per value of its one vector argument. `whole`: gets all arguments.
 */
export type PromFunction =
  | (Signature & {
      readonly kind: 'range';
      readonly evaluate: (window: Window, scalars: readonly number[], context: CallContext, labels: Labels) => Sample;
      /**
       * The same for a window with samples of a series that has no histograms, of a selector that is neither anchored nor
       * smoothed, but for what `noteSeries` says: the hot path of most queries.
       */
      readonly ofFloats?: (window: Window) => number | undefined;
      /** The result keeps the metric name (`last_over_time`, `first_over_time`). */
      readonly keepsName?: boolean;
      /** Notes what there is to say of floats of this series; called where a source has evaluated the function itself. */
      readonly noteSeries?: (labels: Labels, context: CallContext) => void;
    })
  | (Signature & {
      readonly kind: 'map';
      /** Floats; undefined drops the sample. */
      readonly float: (value: number, scalars: readonly number[], context: CallContext) => number | undefined;
      /** Histograms; absent: they are dropped without a word. */
      readonly histogram?: (value: NativeHistogram, scalars: readonly number[], context: CallContext) => Sample;
    })
  | (Signature & {
      readonly kind: 'whole';
      /**
       * `timestamp`: where the first argument is a plain selector (in parentheses or not), its values are to be the times of
       * its samples in seconds, beside the histograms if there are any. Any other argument comes as always.
       */
      readonly needsSampleTimes?: boolean;
      /**
       * Series of the vector that differ in labels other than these have nothing to do with each other: the function may be
       * called with some of them at a time, so that a long call does not hold up other work.
       */
      readonly partWithout?: readonly string[];
      /**
       * `info`: the argument after the first is not evaluated as it is written; the evaluator evaluates this plain selector
       * in its place, with sample times for values as above, and hands that as second argument.
       * Undefined: nothing to look for, it gets the first alone.
       */
      readonly secondSelector?: (
        first: Value,
        context: CallContext,
      ) => Pick<VectorSelector, 'matchers' | 'offset' | 'at'> | undefined;
      readonly evaluate: (args: readonly Value[], context: CallContext) => Value;
    })
  | (Signature & {
      /** Over a matrix whose absence matters or whose series belong together (`absent_over_time`). */
      readonly kind: 'matrix';
      readonly evaluate: (
        matrix: {
          readonly windowsOf: (series: number) => (step: number) => Window;
          readonly labels: readonly Labels[];
        },
        context: CallContext,
      ) => readonly VectorSeries[];
    });
