import { type IngestRules, IngestRules as IngestRulesSchema } from '#core/api/ingest-rules.ts';
import { type MappingRule, MappingRules } from '#core/api/mapping.ts';
import type { Caller, Route } from '#core/route.ts';
import type { EventSink } from '#core/sink.ts';
import type { Clock } from '#io/clock.ts';
import type { Ingest } from '#pipeline/ingest.ts';
import type { Metrics } from '#query/metrics/index.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { type DocumentTables, readDocument, type StateDb, saveDocument } from '#storage/postgres/index.ts';
import { CataloguePass } from './catalogue-pass.ts';
import { ingestRuleRoutes } from './ingest-rule-routes.ts';
import { mappingRoutes } from './mapping-routes.ts';

export type MappingOptions = {
  readonly db: StateDb;
  readonly store: TelemetryStore;
  readonly metrics: Pick<Metrics, 'catalogue' | 'noticeNewSeries'>;
  readonly ingest: Pick<Ingest, 'setRules' | 'settled' | 'aggregation'>;
  readonly events: EventSink;
  readonly clock: Clock;
};

/** Rules of the operator for what comes in: names and labels of paths, what is dropped, what is aggregated. */
export type Mapping = {
  readonly routes: readonly Route[];
  /** Tells the intake the stored rules; to be called when the state database answers. */
  readonly start: () => Promise<void>;
};

/** What the routes of the feature share. */
export type MappingContext = MappingOptions & {
  readonly documents: ReturnType<typeof documentsOf>;
  readonly pass: CataloguePass;
  /** Puts what is stored into force. */
  readonly apply: () => Promise<void>;
  readonly record: (message: string, caller: Caller | undefined) => void;
};

/** Puts the feature together. */
export function createMapping(options: MappingOptions): Mapping {
  const { store, ingest, metrics, events, clock } = options;
  const documents = documentsOf(options);
  const pass = new CataloguePass({
    store,
    settled: () => ingest.settled(),
    forgetSelections: () => metrics.noticeNewSeries(),
  });
  const apply = async (): Promise<void> => {
    const [mapping, rules] = await Promise.all([documents.mapping(), documents.rules()]);
    await ingest.setRules({ mapping: mapping.content, ...rules.content });
  };
  const record = (what: string, caller: Caller | undefined): void => {
    const user = caller?.name ?? '';
    const message = `${user} ${what}`;
    events.append({ t: clock.now(), kind: 'rules.saved', severity: 'info', message, labels: { user } });
  };
  const context = { ...options, documents, pass, apply, record };
  return { routes: [...mappingRoutes(context), ...ingestRuleRoutes(context)], start: apply };
}

function documentsOf({ db, clock }: MappingOptions) {
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
