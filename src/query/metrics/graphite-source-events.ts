import type { EventQuestion, GraphiteEvent } from '#query/graphite/source.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { eventIdSql, secondOfEventId } from './graphite-event-id.ts';
import { textLiteral } from './literal.ts';

const MAX_EVENTS = 10_000;

/** An event's tags: those it was sent with, else its kind and the entity it is about. */
const TAGS =
  "splitByChar(' ', if(labels['tags'] != '', labels['tags'], concatWithSeparator(' ', kind, labels['host'], labels['service'])))";

type Row = { id: string; t: string; message: string; tagList: string[]; data: string };

/** Stored events of a time range in seconds, both ends included, oldest first; at most the first 10,000. */
export async function findGraphiteEvents(store: TelemetryStore, question: EventQuestion): Promise<GraphiteEvent[]> {
  const { from, until, signal } = narrowed(question);
  // From the second's beginning: ids number the events of a second that are alike.
  const range = `ts >= fromUnixTimestamp64Milli(${Math.floor(from) * 1000}) AND ts <= fromUnixTimestamp64Milli(${Math.floor(until * 1000)})`;
  const rows = await store.rows<Row>(
    `SELECT id, toUnixTimestamp64Milli(ts) AS t, message, tagList, data FROM (
       SELECT ${eventIdSql} AS id, ts, kind, message, ${TAGS} AS tagList, labels['data'] AS data
       FROM nocmate.events WHERE ${range})
     WHERE ts >= fromUnixTimestamp64Milli(${Math.ceil(from * 1000)}) AND ${idCondition(question)} AND ${tagCondition(question)}
     ORDER BY ts, kind, message, id LIMIT ${MAX_EVENTS}`,
    signal && { signal },
  );
  return rows.map(({ id, t, message, tagList, data }) => ({
    id: Number(id),
    t: Number(t),
    what: message,
    tags: [...new Set(tagList)].filter((tag) => tag !== ''),
    data,
  }));
}

/** An id tells the second of its event. */
function narrowed(question: EventQuestion): EventQuestion {
  if (question.id === undefined) return question;
  const second = secondOfEventId(question.id);
  return { ...question, from: Math.max(question.from, second), until: Math.min(question.until, second + 0.999) };
}

const idCondition = ({ id }: EventQuestion): string => (id === undefined ? '1' : `id = ${id}`);

/** As graphite-web: without a set operation tags that no event has are as if they were not asked for, unless none is left. */
function tagCondition({ tags, set }: EventQuestion): string {
  if (tags === undefined) return '1';
  const list = `[${tags.map(textLiteral).join(',')}]::Array(String)`;
  if (set === 'union') return `hasAny(tagList, ${list})`;
  if (set === 'intersection') return `hasAll(tagList, ${list})`;
  const known = `(SELECT groupUniqArrayArray(arrayIntersect(${TAGS}, ${list})) FROM nocmate.events)`;
  return `hasAny(tagList, ${list}) AND hasAll(tagList, ${known})`;
}
