import { wordsOf } from '#core/log-query/words.ts';
import { textLiteral } from '#query/metrics/literal.ts';
import { LOG_PAIRS } from '#storage/clickhouse/schema/log-index.ts';
import { isAmbiguous, LOG_TERMS, LOG_WORDS, termsOf } from '#storage/clickhouse/schema/log-words.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import type { PatternNames } from './pattern-sql.ts';

/** How the table of logs lies on disk, as far as statements are written for it. */
export type LogIndex = {
  /** How lines are found by their words: by a text index, by bloom filters, or by reading them. */
  readonly words: 'text' | 'bloom' | 'none';
  /** The engine knows a field as a part of its column. */
  readonly fieldsApart: boolean;
  /** What is known of patterns. */
  readonly patterns?: PatternNames;
};

const KEPT_MS = 60_000;
/** A setting of tables of engines that know fields as parts of columns. */
const FIELDS_APART = 'map_serialization_version =';
/** Words of a value that is asked for: more of them cost more than they exclude. */
const MAX_VALUE_WORDS = 8;

/** Reads how the table lies on disk, about once a minute. */
export function logIndexReader(store: TelemetryStore): () => Promise<LogIndex> {
  let known: { readonly until: number; readonly index: Promise<LogIndex> } | undefined;
  return () => {
    const now = performance.now();
    if (known === undefined || known.until <= now) {
      const index = readLogIndex(store);
      known = { until: now + KEPT_MS, index };
      index.catch(() => (known = undefined));
    }
    return known.index;
  };
}

async function readLogIndex(store: TelemetryStore): Promise<LogIndex> {
  const rows = await store.rows<{ name: string }>(
    "SELECT name FROM system.data_skipping_indices WHERE database = currentDatabase() AND table = 'logs'",
  );
  const has = (name: string): boolean => rows.some((row) => row.name === name);
  const [table] = await store.rows<{ apart: number }>(
    `SELECT position(engine_full, ${textLiteral(FIELDS_APART)}) > 0 AS apart FROM system.tables
     WHERE database = currentDatabase() AND name = 'logs'`,
  );
  const words = has('ix_pieces') ? 'text' : has('ix_words_bloom') ? 'bloom' : 'none';
  return { words, fieldsApart: Boolean(table?.apart) };
}

const list = (words: readonly string[]): string => `[${words.map(textLiteral).join(',')}]`;
const asTokens = (words: readonly string[]): string[] =>
  words.map((word) => `hasToken(${LOG_WORDS}, ${textLiteral(word)})`);
const hasTerms = (words: readonly string[]): string => `hasAllTokens(${LOG_TERMS}, ${list(words.flatMap(termsOf))})`;

/** Rows that hold all words, in their message or in values of their fields; words are in lower case. */
export function hasWords(words: readonly string[], index: LogIndex['words']): string {
  switch (index) {
    case 'text':
      return [hasTerms(words), ...asTokens(words.filter(isAmbiguous))].join(' AND ');
    case 'bloom':
      return asTokens(words).join(' AND ');
    case 'none':
      return `hasAllTokens(${LOG_WORDS}, ${list(words)})`;
  }
}

/** A condition that the indexes know and that all rows fulfil whose attribute or resource has this value, if any. */
export function mayHaveValue(field: string, value: string, index: LogIndex['words']): string | undefined {
  if (value === '') return undefined;
  if (index === 'bloom') return `has(${LOG_PAIRS}, ${textLiteral(`${field}=${value}`)})`;
  const words = index === 'text' ? wordsOf(value) : [];
  const longest = words.toSorted((a, b) => b.length - a.length).slice(0, MAX_VALUE_WORDS);
  return longest.length === 0 ? undefined : hasTerms(longest);
}
