import { isJsonObject, parseJson } from '#core/log-fields/parse-json.ts';
import type { Collection } from '#core/plugin/collector.ts';
import { timeOfRecord } from './alert-event.ts';
import { EveRecords } from './records.ts';

const MOST_EVENTS = 2;

/** The records of a file, as they are at the time of the last of them. */
function parseEve(text: string): Collection {
  const records = new EveRecords(MOST_EVENTS);
  let now = 0;
  for (const line of text.split('\n').filter((one) => one !== '')) {
    records.take(line);
    const record = parseJson(line);
    now = (isJsonObject(record) ? timeOfRecord(record) : undefined) ?? now;
  }
  return records.collection(now);
}

/** For the golden cases. */
export const parsers = { eve: parseEve };
