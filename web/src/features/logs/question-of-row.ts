import type { LogSearchRequest } from '#core/api/logs.ts';

const MAX_SEQ = 18_446_744_073_709_551_615n;

/** The search that finds the row of this id, and it alone; undefined for what is no id. */
export function questionOfRow(id: string): LogSearchRequest | undefined {
  const [, micros, seq] = /^(\d{1,16})_(\d{1,20})$/.exec(id) ?? [];
  if (micros === undefined || seq === undefined) return undefined;
  const from = Math.floor(Number(micros) / 1_000);
  const next = BigInt(seq) + 1n;
  const cursor = next > MAX_SEQ ? {} : { cursor: `${micros}_${next}` };
  return { query: '', from, to: from + 1, limit: 1, order: 'newest', ...cursor };
}
