import { RE2JS } from 're2js';
import { AppError, messageOf } from '#core/errors.ts';
import type { Matcher } from '#core/metric-query/query.ts';
import { NAME_LABEL } from '#core/model/labels.ts';
import type { TagIndex, TagQuestion, TagValue } from '#query/graphite/source.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { graphiteName } from './graphite-source-name.ts';
import { tagMatchers } from './graphite-tags.ts';
import { textLiteral } from './literal.ts';
import { NAME_COLUMN, seriesCondition } from './matcher-condition.ts';
import type { SeriesCatalogue } from './series-source.ts';

const MAX_TAGS = 10_000;

type Row = { value: string; count: string };

/** Graphite's tags over the catalogue: the metric's name is the tag `name`, labels are tags. */
export function createTagIndex(catalogue: SeriesCatalogue, store: TelemetryStore): TagIndex {
  return {
    names: async (question) => tagNames(catalogue, question),
    values: async (tag, question) => tagValues(store, tag, question),
    series: async ({ expressions, limit, signal }) => {
      const found = await catalogue.select(tagMatchers(expressions), { limit, ...(signal && { signal }) });
      return found.map(({ labels }) => graphiteName(labels).name).toSorted();
    },
  };
}

/** Throws `bad_query` for a filter that is no RE2 expression. */
function compileTagFilter(filter: string): RE2JS {
  try {
    return RE2JS.compile(filter);
  } catch (error) {
    throw new AppError('bad_query', `'${filter}' is no RE2 expression: ${messageOf(error)}`, { cause: error });
  }
}

async function tagNames(catalogue: SeriesCatalogue, question: TagQuestion): Promise<string[]> {
  const { expressions, prefix = '', filter, limit, signal } = question;
  const pattern = filter === undefined ? undefined : compileTagFilter(filter);
  const labels = await catalogue.labelNames(tagMatchers(expressions), {
    limit: MAX_TAGS,
    ...(signal && { signal }),
  });
  const names = new Set(['name', ...labels.map((label) => (label === NAME_LABEL ? 'name' : label))]);
  return [...names]
    .filter((name) => name.startsWith(prefix) && (pattern === undefined || pattern.matcher(name).lookingAt()))
    .toSorted()
    .slice(0, limit);
}

async function tagValues(store: TelemetryStore, tag: string, question: TagQuestion): Promise<TagValue[]> {
  const { expressions, prefix = '', filter, limit, signal } = question;
  const label = tag === 'name' ? NAME_LABEL : tag;
  const value = tag === 'name' ? NAME_COLUMN : `labels[${textLiteral(tag)}]`;
  const filtered: Matcher[] = filter === undefined ? [] : [{ label, op: '=~', value: `(?:${filter}).*` }];
  const matchers: Matcher[] = [{ label, op: '!=', value: '' }, ...filtered, ...tagMatchers(expressions)];
  const where = `${seriesCondition(matchers)} AND startsWith(value, ${textLiteral(prefix)})`;
  const rows = await store.rows<Row>(
    `SELECT ${value} AS value, uniqExact(family, id) AS count FROM nocmate.series WHERE ${where}` +
      ` GROUP BY value ORDER BY value LIMIT ${limit}`,
    signal && { signal },
  );
  return rows.map((row) => ({ value: row.value, count: Number(row.count) }));
}
