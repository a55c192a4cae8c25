import {
  type DropPreview,
  type IngestRules,
  PreviewDropRequest,
  SaveIngestRulesRequest,
  type StoredIngestRules,
} from '#core/api/ingest-rules.ts';
import { AppError, messageOf } from '#core/errors.ts';
import { compileAggregation } from '#core/ingest-rules/aggregation-pattern.ts';
import { compileRewrite } from '#core/ingest-rules/rewrite.ts';
import { compileMatchers } from '#core/metric-query/compile-matchers.ts';
import { parseMetricQuery } from '#core/metric-query/parse.ts';
import type { Matcher } from '#core/metric-query/query.ts';
import { seriesText } from '#core/model/series-text.ts';
import { defineRoute, type Route } from '#core/route.ts';
import type { VersionedDocument } from '#storage/postgres/index.ts';
import type { MappingContext } from './mapping-context.ts';

const MAX_BODY = 2 * 1024 * 1024;
const MAX_COUNTED = 100_000;
const MAX_SHOWN = 20;

/** Rules that drop and aggregate samples at the intake. */
export function ingestRuleRoutes(context: MappingContext): Route[] {
  return [...ruleRoutes(context), previewRoute(context)];
}

function ruleRoutes({ documents, ingest, apply, record }: MappingContext): Route[] {
  const answer = ({ content, ...saved }: VersionedDocument<IngestRules>): StoredIngestRules => ({
    ...saved,
    rules: content,
    counts: ingest.aggregation(),
  });
  return [
    defineRoute({
      method: 'GET',
      path: '/api/ingest-rules',
      permission: 'read',
      handler: async () => answer(await documents.rules()),
    }),
    defineRoute({
      method: 'PUT',
      path: '/api/ingest-rules',
      permission: 'admin',
      body: SaveIngestRulesRequest,
      bodyLimitBytes: MAX_BODY,
      handler: async ({ body: { version, rules }, caller }) => {
        for (const { selector } of rules.drops) selected(selector);
        for (const rule of rules.aggregations) compileAggregation(rule);
        for (const rule of rules.rewrites) compileRewrite(rule);
        const saved = await documents.saveRules({ version, content: rules, by: caller?.name ?? '' });
        record(savedText(rules), caller);
        await apply();
        return answer(saved);
      },
    }),
  ];
}

const savedText = ({ drops, aggregations, rewrites }: IngestRules): string =>
  `saved ${drops.length} drop rules, ${aggregations.length} aggregation rules and ${rewrites.length} rewrite rules`;

function previewRoute({ metrics }: MappingContext): Route {
  return defineRoute({
    method: 'POST',
    path: '/api/ingest-rules/preview',
    permission: 'read',
    body: PreviewDropRequest,
    handler: async ({ body, signal }): Promise<DropPreview> => {
      const matchers = selected(body.selector);
      const { series, truncated } = await metrics.catalogue.read(matchers, { limit: MAX_COUNTED, signal });
      const samples = series.slice(0, MAX_SHOWN).map(({ labels }) => seriesText(Object.entries(labels)));
      return { series: series.length, isCut: truncated, samples };
    },
  });
}

/** The matchers of a selector. Throws `bad_request` for what is none, or would name every series there is. */
function selected(selector: string): readonly Matcher[] {
  try {
    const { matchers, fn, aggregate } = parseMetricQuery(selector);
    if (fn !== 'raw' || aggregate !== undefined) throw new Error('a drop rule names series, it computes nothing');
    if (compileMatchers(matchers)({})) throw new Error('it would name every series: add a matcher that is not empty');
    return matchers;
  } catch (error) {
    throw new AppError('bad_request', `"${selector}": ${messageOf(error)}`, { cause: error });
  }
}
