import type { LogRow, LogSearchAnswer, LogSearchRequest } from '#core/api/logs.ts';
import type { RawLog } from '#core/model/log-record.ts';

/** Stored lines, as far as the bench needs them. */
export type StoredLines = {
  readonly search: (request: LogSearchRequest, signal?: AbortSignal) => Promise<LogSearchAnswer>;
};

type Sample = { readonly query: string; readonly sample: number; readonly now: number };

const FIRST_PAGE = 50;
const MAX_PAGE = 1_000;
/** Characters that are tried at most: lines may have a megabyte each. */
const MAX_TEXT = 4 * 2 ** 20;
const DAY_MS = 86_400_000;

/** The newest lines that a query finds, as rules would get them: after recognition. */
export async function sampleLines(
  logs: StoredLines,
  { query, sample, now }: Sample,
  signal: AbortSignal,
): Promise<RawLog[]> {
  const lines: RawLog[] = [];
  let left = MAX_TEXT;
  let page: LogSearchAnswer | undefined;
  do {
    const fits = lines.length === 0 ? FIRST_PAGE : Math.ceil((left * lines.length) / (MAX_TEXT - left + 1));
    const limit = Math.min(sample - lines.length, MAX_PAGE, fits);
    const cursor = page?.cursor;
    const range = { query, from: 0, to: now + DAY_MS, order: 'newest' as const };
    page = await logs.search({ ...range, limit, cursor }, signal);
    for (const row of page.rows) {
      left -= lengthOf(row);
      lines.push(rawOf(row));
    }
  } while (page.cursor !== undefined && lines.length < sample && left > 0);
  return lines;
}

function lengthOf({ body, attributes }: LogRow): number {
  return Object.values(attributes).reduce((sum, value) => sum + value.length, body.length);
}

function rawOf(row: LogRow): RawLog {
  const { t, severity, host, service, source, body, traceId, spanId } = row;
  return {
    ...{ t, severity, host, service, source, body, traceId, spanId },
    attributes: Object.entries(row.attributes).flat(),
    resource: Object.entries(row.resource).flat(),
  };
}
