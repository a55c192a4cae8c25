import { textLiteral } from '#query/metrics/literal.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';

/** How the table's indexes are to be asked. */
export type LogIndex = {
  /** How words of messages are found: by a text index of the column or of its lower case, or by a bloom filter. */
  readonly words: 'body' | 'lower' | 'bloom';
  /** The list of names and values holds those of the resource, too. */
  readonly resourceListed: boolean;
};

/** What is right for every table, with or without indexes. */
export const NO_LOG_INDEX: LogIndex = { words: 'lower', resourceListed: false };

const KEPT_MS = 60_000;

/** Reads which indexes the table has, about once a minute. */
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
  const rows = await store.rows<{ expr: string; type_full: string }>(
    "SELECT expr, type_full FROM system.data_skipping_indices WHERE database = currentDatabase() AND table = 'logs'",
  );
  // Where the index itself lowers its column, it is found, and lowers, only for the column as it stands.
  const lowers = rows.some(({ expr, type_full: type }) => expr === 'body' && type.includes('preprocessor'));
  const blooms = rows.some(({ expr, type_full: type }) => expr === 'lower(body)' && type.includes('tokenbf'));
  return {
    words: lowers ? 'body' : blooms ? 'bloom' : 'lower',
    resourceListed: rows.some(({ expr }) => expr.includes('mapKeys(resource)')),
  };
}

/** Rows whose message holds all words; they are in lower case. */
export function bodyHasWords(words: readonly string[], { words: way }: LogIndex): string {
  const literals = words.map(textLiteral);
  if (way === 'bloom') return literals.map((word) => `hasToken(lower(body), ${word})`).join(' AND ');
  return `hasAllTokens(${way === 'body' ? 'body' : 'lower(body)'}, [${literals.join(',')}])`;
}
