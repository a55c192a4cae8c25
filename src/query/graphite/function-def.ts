import type { Args } from './args.ts';
import type { Node } from './ast.ts';
import type { Param, Value } from './params.ts';
import type { Series } from './series.ts';
import type { GraphiteEvent } from './source.ts';

/** The groups in which editors show functions. */
export type FunctionGroup =
  | 'Alias'
  | 'Calculate'
  | 'Combine'
  | 'Filter Data'
  | 'Filter Series'
  | 'Graph'
  | 'Sorting'
  | 'Special'
  | 'Transform';

/** A stretch of time in epoch seconds: points after `from` up to and with `until`. */
export type TimeRange = { readonly from: number; readonly until: number };

/** What a function sees of the request it runs in. */
export type CallContext = TimeRange & {
  readonly now: number;
  readonly timeZone: string;
  readonly xFilesFactor: number;
  /** Changes the factor of the request for what is evaluated later. */
  readonly setXFilesFactor: (factor: number) => void;
  /** The unevaluated arguments. */
  readonly argNodes: readonly Node[];
  /** Running totals of `stacked`, by stack name. */
  readonly stacks: Map<string, number[]>;
  /** Evaluates a target or argument, over another range if given. */
  readonly evaluate: (target: Node | string, range?: TimeRange) => Promise<readonly Series[]>;
  /** Runs another function by name, if there is one that takes a list of series first. */
  readonly call: (name: string, args: readonly Value[]) => Promise<readonly Series[] | undefined>;
  /** Lets other work of the thread run if this one has had its turn; throws `cancelled` once nobody waits any more. */
  readonly breathe: () => Promise<void>;
  /** Throws `limit_rows` when so many points are more than a request may have; for who makes them, before. */
  readonly checkPoints: (points: number) => void;
  /** Events of a time range, oldest first. */
  readonly events: (question: {
    from: number;
    until: number;
    tags?: readonly string[];
  }) => Promise<readonly GraphiteEvent[]>;
  /** Seconds of an at-style time. */
  readonly parseTime: (text: string | number) => number;
};

/** What a function may return. */
export type FunctionResult = readonly Series[] | readonly (readonly Series[])[];

/** A function of the language: everything that is known of it, once. */
export type FunctionDef = {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly group: FunctionGroup;
  /** One sentence for editors and the documentation. */
  readonly docs: string;
  readonly params: readonly Param[];
  /** Each series of the answer comes from one of `seriesList` alone: a long list may be handed over in pieces. */
  readonly perSeries?: true;
  /**
   * All series of the answer have arrays of their own, taken from `Args.room`: where one such function is the argument of
   * another, they are written over.
   */
  readonly ownsValues?: true;
  readonly run: (args: Args, context: CallContext) => FunctionResult | Promise<FunctionResult>;
};
