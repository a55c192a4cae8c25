import type { Matcher } from '#core/metric-query/query.ts';

/** Where a part of a query stands in its text, characters from 0; `to` is exclusive. */
export type Span = { readonly from: number; readonly to: number };

export type ValueType = 'scalar' | 'vector' | 'matrix' | 'string';

/** `@ <unix seconds>` in ms, `@ start()` or `@ end()`. */
export type AtModifier = number | 'start' | 'end';

export const AGGREGATORS = [
  'sum',
  'avg',
  'count',
  'min',
  'max',
  'group',
  'stddev',
  'stdvar',
  'topk',
  'bottomk',
  'count_values',
  'quantile',
  'limitk',
  'limit_ratio',
] as const;
export type Aggregator = (typeof AGGREGATORS)[number];

export const BINARY_OPERATORS = [
  '+',
  '-',
  '*',
  '/',
  '%',
  '^',
  'atan2',
  '==',
  '!=',
  '>',
  '<',
  '>=',
  '<=',
  '</',
  '>/',
  'and',
  'or',
  'unless',
] as const;
export type BinaryOperator = (typeof BINARY_OPERATORS)[number];

/**
 * Arithmetic in place of a duration (`[5m * 2]`, `offset -(1h + step())`). Numbers are seconds; `isDuration` keeps how they
 * were written.
 */
export type DurationExpr =
  | { readonly kind: 'number'; readonly value: number; readonly isDuration?: boolean }
  | { readonly kind: 'step' }
  | { readonly kind: 'range' }
  | { readonly kind: 'paren'; readonly expr: DurationExpr }
  | { readonly kind: 'unary'; readonly op: '+' | '-'; readonly expr: DurationExpr }
  | {
      readonly kind: 'binary';
      readonly op: '+' | '-' | '*' | '/' | '%' | '^' | 'min_of' | 'max_of';
      readonly left: DurationExpr;
      readonly right: DurationExpr;
    };

/** How the series of two vectors find each other. */
export type VectorMatching = {
  readonly cardinality: 'one-to-one' | 'many-to-one' | 'one-to-many' | 'many-to-many';
  /** True: `on (labels)`; false: `ignoring (labels)`, also when neither is written. */
  readonly on: boolean;
  readonly labels: readonly string[];
  /** Labels of the "one" side that `group_left` / `group_right` takes over. */
  readonly include: readonly string[];
  /** Values for series without a partner (`fill`, `fill_left`, `fill_right`; experimental). */
  readonly fill?: { readonly left?: number; readonly right?: number };
};

/** Times in ms; a negative offset looks ahead. Matchers include the one for `__name__`. */
export type VectorSelector = Span & {
  readonly kind: 'selector';
  readonly matchers: readonly Matcher[];
  readonly offset: number;
  /** Set when the offset was written as arithmetic; `offset` is NaN until `resolveDurations` if it needs the evaluation. */
  readonly offsetExpr?: DurationExpr;
  readonly at?: AtModifier;
  /** `anchored` / `smoothed` (experimental). */
  readonly extension?: 'anchored' | 'smoothed';
};

export type Expr =
  | (Span & { readonly kind: 'number'; readonly value: number; readonly isDuration?: boolean })
  | (Span & { readonly kind: 'string'; readonly value: string })
  | VectorSelector
  | (Span & {
      readonly kind: 'matrix';
      readonly selector: VectorSelector;
      readonly range: number;
      readonly rangeExpr?: DurationExpr;
    })
  | (Span & {
      readonly kind: 'subquery';
      readonly expr: Expr;
      readonly range: number;
      readonly rangeExpr?: DurationExpr;
      /** ms; undefined = the default resolution of the engine. */
      readonly step: number | undefined;
      readonly stepExpr?: DurationExpr;
      readonly offset: number;
      readonly offsetExpr?: DurationExpr;
      readonly at?: AtModifier;
    })
  | (Span & { readonly kind: 'call'; readonly name: string; readonly args: readonly Expr[] })
  | (Span & {
      readonly kind: 'aggregate';
      readonly op: Aggregator;
      readonly expr: Expr;
      readonly param?: Expr;
      /** True: `without (labels)`; false: `by (labels)`, also when neither is written. */
      readonly without: boolean;
      readonly labels: readonly string[];
    })
  | (Span & {
      readonly kind: 'binary';
      readonly op: BinaryOperator;
      readonly left: Expr;
      readonly right: Expr;
      readonly returnBool: boolean;
      /** Set when both sides are vectors. */
      readonly matching?: VectorMatching;
    })
  | (Span & { readonly kind: 'unary'; readonly op: '+' | '-'; readonly expr: Expr })
  | (Span & { readonly kind: 'paren'; readonly expr: Expr });
