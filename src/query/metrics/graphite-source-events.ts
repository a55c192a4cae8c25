import type { EventQuestion, GraphiteEvent } from '#query/graphite/source.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { textLiteral } from './literal.ts';

const MAX_EVENTS = 10_000;

/** An event's tags: those it was sent with, else its kind and the entity it is about. */
const TAGS =
  "splitByChar(' ', if(labels['tags'] != '', labels['tags'], concatWithSeparator(' ', kind, labels['host'], labels['service'])))";

type Row = { t: string; kind: string; message: string; tagList: string[]; data: string };

/** Stored events of a time range in seconds, both ends included, oldest first; at most the first 10,000. */
export async function findGraphiteEvents(store: TelemetryStore, question: EventQuestion): Promise<GraphiteEvent[]> {
  const { from, until, signal } = question;
  const range = `ts >= fromUnixTimestamp64Milli(${from * 1000}) AND ts < fromUnixTimestamp64Milli(${(until + 1) * 1000})`;
  const rows = await store.rows<Row>(
    `SELECT toUnixTimestamp64Milli(ts) AS t, kind, message, ${TAGS} AS tagList, labels['data'] AS data
     FROM nocmate.events WHERE ${range} AND ${tagCondition(question)}
     ORDER BY ts, kind, message LIMIT ${MAX_EVENTS}`,
    signal && { signal },
  );
  return rows.map(({ t, message, tagList, data }) => ({
    when: Math.floor(Number(t) / 1000),
    what: message,
    tags: [...new Set(tagList)].filter((tag) => tag !== ''),
    data,
  }));
}

/** As graphite-web: without a set operation each tag must be found as a word, whatever its case. */
function tagCondition({ tags, set }: EventQuestion): string {
  if (tags === undefined || tags.length === 0) return '1';
  const list = `[${tags.map(textLiteral).join(',')}]`;
  if (set === 'union') return `hasAny(${TAGS}, ${list})`;
  if (set === 'intersection') return `hasAll(${TAGS}, ${list})`;
  const text = `arrayStringConcat(${TAGS}, ' ')`;
  return tags.map((tag) => `match(${text}, ${textLiteral(`(?i)\\b${escapeRe2(tag)}\\b`)})`).join(' AND ');
}

const escapeRe2 = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
