import type { TelemetryConfig } from '../config.ts';
import type { TelemetryStore } from '../telemetry-store.ts';
import { LATER } from './later.ts';
import { LOG_TERMS, LOG_WORDS } from './log-words.ts';

const pairsOf = (map: string): string => `arrayMap((k, x) -> concat(k, '=', x), mapKeys(${map}), mapValues(${map}))`;
/** `name=value` of all fields. */
export const LOG_PAIRS = `arrayConcat(${pairsOf('attrs')}, ${pairsOf('resource')})`;

/** Names say what an index is over and how: one of another name is another index. */
const TERMS_TEXT = `ix_pieces ${LOG_TERMS} TYPE text(tokenizer = 'splitByNonAlpha', posting_list_codec = 'bitpacking')`;
const WORDS_BLOOM = `ix_words_bloom ${LOG_WORDS} TYPE tokenbf_v1(32768, 3, 0) GRANULARITY 1`;
const PAIRS_BLOOM = `ix_pairs ${LOG_PAIRS} TYPE bloom_filter(0.025) GRANULARITY 1`;

const INDEXES = {
  text: [TERMS_TEXT],
  bloom: [WORDS_BLOOM, PAIRS_BLOOM],
  none: [],
} as const satisfies Record<TelemetryConfig['logs']['index'], readonly string[]>;
/** Those that this release makes, and those that earlier ones made. */
const MANAGED = [
  'ix_pieces',
  'ix_terms',
  'ix_words',
  'ix_words_bloom',
  'ix_pairs',
  'ix_body',
  'ix_body_bloom',
  'ix_kv',
];
/** Text indexes of releases before: where one was, lines go on being found at once. */
const BEFORE = ['ix_terms', 'ix_words'];

/**
 * Brings the indexes of table `logs` to the configured ones. What is stored keeps what it was written with; only in the place
 * of an earlier release's text index the new one is made for it too, behind the scenes.
 */
export async function applyLogIndex(store: TelemetryStore, { logs }: TelemetryConfig): Promise<void> {
  const present = await store.rows<{ name: string }>(
    "SELECT name FROM system.data_skipping_indices WHERE database = currentDatabase() AND table = 'logs'",
  );
  const has = (name: string): boolean => present.some((index) => index.name === name);
  const wanted = new Map(INDEXES[logs.index].map((definition) => [definition.split(' ', 1)[0] ?? '', definition]));
  for (const [name, definition] of wanted) {
    if (!has(name)) await store.command(`ALTER TABLE logs ADD INDEX IF NOT EXISTS ${definition}`);
  }
  if (BEFORE.some(has) && wanted.has('ix_pieces')) {
    await store.command(`ALTER TABLE logs MATERIALIZE INDEX ix_pieces${LATER}`);
  }
  for (const name of MANAGED) {
    if (has(name) && !wanted.has(name)) await store.command(`ALTER TABLE logs DROP INDEX ${name}${LATER}`);
  }
}
