import type { TextHeader, TextQueryRequest } from '#core/api/text-query.ts';
import type { Clock } from '#io/clock.ts';
import type { GraphiteSource } from '#query/graphite/source.ts';
import type { LogSearch } from '#query/logs/index.ts';
import type { Metrics } from '#query/metrics/index.ts';
import type { PromEngine } from '#query/promql/engine.ts';
import type { SqlRunner } from '#query/sql/index.ts';

/** What the languages read from. */
export type TextQueryParts = {
  readonly metrics: Metrics;
  readonly promql: PromEngine;
  readonly graphite: GraphiteSource;
  readonly sql: SqlRunner;
  readonly logs: Pick<LogSearch, 'run'>;
  readonly clock: Clock;
};

/** An answer as it goes over the wire: a table has no columns. */
export type TextAnswer = { readonly header: TextHeader; readonly columns: readonly Float64Array[] };

/** A request whose macros are replaced. */
export type TextQuestion = TextQueryRequest & { readonly signal: AbortSignal };
