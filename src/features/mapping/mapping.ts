import type { Caller, Route } from '#core/route.ts';
import { CataloguePass } from './catalogue-pass.ts';
import { ingestRuleRoutes } from './ingest-rule-routes.ts';
import { createPassKeeper } from './kept-pass.ts';
import { documentsOf, type MappingOptions } from './mapping-context.ts';
import { mappingRoutes } from './mapping-routes.ts';

/** Rules of the operator for what comes in: names and labels of paths, what is dropped, what is aggregated. */
export type Mapping = {
  readonly routes: readonly Route[];
  /** Tells the intake the stored rules and goes on with an unfinished pass over the catalogue; for when both stores answer. */
  readonly start: () => Promise<void>;
};

/** Puts the feature together. */
export function createMapping(options: MappingOptions): Mapping {
  const { store, ingest, metrics, events, clock } = options;
  const documents = documentsOf(options);
  const keeper = createPassKeeper(options.db, () => clock.now());
  const pass = new CataloguePass({
    store,
    settled: () => ingest.settled(),
    keeper,
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
  const start = async (): Promise<void> => {
    await apply();
    const [rules, kept] = await Promise.all([documents.mapping(), keeper.read()]);
    void pass.resume(rules, kept);
  };
  const context = { ...options, documents, pass, apply, record };
  return { routes: [...mappingRoutes(context), ...ingestRuleRoutes(context)], start };
}
