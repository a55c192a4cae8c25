import type { TelemetryConfig } from '../config.ts';
import type { TelemetryStore } from '../telemetry-store.ts';

/** How lines are found by their words, and by `name=value` of their fields. */
const BODY_TEXT = `ix_body body TYPE text(tokenizer = 'splitByNonAlpha', preprocessor = lower(body),
  posting_list_codec = 'bitpacking')`;
const BODY_BLOOM = 'ix_body_bloom lower(body) TYPE tokenbf_v1(32768, 3, 0) GRANULARITY 1';
const FIELDS = `ix_kv arrayMap((k, x) -> concat(k, '=', x), mapKeys(attrs), mapValues(attrs))
  TYPE bloom_filter(0.025) GRANULARITY 1`;

const INDEXES = {
  text: [BODY_TEXT, FIELDS],
  bloom: [BODY_BLOOM, FIELDS],
  none: [],
} as const satisfies Record<TelemetryConfig['logs']['index'], readonly string[]>;
const MANAGED = ['ix_body', 'ix_body_bloom', 'ix_kv'];

/** Brings the indexes of table `logs` to the configured ones. What is stored keeps what it was written with. */
export async function applyLogIndex(store: TelemetryStore, { logs }: TelemetryConfig): Promise<void> {
  const present = await store.rows<{ name: string }>(
    "SELECT name FROM system.data_skipping_indices WHERE database = currentDatabase() AND table = 'logs'",
  );
  const has = (name: string): boolean => present.some((index) => index.name === name);
  const wanted = new Map(INDEXES[logs.index].map((definition) => [definition.split(' ', 1)[0] ?? '', definition]));
  for (const name of MANAGED) {
    // Nothing is rewritten: parts without the index are searched whole, parts with a dropped one keep its files.
    if (has(name) && !wanted.has(name)) await store.command(`ALTER TABLE logs DROP INDEX ${name}`);
  }
  for (const [name, definition] of wanted) {
    if (!has(name)) await store.command(`ALTER TABLE logs ADD INDEX IF NOT EXISTS ${definition}`);
  }
}
