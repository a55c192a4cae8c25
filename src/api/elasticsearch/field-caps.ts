import type { LogFieldSummary } from '#core/api/logs.ts';
import { type ElasticApi, INDEX } from './search.ts';

const DAY_MS = 86_400_000;
const SAMPLE = 1_000;

async function fieldsOfLately({ logs, clock }: ElasticApi, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const now = clock.now();
  const { fields } = await logs.fields(
    { query: '', from: now - 30 * DAY_MS, to: now + DAY_MS, sample: SAMPLE },
    signal,
  );
  const standard = ['host', 'service', 'source', 'level'].map((name): [string, string] => [name, 'keyword']);
  return new Map([['@timestamp', 'date'], ['message', 'text'], ...standard, ...fields.map(typed)]);
}

function typed({ name, type }: LogFieldSummary): [name: string, type: string] {
  if (name === 'message') return [name, 'text'];
  if (type === 'number') return [name, 'double'];
  if (type === 'boolean') return [name, 'boolean'];
  return [name, type === 'time' ? 'date' : 'keyword'];
}

/** `_field_caps`: what the newest rows have. */
export async function fieldCaps(api: ElasticApi, signal: AbortSignal): Promise<object> {
  const fields = await fieldsOfLately(api, signal);
  return {
    indices: [INDEX],
    fields: Object.fromEntries(
      [...fields].map(([name, type]) => [
        name,
        { [type]: { type, metadata_field: false, searchable: true, aggregatable: type !== 'text' } },
      ]),
    ),
  };
}

/** `_mapping`: the same as a mapping of the one index. */
export async function mapping(api: ElasticApi, signal: AbortSignal): Promise<object> {
  const fields = await fieldsOfLately(api, signal);
  const properties = Object.fromEntries([...fields].map(([name, type]) => [name, { type }]));
  return { [INDEX]: { mappings: { properties } } };
}
