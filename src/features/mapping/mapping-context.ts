import type { AggregationCounts, AggregationRule, DropRule, RewriteRule } from '#core/api/ingest-rules.ts';
import { type IngestRules, IngestRules as IngestRulesSchema } from '#core/api/ingest-rules.ts';
import { type MappingRule, MappingRules } from '#core/api/mapping.ts';
import type { Caller } from '#core/route.ts';
import type { EventSink } from '#core/sink.ts';
import type { Clock } from '#io/clock.ts';
import type { Metrics } from '#query/metrics/index.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { type DocumentTables, readDocument, type StateDb, saveDocument } from '#storage/postgres/index.ts';
import type { CataloguePass } from './catalogue-pass.ts';

/** The intake, as far as rules go. */
export type IntakeRules = {
  readonly setRules: (rules: {
    readonly mapping: readonly MappingRule[];
    readonly drops: readonly DropRule[];
    readonly aggregations: readonly AggregationRule[];
    readonly rewrites: readonly RewriteRule[];
  }) => Promise<void>;
  readonly aggregation: () => AggregationCounts;
  /** Resolves when all that was taken in is in the store. */
  readonly settled: () => Promise<void>;
};

export type MappingOptions = {
  readonly db: StateDb;
  readonly store: TelemetryStore;
  readonly metrics: Pick<Metrics, 'catalogue' | 'noticeNewSeries'>;
  readonly ingest: IntakeRules;
  readonly events: EventSink;
  readonly clock: Clock;
};

/** What the routes of the feature share. */
export type MappingContext = MappingOptions & {
  readonly documents: ReturnType<typeof documentsOf>;
  readonly pass: CataloguePass;
  /** Puts what is stored into force. */
  readonly apply: () => Promise<void>;
  readonly record: (message: string, caller: Caller | undefined) => void;
};

/** The stored rules. */
export function documentsOf({ db, clock }: MappingOptions) {
  const documents = db.$extendTables<DocumentTables>();
  type Save<Content> = { readonly version: number; readonly content: Content; readonly by: string };
  return {
    mapping: () => readDocument(documents, 'mapping', (content) => MappingRules.parse(content ?? [])),
    rules: () => readDocument(documents, 'ingest-rules', (content) => IngestRulesSchema.parse(content ?? {})),
    saveMapping: (save: Save<readonly MappingRule[]>) =>
      saveDocument(documents, 'mapping', { ...save, now: clock.now() }),
    saveRules: (save: Save<IngestRules>) => saveDocument(documents, 'ingest-rules', { ...save, now: clock.now() }),
  };
}
